import shipped from './contexts.json' with { type: 'json' };

const wordsOf = (list: string) => new Set(list.toLowerCase().split(' '));
/** Matches a word that begins like one of the list and goes on for an ending at most. */
const stemsOf = (list: string) => {
  const stems = list.toLowerCase().split(' ');
  const short = new Set(stems.filter((stem) => stem.length < 4));
  const long = stems.filter((stem) => stem.length >= 4);
  const pattern = new RegExp(`^(?:${long.join('|')})\\p{L}{0,6}$`, 'u');
  return { has: (word: string) => short.has(word) || pattern.test(word) };
};

const UNITS = shipped.units.toLowerCase().split(' ').join('|');

/** What stands beside names, places and units: editable data, see `contexts.json`. */
export const CONTEXTS = {
  functionWords: wordsOf(shipped.functionWords),
  ranks: stemsOf(shipped.ranks),
  rankParts: wordsOf(shipped.rankParts),
  policeRoles: stemsOf(shipped.policeRoles),
  civilRoles: stemsOf(shipped.civilRoles),
  nicknames: wordsOf(shipped.nicknames),
  calledAfter: wordsOf(shipped.calledAfter),
  unit: new RegExp(`^(?:${UNITS})(?:-?\\p{Ll}{1,8})?$`, 'u'),
  unitNouns: stemsOf(shipped.unitNouns),
  placeNouns: wordsOf(shipped.placeNouns),
  placeNounsAfter: wordsOf(shipped.placeNounsAfter),
  landmarks: wordsOf(shipped.landmarks),
  streets: wordsOf(shipped.streets),
  streetsAfter: wordsOf(shipped.streetsAfter),
  safe: stemsOf(shipped.safeStems),
  safeShort: wordsOf(`${shipped.safeShort} ${shipped.safeAlways}`),
} as const;
