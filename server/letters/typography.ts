import ru from 'hyphen/ru/index.js';
import type { Language } from './language.ts';

const NBSP = '\u00a0';

/** What must stay with the word behind it. */
const BINDS_NEXT =
  /(?<![\p{L}\p{N}])(№|ст\.|п\.|пп\.|ч\.|г\.|ул\.|см\.|исх\.|чыг\.|art\.|Art\.|No\.|Ref\.|[Вв]|[Сс]|[Кк]|[Оо]|[Уу]|[Ии]|[Аа]|[Нн]а|[Нн]е|[Пп]о|[Зз]а|[Ии]з|[Оо]т|[Дд]о|[Аа]n?)[ \u00a0](?=\S)/gu;
/** A number and its unit or noun of date. */
const NUMBER_AND_UNIT =
  /(\d\)?) (?=(?:%|л\.|экз\.|мин|ч|с|кг|км|г\.|год[ау]?|годах|барак|нуска|күн|саат|мүнөт|учур|Б|bytes|h|min|January|February|March|April|May|June|July|August|September|October|November|December|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)(?!\p{L}))/gu;
/** «А. А. Фамилия»: initials stay with each other and with the name. */
const INITIAL = /(?<!\p{L})(\p{Lu}\.) ?(?=\p{Lu})/gu;
/** «10 000»: groups of digits stay together. */
const DIGIT_GROUP = /(?<=\d) (?=\d{3}(?!\d))/g;
const BEFORE_DASH = / (?=— )/g;
const DATE_ENDING = /(\p{N}-жылдын) (?=\p{N})/gu;

/**
 * Binds what must not be torn apart at the end of a line: № and its number, numbers and units,
 * initials and names, short prepositions and their words, a dash and the word before it.
 */
export function bindSpaces(text: string): string {
  return (
    text
      .replace(INITIAL, `$1${NBSP}`)
      .replace(NUMBER_AND_UNIT, `$1${NBSP}`)
      .replace(DATE_ENDING, `$1${NBSP}`)
      // Twice, since one bound word may stand behind another.
      .replace(BINDS_NEXT, `$1${NBSP}`)
      .replace(BINDS_NEXT, `$1${NBSP}`)
      .replace(DIGIT_GROUP, NBSP)
      .replace(BEFORE_DASH, NBSP)
  );
}

/** Words worth breaking; capitalised ones inside a sentence are names, and names stay whole. */
const LONG_RUSSIAN_WORD =
  /(?:(?<![\p{L}\p{N}])[а-яё]|(?<=^|[.!?] )[А-ЯЁ])[а-яё]{6,}(?![\p{L}\p{N}])/gu;

/**
 * A paragraph ready for setting. Russian gets soft hyphens, because Chromium has no patterns for it
 * on Debian; Kyrgyz, for which there are none at all, is set left-aligned instead.
 */
export function setParagraph(text: string, lang: Language): string {
  const bound = bindSpaces(text);
  if (lang !== 'ru') return bound;
  return bound.replace(LONG_RUSSIAN_WORD, (word) => keepTwo(ru.hyphenateSync(word)));
}

/** No line may begin or end with one or two letters of a word. */
function keepTwo(word: string): string {
  return word.replace(/^(.{1,2})\u00ad/u, '$1').replace(/\u00ad(.{1,2})$/u, '$1');
}

/** A label inside a sentence: without its capital, unless that belongs to an abbreviation. */
export function lowerFirst(label: string): string {
  return /^\p{Lu}\p{Lu}/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

/** A digest in groups of eight, as people compare them. */
export function digestGroups(digest: string): string[] {
  return digest.match(/.{8}/g) ?? [];
}
