import { CHILD_OF, CONTEXTS } from './contexts.ts';
import type { Find } from './find.ts';
import type { NameKnowledge } from './names.ts';
import type { Word } from './words.ts';

/** A find that consists of words: who is meant is told by them. */
export interface NamedFind extends Find {
  readonly words: readonly NamedWord[];
}

/** One word of a name. */
export interface NamedWord {
  readonly lower: string;
  readonly part: 'given' | 'surname' | 'patronymic' | 'initial' | 'unsure';
}

/** What a word was taken for, its neighbours considered. */
export type Mark = 'plain' | 'name' | 'unknown' | 'initial' | 'place' | 'address' | 'unit' | 'rank';

/** A mark with the rule that set it. */
export interface Marked {
  readonly mark: Mark;
  readonly rule: string;
}

const HOUSE_BEHIND =
  /^,? {0,2}(?:(?:дом|д|house|no)\.? ?|№ ?)?\d{1,4}(?: ?[а-гa-d](?![\p{L}]))?(?: ?[/-] ?\d{1,4}[а-г]?)?(?![\p{N}\p{L}]|[.:]\d)/u;
const HOUSE_BEFORE =
  /(?<![\p{L}\p{N}])(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[ -])?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\p{L}{3,5}teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety) $|(?<![\p{L}\p{N}])\d{1,4}[а-гa-d]?(?:[/-]\d{1,4})?,? $/u;
/** A number that says how much or how old, not which house. */
const MEASURE =
  'сом|руб|тыс|миң|мин|лет|год|жаш|час|саат|сут|дн|день|күн|кун|раз|жол|чел|киши|адам|мет|км|кг|гр|мг|мл|шт|%|проц|табл|жыл|ведер|пач|\\p{L}?\\.\\d|years?|hours?|days?|times|people|men|women|officers|som|dollars|g(?!\\p{L})|[-–:]\\d|(?:янв|фев|мар|апр|май|мая|июн|июл|авг|сен|окт|ноя|дек)';
const NUMBER = '\\d{1,4}(?:[ -]?[а-гa-d](?![\\p{L}]))?(?: ?/ ?\\d{1,4}[а-г]?)?';
/** «медерова 44», «сухэ-батор 31 5-батир»: a house, with no word for it. */
const HOUSE_ALONE = new RegExp(`^,? ${NUMBER}(?![\\p{N}\\p{L}]|[.:]\\d| ?(?:${MEASURE}))`, 'u');
/** «44 кв 12»: a house, for a flat follows. */
const HOUSE_WITH_FLAT = new RegExp(
  `^,? ${NUMBER}(?=,? ?(?:(?:кв|квартир\\p{L}|корп\\p{L}{0,3}|дом|подъезд|apt|flat|apartment)\\.? ?\\d|\\d{1,4} ?- ?(?:батир|үй|уй)))`,
  'u',
);

const isDigit = (text: string, at: number) => text[at]! >= '0' && text[at]! <= '9';

/** The number of a house behind a word that may name a street: as long as it is, or null. */
export function houseBehind(lower: string, at: number, named: boolean): string | null {
  // Most words have no number behind them, and this is asked of every word.
  if (!isDigit(lower, at + 1) && !isDigit(lower, at + 2)) return null;
  const behind = lower.slice(at, at + 32);
  const found = HOUSE_WITH_FLAT.exec(behind) ?? (named ? HOUSE_ALONE.exec(behind) : null);
  return found === null ? null : found[0];
}

