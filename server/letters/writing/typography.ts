import ru from 'hyphen/ru/index.js';
import type { Language } from './language.ts';

const NBSP = '\u00a0';

/** What must stay with the word behind it. */
const BINDS_NEXT =
  /(?<![\p{L}\p{N}])(№|ст\.|п\.|пп\.|ч\.|г\.|ул\.|см\.|исх\.|чыг\.|кир\.|art\.|Art\.|No\.|Ref\.|[Вв]|[Сс]|[Кк]|[Оо]|[Уу]|[Ии]|[Аа]|[Нн]а|[Нн]е|[Пп]о|[Зз]а|[Ии]з|[Оо]т|[Дд]о|[Оо]б|[Пп]од|[Пп]ри|[Бб]ез|[Дд]ля|[Аа]n?)[ \u00a0](?=\S)/gu;
/** What is followed by its number: «Annex 2», «статья 1». */
const NUMBERED =
  /(?<![\p{L}\p{N}])([Пп]рил\.|л\.|[Сс]тать[ияюе]|[Пп]риложени[еяюи]|[Aa]nnex(?:es)?|[Aa]rticles?|[Ss]heets?|[Ss]ections?) (?=\p{N}|№)/gu;
/** The groups of a telephone number. */
const TELEPHONE = /\+\d{1,3}(?: \(?\d{1,4}\)?){1,5}(?:-\d{2,4})*/g;
/** A number and its unit or noun of date. */
const NUMBER_AND_UNIT =
  /(\d\)?) (?=(?:%|л\.|экз\.|мин|ч|с|кг|км|г\.|(?:год(?:а|у|ом|ов|ах|ам)?)|(?:барак|нуска|файл|күн|саат|мүнөт|учур)\p{L}*|дн(?:я|ей)|день|files?|days?|Б|bytes|h|min|January|February|March|April|May|June|July|August|September|October|November|December|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)(?!\p{L}))/gu;
/** «А. А. Фамилия»: initials stay with each other and with the name. */
const INITIAL = /(?<!\p{L})(\p{Lu}\.) ?(?=\p{Lu})/gu;
/** «10 000»: groups of digits stay together. */
const DIGIT_GROUP = /(?<=\d) (?=\d{3}(?!\d))/g;
const BEFORE_DASH = / (?=— )/g;
/** «23 April 2026» stays whole; in Russian, which is set to both edges, that would tear lines apart. */
const ENGLISH_DATE =
  /(?<=\d\u00a0(?:January|February|March|April|May|June|July|August|September|October|November|December)) (?=\d{4}(?!\d))/g;
const DATE_ENDING = /(\p{N}-жылдын) (?=\p{N})/gu;

/**
 * Binds what must not be torn apart at the end of a line: № and its number, numbers and units, groups
 * of telephone numbers, initials and names, short prepositions and their words, a dash and the word before it.
 */
export function bindSpaces(text: string): string {
  return text
    .replace(INITIAL, `$1${NBSP}`)
    .replace(NUMBER_AND_UNIT, `$1${NBSP}`)
    .replace(ENGLISH_DATE, NBSP)
    .replace(DATE_ENDING, `$1${NBSP}`)
    .replace(BINDS_NEXT, `$1${NBSP}`)
    .replace(NUMBERED, `$1${NBSP}`)
    .replace(TELEPHONE, (number) => number.replaceAll(' ', NBSP))
    .replace(DIGIT_GROUP, NBSP)
    .replace(BEFORE_DASH, NBSP);
}

/**
 * What is read as one thing, though a line may end inside of it: «10–12», «01-14/27», «2026-жылдын»,
 * «C-01», «07:55–08:40»; and words with a hyphen, so that whoever searches for one finds it. Whatever stands between two
 * blanks is looked at by itself, and left alone where it is so long that it must be broken.
 */
const MAY_HOLD_ONE = /\p{N}[-–/]|[-–/]\p{N}|\p{L}-\p{L}/u;
const BETWEEN_BLANKS = /[^\s\u00a0]+/gu;
const LONGEST_THING = 30;
const LONGEST_WORD = 20;
const ONE_THING =
  /[\p{L}\p{N}\u00ad]+(?:[.:,][\p{L}\p{N}]+)*(?:[-–/][\p{L}\p{N}\u00ad]+(?:[.:,][\p{L}\p{N}]+)*)+/gu;
const HYPHENED_WORD = /^\p{L}+(?:-\p{L}+)+$/u;

/** A piece of a text; `whole` is never broken at the end of a line. */
export interface TextPiece {
  readonly text: string;
  readonly whole: boolean;
}

/**
 * A text in pieces, so that numbers, ranges and dates stay whole at the end of a line. They are told
 * apart and not bound by joining characters, which whoever searches or copies the text would find.
 */
export function pieces(text: string): TextPiece[] {
  if (!MAY_HOLD_ONE.test(text)) return [{ text, whole: false }];
  const found: TextPiece[] = [];
  let from = 0;
  const add = (to: number, whole: boolean) => {
    if (to > from) found.push({ text: text.slice(from, to), whole });
    from = to;
  };
  for (const { 0: word, index: at } of text.matchAll(BETWEEN_BLANKS)) {
    if (word.length > LONGEST_THING || !MAY_HOLD_ONE.test(word)) continue;
    for (const { 0: thing, index } of word.matchAll(ONE_THING)) {
      if (!isOneThing(thing)) continue;
      add(at + index, false);
      add(at + index + thing.length, true);
    }
  }
  add(text.length, false);
  return found;
}

function isOneThing(found: string): boolean {
  if (/\p{N}/u.test(found)) return true;
  const said = found.replaceAll('\u00ad', '');
  return said.length <= LONGEST_WORD && HYPHENED_WORD.test(said);
}

/** Words worth breaking; capitalised ones inside a sentence are names, and names stay whole. */
const LONG_RUSSIAN_WORD =
  /(?:(?<![\p{L}\p{N}])[а-яё]|(?<=^|[.!?] )[А-ЯЁ])[а-яё]{6,}(?![\p{L}\p{N}])/gu;

/**
 * A paragraph ready for setting. Russian gets soft hyphens, because Chromium has no patterns for it
 * on Debian; Kyrgyz, for which there are none at all, is set left-aligned instead.
 *
 * @param remembered - words whose places were found already: a letter has the same ones over and over.
 */
export function setParagraph(
  text: string,
  lang: Language,
  remembered: Map<string, string> = new Map(),
): string {
  const bound = bindSpaces(text);
  if (lang !== 'ru') return bound;
  return bound.replace(LONG_RUSSIAN_WORD, (word) => {
    const broken = remembered.get(word) ?? keepTwo(ru.hyphenateSync(word));
    remembered.set(word, broken);
    return broken;
  });
}

/** No line may begin or end with one or two letters of a word. */
function keepTwo(word: string): string {
  return word.replace(/^(.{1,2})\u00ad/u, '$1').replace(/\u00ad(.{1,2})$/u, '$1');
}

/** A label inside a sentence: without its capital, unless that belongs to an abbreviation. */
export function lowerFirst(label: string): string {
  return /^\p{Lu}\p{Lu}/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

/** A label on its own, in a row or beside a bar: with a capital. */
export function upperFirst(label: string): string {
  return label.charAt(0).toUpperCase() + label.slice(1);
}

/** A digest in groups of eight, as people compare them. */
export function digestGroups(digest: string): string[] {
  return digest.match(/.{8}/g) ?? [];
}
