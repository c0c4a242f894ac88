import { CHILD_OF, CONTEXTS } from './contexts.ts';
import type { Find } from './find.ts';
import type { NameKnowledge } from './names.ts';
import { HOUSE, MEASURE } from './numbers-said.ts';
import type { PlaceKnowledge } from './places.ts';
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
/** «медерова 44», «сухэ-батор 31 5-батир»: a house, with no word for it. */
const HOUSE_ALONE = new RegExp(
  `^,? ${HOUSE}(?![\\p{N}\\p{L}]|[.:]\\d|[-–:]\\d|\\p{L}?\\.\\d|[ -]{0,2}${MEASURE})`,
  'u',
);
/** «44 кв 12»: a house, for a flat follows. */
const HOUSE_WITH_FLAT = new RegExp(
  `^,? ${HOUSE}(?=,? ?(?:(?:кв|квартир\\p{L}|корп\\p{L}{0,3}|дом|подъезд|apt|flat|apartment)\\.? ?\\d|\\d{1,4} ?- ?(?:батир|үй|уй)))`,
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

/** Who lives or is held somewhere, and what stands before the name of a street. */
const ADDRESS_CUE =
  /(?<!\p{L})(?:на|по|ул|улиц\p{L}{1,2}|живу|жив[её]т|живем|живём|жил[аи]?|прожива\p{L}{1,3}|прописан\p{L}?|адрес\p{L}{0,4}|дом[аеу]?|домой|угол|углу|перекр[её]ст\p{L}{1,3}|дареги\p{L}{0,4}|дарек|үй(?:үм|үмүз|ү)?|уй(?:ум|у)?|жашайм|жашайт|live|lives|lived|stay|stays|at|on|address)[ .,:]{1,3}(?:\p{L}+[ .,:]{1,2}){0,1}$/u;
/** Rules by which a word is somebody, whatever number follows. */
const SOMEBODY =
  /^(?:given-name|patronymic|nickname|rank-or-role|role|child-of|did-something|full-name|kin|known-elsewhere|roster|surname-said|surname-initials|initials)$/;

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
  readonly places: Pick<PlaceKnowledge, 'isStreet'>;
  /** 1 where something was found by its form. */
  readonly taken: Uint8Array;
}): NamedFind[] {
  const { text, lower, words, marks, officers, names, places, taken } = marking;
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
      finds.push(...makeFind(at, last));
      at = last;
    }
    return finds;
  }

  function makeFind(first: number, last: number): NamedFind[] {
    const members = words.slice(first, last + 1);
    const own = marks.slice(first, last + 1);
    let { start } = members[0]!;
    let { end } = members.at(-1)!;
    const { mark } = own[0]!;
    const rule = own.find(({ mark: one }) => one === 'name')?.rule ?? own[0]!.rule;
    // «Аса нов» is one word for whoever looks who it is.
    const cut = own.some((one) => one.rule === 'cut-in-two');
    const parts: NamedWord[] = cut
      ? [{ lower: members.map((word) => word.lower).join(''), part: 'surname' }]
      : members.map((word, i) => ({ lower: word.lower, part: partOf(first + i) }));
    if (mark === 'address') {
      // «Жибек Жолу көчөсү, 95»: the number may follow the word for street.
      const street = /^ (?:\p{L}+)/u.exec(lower.slice(end, end + 30));
      const over =
        street !== null && CONTEXTS.streetsAfter.has(street[0].trim()) ? street[0].length : 0;
      const behind = HOUSE_BEHIND.exec(lower.slice(end + over, end + over + 24));
      if (behind !== null) end += over + behind[0].length;
      const before = HOUSE_BEFORE.exec(lower.slice(Math.max(0, start - 24), start));
      if (before !== null) start -= before[0].length;
      return [{ start, end, type: 'address', rule, words: parts }];
    }
    if (mark === 'unit') {
      const behind =
        NUMBER_BEHIND.exec(lower.slice(end, end + 14)) ??
        /^ (?:милиции|полиции) ?(?:№|#|no\.?|номер)? ?\d{1,3}/.exec(lower.slice(end, end + 30));
      if (behind !== null) end += behind[0].length;
      return [{ start, end, type: 'unit', rule, words: parts }];
    }
    const officer = members.some((_, i) => officers.has(first + i));
    const house = houseOf(first, last, officer);
    if (house?.ofStreet) {
      const to = end + house.length;
      return [{ start, end: to, type: 'address', rule: 'street-and-number', words: parts }];
    }
    if (mark === 'place') {
      const behind = /^-\d{1,2}(?!\d)/.exec(lower.slice(end, end + 4));
      if (behind !== null) end += behind[0].length;
      return [{ start, end, type: 'place', rule, words: parts }];
    }
    if (own.at(-1)!.mark === 'initial' && text[end] === '.') end++;
    // «Аламедин-1», «Беркут-2»
    end += /^-\d{1,3}(?!\d)/.exec(lower.slice(end, end + 5))?.[0].length ?? 0;
    const person = own.some(({ mark: one }) => one !== 'unknown');
    if (officer) {
      // A rank goes with the name: with the day and the unit it would tell who it was.
      for (let i = first - 1; i >= 0 && isBeside(i + 1); i--) {
        if (marks[i]!.mark !== 'rank' && !(CONTEXTS.rankParts.has(words[i]!.lower) && i < first))
          break;
        if (marks.slice(Math.max(0, i - 2), i + 1).every((one) => one.mark !== 'rank')) break;
        start = words[i]!.start;
      }
    }
    const type = officer ? 'officer' : person ? 'person' : 'name';
    const finds: NamedFind[] = [{ start, end, type, rule, words: parts }];
    if (house !== null) {
      const to = members.at(-1)!.end + house.length;
      const from = to - house.trimmed;
      if (from >= end)
        finds.push({ start: from, end: to, type: 'address', rule: 'street-and-number', words: [] });
    }
    return finds;
  }

  /**
   * «юнусалиев 14», "mederov 44 apt 12": a house follows, so the word may be a street. It is one where
   * something says so; otherwise somebody stays somebody, and the number goes by itself, if at all: behind
   * an officer it is mostly a count («осмонов 3 удара»).
   */
  function houseOf(first: number, last: number, officer: boolean): House | null {
    const { end } = words[last]!;
    const own = marks.slice(first, last + 1);
    if (own.at(-1)!.mark === 'initial') return null;
    const somebody = officer || own.some(({ rule }) => SOMEBODY.test(rule));
    const found = houseBehind(lower, end, !somebody);
    if (found === null) return null;
    for (let at = end; at < end + found.length; at++) if (taken[at] === 1) return null;
    const flat = houseBehind(lower, end, false) !== null;
    const named = own.some(({ mark }) => mark === 'name');
    const { start } = words[first]!;
    const ofStreet =
      !officer &&
      (!named ||
        flat ||
        places.isStreet(words[last]!.lower) ||
        ADDRESS_CUE.test(lower.slice(Math.max(0, start - 40), start)));
    return { length: found.length, trimmed: found.replace(/^[, ]+/, '').length, ofStreet };
  }
}

/** The number of a house behind a word: its length with and without what divides them. */
interface House {
  readonly length: number;
  readonly trimmed: number;
  /** Whether the word is a street; somebody otherwise. */
  readonly ofStreet: boolean;
}
