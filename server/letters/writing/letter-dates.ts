import type { Language } from './language.ts';

// Months are data of our own: no ICU has the Kyrgyz possessive forms that letters use, and the
// bytes of a letter must not change with the ICU of the machine.

const RU_GENITIVE =
  'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' ');
const RU_NOMINATIVE =
  'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь'.split(' ');
const KY_POSSESSIVE =
  'январы февралы марты апрели майы июну июлу августу сентябры октябры ноябры декабры'.split(' ');
const EN =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

/** The day as a letter writes it: «24 апреля 2026 года», «2026-жылдын 24-апрели», "24 April 2026". */
export function longDate(date: string, lang: Language): string {
  const { year, index } = monthOf(date);
  const day = Number(date.slice(8, 10));
  switch (lang) {
    case 'ky':
      return `${year}-жылдын ${day}-${KY_POSSESSIVE[index]}`;
    case 'ru':
      return `${day} ${RU_GENITIVE[index]} ${year} года`;
    case 'en':
      return `${day} ${EN[index]} ${year}`;
  }
}

/** The day on which something happened: «24 апреля 2026 года», «2026-жылдын 24-апрелинде». */
export function onDate(date: string, lang: Language): string {
  const day = longDate(date, lang);
  return lang === 'ky' ? `${day}${day.endsWith('и') ? 'нде' : 'нда'}` : day;
}

/** The day from which something holds, behind «с» and "from": «2026-жылдын 24-апрелинен» in Kyrgyz. */
export function sinceDate(date: string, lang: Language): string {
  const day = longDate(date, lang);
  return lang === 'ky' ? `${day}${day.endsWith('и') ? 'нен' : 'нан'}` : day;
}

/** The day as what something is of: «от 24 апреля 2026 года», «2026-жылдын 24-апрелиндеги». */
export function ofDate(date: string, lang: Language): string {
  const day = onDate(date, lang);
  return lang === 'ky' ? `${day}${day.endsWith('е') ? 'ги' : 'гы'}` : day;
}

/** The day in digits, for tables: `24.04.2026`, in English `24/04/2026`. */
export function shortDate(date: string, lang: Language): string {
  return date
    .split('-')
    .reverse()
    .join(lang === 'en' ? '/' : '.');
}

/** The month: «февраль 2021 года», «2021-жылдын февралы», "February 2021". */
export function longMonth(month: string, lang: Language): string {
  const { year, index } = monthOf(month);
  switch (lang) {
    case 'ky':
      return `${year}-жылдын ${KY_POSSESSIVE[index]}`;
    case 'ru':
      return `${RU_NOMINATIVE[index]} ${year} года`;
    case 'en':
      return `${EN[index]} ${year}`;
  }
}

/**
 * When, inside a sentence: whole years where the months allow («в 2020–2021 годах»,
 * «2020–2021-жылдары», "in 2020–21"), else from month to month.
 */
export function during(period: { from: string; to: string }, lang: Language): string {
  const from = monthOf(period.from);
  const to = monthOf(period.to);
  if (period.from === period.to) return inMonth(period.from, lang);
  if (from.index !== 0 || to.index !== 11) return betweenMonths(period, lang);
  const oneYear = from.year === to.year;
  switch (lang) {
    case 'ky':
      return oneYear ? `${from.year}-жылы` : `${from.year}–${to.year}-жылдары`;
    case 'ru':
      return oneYear ? `в ${from.year} году` : `в ${from.year}–${to.year} годах`;
    case 'en': {
      const century = from.year.slice(0, 2) === to.year.slice(0, 2);
      return `in ${oneYear ? from.year : `${from.year}–${century ? to.year.slice(2) : to.year}`}`;
    }
  }
}

function inMonth(month: string, lang: Language): string {
  switch (lang) {
    case 'ky':
      return `${longMonth(month, lang)} ичинде`;
    case 'ru':
      return `за ${longMonth(month, lang)}`;
    case 'en':
      return `in ${longMonth(month, lang)}`;
  }
}

function betweenMonths(period: { from: string; to: string }, lang: Language): string {
  const from = monthOf(period.from);
  switch (lang) {
    case 'ky':
      return `${longMonth(period.from, lang)} — ${longMonth(period.to, lang)} аралыгында`;
    case 'ru':
      return `с ${RU_GENITIVE[from.index]} ${from.year} года по ${longMonth(period.to, lang)}`;
    case 'en':
      return `from ${longMonth(period.from, lang)} to ${longMonth(period.to, lang)}`;
  }
}

function monthOf(date: string): { year: string; index: number } {
  return { year: date.slice(0, 4), index: Number(date.slice(5, 7)) - 1 };
}
