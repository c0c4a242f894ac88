import shipped from './contexts.json' with { type: 'json' };
import { foldKyrgyz, isKyrgyzSuffix } from './kyrgyz-word.ts';
import { remember } from './remember.ts';

const wordsOf = (list: string) => new Set(list.toLowerCase().split(' '));
/** «Других» begins like «друга» and says nothing of a friend. */
const OTHER = /^друг(?:ой|ая|ое|ую|ие|их|им|ими|ого|ому)$/u;
/** Matches a word that begins like one of the list and goes on for an ending at most. */
const stemsOf = (list: string) => {
  const stems = list.toLowerCase().split(' ');
  const short = new Set(stems.filter((stem) => stem.length < 4));
  const long = stems.filter((stem) => stem.length >= 4);
  const pattern = new RegExp(`^(?:${long.join('|')})\\p{L}{0,6}$`, 'u');
  return {
    has: (word: string) => short.has(word) || (pattern.test(word) && !OTHER.test(word)),
  };
};

/** Abbreviations, with Kyrgyz suffixes too: «ПИНи», «ИИМдин». */
const shortOf = (list: string) => {
  const short = wordsOf(list);
  const stems = [...short].filter((word) => /^[а-я]{3,}$/.test(word)).join('|');
  const suffixed = new RegExp(`^(${stems})-?(\\p{Ll}{1,7})$`, 'u');
  return {
    has: (word: string) => {
      if (short.has(word)) return true;
      const suffix = suffixed.exec(word)?.[2];
      return suffix !== undefined && isKyrgyzSuffix(foldKyrgyz(suffix));
    },
  };
};

/** Bodies and terms that are nobody's name, nickname or initials, in any case. */
const BODIES = wordsOf(`${shipped.units} ${shipped.abbreviations}`);
/**
 * Whether capitals before a Kyrgyz ending are those of a known body or term: «ИИМдин», «КРнын»,
 * «РОВДнын». Without looking at the capitals some of these end like surnames.
 */
export function isKnownAbbreviation(abbreviation: string, lower: string): boolean {
  const ending = lower.slice(abbreviation.length).replace('-', '');
  return BODIES.has(abbreviation) && isKyrgyzSuffix(foldKyrgyz(ending));
}

/** The longest first: «иибб» is not «ииб» with an ending. */
const UNITS = wordsOf(shipped.units);
const UNIT = new RegExp(
  `^(?:${[...UNITS].sort((a, b) => b.length - a.length).join('|')})(?:-?(\\p{Ll}{1,8}))?$`,
  'u',
);
/** Of Russian words only these: «РОВДом», «омоновцы», «увдшник»; «Гомов» and «Гоменюк» are somebody. */
const RUSSIAN_ENDING = /^(?:[аеиу]|ом|овц\p{L}{1,3}|овск\p{L}{2,3}|шник\p{L}{0,3})$/u;
/** A unit of the police, as it is or with an ending: more letters behind one may be a surname. */
function isUnit(word: string): boolean {
  const found = UNIT.exec(word);
  if (found === null) return false;
  const ending = found[1] ?? '';
  return ending === '' || RUSSIAN_ENDING.test(ending) || isKyrgyzSuffix(foldKyrgyz(ending));
}

/** What a word says about its neighbours, all at once; `null` for the many that say nothing. */
export interface Context {
  readonly rank: boolean;
  readonly policeRole: boolean;
  readonly civilRole: boolean;
  readonly nickname: boolean;
  readonly calledAfter: boolean;
  readonly childOf: boolean;
  readonly street: boolean;
  readonly streetAfter: boolean;
  readonly placeNoun: boolean;
  readonly placeNounAfter: boolean;
  readonly landmark: boolean;
  readonly unit: boolean;
  readonly unitNoun: boolean;
}

/** «Асан уулу», "Nurbek kyzy": the second word, in any case. */
export const CHILD_OF =
  /^(?:уулу|кызы|оглы|оглу|кизи|угли|uulu|kyzy|kizi|ogly|oglu)(?:н?[ыуи]н|[гнд]?[аеыуи]|н[ае]н?|[дт][ае]н?|'s)?$/u;

/** What stands beside names, places and units: editable data, see `contexts.json`. */
export const CONTEXTS = {
  functionWords: wordsOf(shipped.functionWords),
  ranks: stemsOf(shipped.ranks),
  rankParts: wordsOf(shipped.rankParts),
  policeRoles: stemsOf(shipped.policeRoles),
  civilRoles: stemsOf(shipped.civilRoles),
  nicknames: wordsOf(shipped.nicknames),
  calledAfter: wordsOf(shipped.calledAfter),
  unit: { test: isUnit },
  unitNouns: stemsOf(shipped.unitNouns),
  placeNouns: wordsOf(shipped.placeNouns),
  placeNounsAfter: wordsOf(shipped.placeNounsAfter),
  landmarks: wordsOf(shipped.landmarks),
  streets: wordsOf(shipped.streets),
  streetsAfter: wordsOf(shipped.streetsAfter),
  safe: stemsOf(shipped.safeStems),
  safeShort: shortOf(`${shipped.safeShort} ${shipped.safeAlways}`),
} as const;

/** Reads what a lower-case word says about its neighbours. */
export const contextOf: (lower: string) => Context | null = remember((word) => {
  const context: Context = {
    rank: CONTEXTS.ranks.has(word),
    policeRole: CONTEXTS.policeRoles.has(word),
    civilRole: CONTEXTS.civilRoles.has(word),
    nickname: CONTEXTS.nicknames.has(word),
    calledAfter: CONTEXTS.calledAfter.has(word),
    childOf: CHILD_OF.test(word),
    street: CONTEXTS.streets.has(word),
    streetAfter: CONTEXTS.streetsAfter.has(word),
    placeNoun: CONTEXTS.placeNouns.has(word),
    placeNounAfter: CONTEXTS.placeNounsAfter.has(word),
    landmark: CONTEXTS.landmarks.has(word),
    unit: CONTEXTS.unit.test(word),
    unitNoun: CONTEXTS.unitNouns.has(word),
  };
  return Object.values(context).some((one) => one) ? context : null;
});