/** The number of a police unit, behind its name: «-4», « № 4». */
export const NUMBER_BEHIND =
  /^ ?(?:[-–] ?|№ ?|#|no\.? ?|номер |number )?(?:№ ?)?\d{1,3}(?!\d)(?:-?(?:[гкдт][аоеө]н?|н[уү]н|ч[ыиуү]|й|м|го)(?!\p{L}))?/u;

/** Joins marked words that stand together into finds: one for a full name, an address, a unit. */
export function groupMarks(marking: {
  readonly text: string;
  readonly lower: string;
  readonly words: readonly Word[];
  readonly marks: readonly Marked[];
  /** Words that name an officer. */
  readonly officers: ReadonlySet<number>;
  readonly names: NameKnowledge;
}): NamedFind[] {
  const { text, lower, words, marks, officers, names } = marking;
  const isBeside = (at: number) => at < words.length && /^[ \n]{1,3}$/.test(words[at]!.gap);

  return grouped();

  function partOf(at: number): NamedWord['part'] {
    const { lower: here } = words[at]!;
    if (marks[at]!.mark === 'initial') return 'initial';
    if (CHILD_OF.test(here)) return 'unsure';
    if (CHILD_OF.test(words[at + 1]?.lower ?? '')) return 'surname';
    if (names.isPatronymic(here)) return 'patronymic';
    if (names.isGiven(here)) return 'given';
    return names.isSurname(here) ? 'surname' : 'unsure';
  }

  function grouped(): NamedFind[] {
    const finds: NamedFind[] = [];
    for (let at = 0; at < words.length; at++) {
      const { mark } = marks[at]!;
      if (mark === 'plain' || mark === 'rank') continue;
      let last = at;
      if (mark === 'place' || mark === 'address' || mark === 'unit') {
        while (
          last + 1 < words.length &&
          marks[last + 1]!.mark === mark &&
          /^[ \n-]{1,2}$/.test(words[last + 1]!.gap)
        )
          last++;
      } else {
        const joins = (i: number) => {
          const next = marks[i]?.mark;
          if (next !== 'name' && next !== 'unknown' && next !== 'initial') return false;
          const gap = words[i]!.gap;
          return marks[i - 1]!.mark === 'initial'
            ? /^\.? ?$/.test(gap)
            : /^ {1,2}$/.test(gap) || (next === 'initial' && gap === '');
        };
        while (joins(last + 1)) last++;
      }
      finds.push(makeFind(at, last));
      at = last;
    }
    return finds;
  }

  function makeFind(first: number, last: number): NamedFind {
    const members = words.slice(first, last + 1);
    const own = marks.slice(first, last + 1);
    let { start } = members[0]!;
    let { end } = members.at(-1)!;
    const { mark } = own[0]!;
    const rule = own.find(({ mark: one }) => one === 'name')?.rule ?? own[0]!.rule;
    const parts = members.map((word, i) => ({ lower: word.lower, part: partOf(first + i) }));
    if (mark === 'address') {
      // «Жибек Жолу көчөсү, 95»: the number may follow the word for street.
      const street = /^ (?:\p{L}+)/u.exec(lower.slice(end, end + 30));
      const over =
        street !== null && CONTEXTS.streetsAfter.has(street[0].trim()) ? street[0].length : 0;
      const behind = HOUSE_BEHIND.exec(lower.slice(end + over, end + over + 24));
      if (behind !== null) end += over + behind[0].length;
      const before = HOUSE_BEFORE.exec(lower.slice(Math.max(0, start - 24), start));
      if (before !== null) start -= before[0].length;
      return { start, end, type: 'address', rule, words: parts };
    }
    if (mark === 'unit') {
      const behind =
        NUMBER_BEHIND.exec(lower.slice(end, end + 14)) ??
        /^ (?:милиции|полиции) ?(?:№|#|no\.?|номер)? ?\d{1,3}/.exec(lower.slice(end, end + 30));
      if (behind !== null) end += behind[0].length;
      return { start, end, type: 'unit', rule, words: parts };
    }
    // «юнусалиев 14», "mederov 44 apt 12": a street, for a house follows. A given name is rarely one.
    const lastRule = own.at(-1)!.rule;
    const street =
      mark === 'place' ||
      mark === 'unknown' ||
      !/^(?:given-name|patronymic|nickname|rank-or-role|child-of)$/.test(lastRule);
    const house = own.at(-1)!.mark === 'initial' ? null : houseBehind(lower, end, street);
    if (house !== null) {
      const type = 'address';
      return { start, end: end + house.length, type, rule: 'street-and-number', words: parts };
    }
    if (mark === 'place') {
      const behind = /^-\d{1,2}(?!\d)/.exec(lower.slice(end, end + 4));
      if (behind !== null) end += behind[0].length;
      return { start, end, type: 'place', rule, words: parts };
    }
    if (own.at(-1)!.mark === 'initial' && text[end] === '.') end++;
    // «Аламедин-1», «Беркут-2»
    end += /^-\d{1,3}(?!\d)/.exec(lower.slice(end, end + 5))?.[0].length ?? 0;
    const person = own.some(({ mark: one }) => one !== 'unknown');
    const officer = members.some((_, i) => officers.has(first + i));
    if (officer) {
      // A rank goes with the name: with the day and the unit it would tell who it was.
      for (let i = first - 1; i >= 0 && isBeside(i + 1); i--) {
        if (marks[i]!.mark !== 'rank' && !(CONTEXTS.rankParts.has(words[i]!.lower) && i < first))
          break;
        if (marks.slice(Math.max(0, i - 2), i + 1).every((one) => one.mark !== 'rank')) break;
        start = words[i]!.start;
      }
    }
    return {
      start,
      end,
      type: officer ? 'officer' : person ? 'person' : 'name',
      rule,
      words: parts,
    };
  }
}
