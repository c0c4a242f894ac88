import { CONTEXTS } from './contexts.ts';
import type { Marked } from './group-marks.ts';
import type { Word } from './words.ts';

/** The number of a house where a phrase ends. */
const HOUSE_AT_END = /^ \d{1,4}(?:[а-гa-d]|\/\d{1,4}[а-гa-d]?)?(?=\s*(?:[,.;)]|$))/u;
/** What was said last is that somebody lives: «ак-өргөдө турат, …». */
const LIVES =
  /(?<!\p{L})(?:турат|турам|турабыз|жашайт|жашайм|жашайбыз|жив[её]т|живу|живут|прописан\p{L}?|прожива\p{L}{2}|адрес\p{L}{0,3}|дареги|lives?|stays?|address)(?: \p{L}+)?[,:]? ?\(?$/u;
/** What stands before a number that counts, orders or measures. */
const NO_STREET =
  /^(?:статья|статьи|ст|пункт|час\p{L}{0,2}|саат\p{L}{0,3}|лет|жаш\p{L}{0,3}|сайт\p{L}{0,2}|класс\p{L}{0,2}|групп\p{L}|этаж|человек|раз|доз\p{L}|возраст|всего|примерно|около|минимум|максимум|номер|дом|кв|квартира)$/u;
const WORDS_OF_STREET = 2;
/** «на мира стоят возле дома 29/2», "on mira by number 42": the house, some words behind its street. */
const HOUSE_BY_IT =
  /^(?: \p{L}{2,}){0,3},? (?:возле|у|около|напротив|рядом с|за|by|near|at|outside|жанында)?[ ]?(?:дом(?:а|е|у|ом)?|номер\p{L}{0,2}|house|number|no\.?|үй|уй) ?№? ?\d/u;
const ON_STREET = /^(?:на|по|с|угол|on|along)$/u;
/** What one stands on, beside a house, that is no street of a name. */
const ON_WHAT =
  /^(?:улиц|угл|угол|мест|работ|машин|остановк|точк|район|рынк|базар|лавочк|скаме|крыльц|первом|этаж|лестниц|сайт|двор|дорог|глаз|виду?$|стоянк|парковк|перекр|foot$|street|road|corner|site|way$|time$|duty$|bench|days?$|\p{L}+day$)/u;

/**
 * Addresses that no word calls one: a phrase of one or two words and a number, beside where somebody
 * lives («ак-өргөдө турат, жаңы-жол 15», «живет асанбай 27/41», «лебединовка, победа 130»), or with a house
 * of a letter («ченцова 12а»).
 *
 * @returns the places of the words that name the street.
 */
export function findHomes(seen: {
  readonly lower: string;
  readonly words: readonly Word[];
  readonly marks: readonly Marked[];
  readonly isPlace: (lower: string) => boolean;
}): readonly number[] {
  const { lower, words, marks, isPlace } = seen;
  const found: number[] = [];
  const isStreet = (at: number) =>
    /^(?:plain|name|unknown|place)$/.test(marks[at]!.mark) &&
    !CONTEXTS.functionWords.has(words[at]!.lower) &&
    !NO_STREET.test(words[at]!.lower);
  for (const [at, { end }] of words.entries()) {
    const { lower: here } = words[at]!;
    const on = words[at]!.gap === ' ' && ON_STREET.test(words[at - 1]?.lower ?? '');
    if (on && isStreet(at) && !ON_WHAT.test(here)) {
      if (HOUSE_BY_IT.test(lower.slice(end, end + 60))) found.push(at);
    }
    const number = HOUSE_AT_END.exec(lower.slice(end, end + 24));
    if (number === null) continue;
    for (let first = at; first > 0 && at - first < WORDS_OF_STREET && isStreet(first); first--) {
      const { start, gap } = words[first]!;
      const opens = /^ ?, ?$/.test(gap);
      const lives = LIVES.test(lower.slice(Math.max(0, start - 60), start));
      const place = opens && isPlace(words[first - 1]!.lower);
      const lettered = opens && /\d[а-г]/.test(number[0]);
      if (lives || place || lettered) {
        for (let i = first; i <= at; i++) found.push(i);
        break;
      }
      if (gap !== ' ') break;
    }
  }
  return found;
}
