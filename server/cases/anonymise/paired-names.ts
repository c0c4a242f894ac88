import { CONTEXTS, contextOf } from './contexts.ts';
import type { Marked } from './group-marks.ts';
import type { Lexicon } from './lexicon.ts';
import type { Word } from './words.ts';

const AND = /^(?:и|да|жана|менен|мн|and|n|&)$/u;
/** «Ночью и Айгуль …»: when, where, and what is no person. */
const NOBODY =
  /^(?:ноч|утр|дн[её]м|вечер|милици|полици|деньг|телефон|потом|врем|люди|сегодня|вчера|завтра|раньше|дома|баары|мурда|мурун|азыр|кечээ|бүгүн|анан|кийин|акча|only|yes|no|then|later|now|police|money|here|there)/u;

/**
 * A word with a capital where a sentence or a list begins, joined to somebody: «Мира и Патигуль — сёстры»,
 * «двое: Сапог и Танк». And a rank or a trade with a capital that stands alone for somebody («Генерал»).
 *
 * @returns the places of such words.
 */
export function findPairedNames(seen: {
  readonly text: string;
  readonly words: readonly Word[];
  readonly marks: readonly Marked[];
  readonly lexicon: Pick<Lexicon, 'isVerbForm' | 'isNounForm'>;
}): readonly number[] {
  const { text, words, marks, lexicon } = seen;
  const found: number[] = [];
  const isSomebody = (at: number) =>
    marks[at]?.mark === 'name' || (marks[at]?.mark === 'unknown' && words[at]!.capital === 'first');
  for (const [at, { lower, capital, opens, language, end, gap }] of words.entries()) {
    if (capital !== 'first') continue;
    const { mark } = marks[at]!;
    if (mark !== 'plain' && mark !== 'rank') continue;
    const next = words[at + 1];
    const context = contextOf(lower);
    const role = context !== null && (context.civilRole || context.policeRole || context.rank);
    if (role) {
      const beside = next?.gap === ' ' && isSomebody(at + 1);
      // A general has nothing to do in the street: it is what he is called.
      const general = /^(?:генерал(?!ьн)|маршал|адмирал|general(?!ly))/u.test(lower);
      const labelled =
        /^: $/.test(gap) &&
        contextOf(words[at - 1]?.lower ?? '')?.civilRole === true &&
        /^\s*(?:\n|$)/.test(text.slice(end));
      const ranked = context.rank && !opens && language === 'ky';
      if (!beside && (general || labelled || ranked)) found.push(at);
      continue;
    }
    if (!opens || CONTEXTS.functionWords.has(lower) || NOBODY.test(lower)) continue;
    const joined = next?.gap === ' ' && AND.test(next.lower) && words[at + 2]?.gap === ' ';
    if (!joined || !isSomebody(at + 2)) continue;
    const noun = language === 'ru' ? lexicon.isNounForm(lower) : lower.length > 2;
    if (noun) found.push(at);
  }
  return found;
}
