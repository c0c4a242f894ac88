import type { SeededRandom } from '../../../scripts/sample/seeded-random.ts';
import type { GoldNarrative } from './fill-template.ts';

/** A way to write that hides names from a simple search. */
export interface WritingHabit {
  readonly name: string;
  apply(narrative: GoldNarrative, random: SeededRandom): GoldNarrative;
}

const LOOK_ALIKE: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
  Х: 'X',
  a: 'а',
  e: 'е',
  o: 'о',
  p: 'р',
  c: 'с',
  y: 'у',
  x: 'х',
  A: 'А',
  B: 'В',
  E: 'Е',
  K: 'К',
  M: 'М',
  H: 'Н',
  O: 'О',
  P: 'Р',
  C: 'С',
  T: 'Т',
  X: 'Х',
};
const PLAIN: Readonly<Record<string, string>> = {
  ё: 'е',
  Ё: 'Е',
  ө: 'о',
  Ө: 'О',
  ү: 'у',
  Ү: 'У',
  ң: 'н',
  Ң: 'Н',
};
const CONTACTS = new Set(['email', 'url', 'handle']);
const NAMES = new Set(['v', 'o', 'w']);

/** Rewrites letter by letter; a letter may become none, one or several. */
function rewrite(
  narrative: GoldNarrative,
  change: (letter: string, kind: string | null, at: number) => string,
): GoldNarrative {
  const kinds = new Array<string | null>(narrative.text.length).fill(null);
  for (const { start, end, kind } of narrative.gold) kinds.fill(kind, start, end);
  const places = [0];
  let text = '';
  for (let at = 0; at < narrative.text.length; at++) {
    text += change(narrative.text[at]!, kinds[at]!, at);
    places.push(text.length);
  }
  const gold = narrative.gold.map((span) => ({
    ...span,
    start: places[span.start]!,
    end: places[span.end]!,
  }));
  return { text, gold };
}

const inName = (kind: string | null) => kind !== null && NAMES.has(kind);

/** As people write; the plain way more often than the others. */
export const WRITING_HABITS: readonly WritingHabit[] = [
  { name: 'plain', apply: (narrative) => narrative },
  {
    name: 'lower case',
    apply: (narrative) => rewrite(narrative, (letter) => letter.toLowerCase()),
  },
  { name: 'plain', apply: (narrative) => narrative },
  {
    name: 'capitals',
    apply: (narrative) =>
      rewrite(narrative, (letter, kind) =>
        kind !== null && CONTACTS.has(kind) ? letter : letter.toUpperCase(),
      ),
  },
  { name: 'plain', apply: (narrative) => narrative },
  {
    name: 'look-alikes in names',
    apply: (narrative, random) =>
      rewrite(narrative, (letter, kind) =>
        inName(kind) && random.below(2) === 0 ? (LOOK_ALIKE[letter] ?? letter) : letter,
      ),
  },
  {
    name: 'no special letters',
    apply: (narrative) => rewrite(narrative, (letter) => PLAIN[letter] ?? letter),
  },
  {
    name: 'stress marks',
    apply: (narrative, random) =>
      rewrite(narrative, (letter, kind) =>
        inName(kind) && /[аоуыэеиөү]/.test(letter) && random.below(5) < 2
          ? `${letter}\u0301`
          : letter,
      ),
  },
  {
    name: 'invisible characters',
    apply: (narrative, random) =>
      rewrite(narrative, (letter, kind) =>
        kind !== null && random.below(10) < 3
          ? letter + (random.below(2) === 0 ? '\u00ad' : '\u200b')
          : letter,
      ),
  },
  {
    name: 'decomposed',
    apply: (narrative) => rewrite(narrative, (letter) => letter.normalize('NFD')),
  },
  {
    name: 'names in lower case',
    apply: (narrative) =>
      rewrite(narrative, (letter, kind) => (inName(kind) ? letter.toLowerCase() : letter)),
  },
  {
    name: 'spaced names',
    apply: (narrative) =>
      rewrite(narrative, (letter, kind, at) => {
        const next = narrative.text[at + 1] ?? '';
        return inName(kind) && /\p{L}/u.test(letter) && /\p{L}/u.test(next) ? `${letter} ` : letter;
      }),
  },
];

const small: WritingHabit['apply'] = (narrative) =>
  rewrite(narrative, (letter) => letter.toLowerCase());
const unmarked: WritingHabit['apply'] = (narrative) =>
  rewrite(narrative, (letter, kind) => (kind === null && /[.,!?;:]/.test(letter) ? '' : letter));

/** As people type into a messenger. */
export const CHAT_HABITS: readonly WritingHabit[] = [
  { name: 'as it came', apply: (narrative) => narrative },
  { name: 'small letters', apply: small },
  {
    name: 'small letters without punctuation',
    apply: (narrative, random) => unmarked(small(narrative, random), random),
  },
  {
    // One letter of a longer name left out, doubled or exchanged with its neighbour.
    name: 'slips in names',
    apply: (narrative, random) => {
      const slips = new Map<number, string>();
      for (const { start, end, kind } of narrative.gold) {
        if (!NAMES.has(kind) || end - start < 6 || random.below(2) === 0) continue;
        const at = start + 2 + random.below(end - start - 4);
        const [one, next] = [narrative.text[at]!, narrative.text[at + 1]!];
        if (!/^\p{Ll}{2}$/u.test(one + next)) continue;
        const kindOfSlip = random.below(3);
        if (kindOfSlip === 0) slips.set(at, '');
        else if (kindOfSlip === 1) slips.set(at, one + one);
        else slips.set(at, next).set(at + 1, one);
      }
      return rewrite(narrative, (letter, _kind, at) => slips.get(at) ?? letter);
    },
  },
  {
    name: 'small letters, no special ones',
    apply: (narrative) =>
      rewrite(narrative, (letter) => {
        const low = letter.toLowerCase();
        return PLAIN[low] ?? low;
      }),
  },
  {
    name: 'capitals',
    apply: (n) => rewrite(n, (letter, kind) => (kind === 'handle' ? letter : letter.toUpperCase())),
  },
];
