// Words for numbers ("two", «үч») are not read: only what stands in digits, and months by name. Names
// of months of all languages are read in every text, since a text may quote another language.

/** Groups of three digits, however a language sets them apart. */
const GROUPED = /(?<![\d.,])[1-9]\d{0,2}(?:[, \u00a0\u202f]\d{3})+(?!\d)/gu;

/** «2020–21» for «2020–2021». */
const SHORT_YEARS = /(?<!\d)((?:19|20)\d\d)–(\d\d)(?!\d)/gu;

const NUMBER = /\d+(?:[.,]\d+)?/gu;

const month = (stem: string, name: string) => [
  new RegExp(`(?<!\\p{L})${stem}`, 'giu'),
  new RegExp(`\\b${name}\\b`, 'gu'),
];

/**
 * The months: a stem that Kyrgyz and Russian share, and the English name. That of May is also the
 * beginning of other words («майор»), so its forms are listed; "May" counts beside a number only.
 */
const MONTHS = [
  month('январ', 'January'),
  month('феврал', 'February'),
  month('март', 'March'),
  month('апрел', 'April'),
  [
    /(?<!\p{L})ма(?:я|ю|ем|е|й(?:ы(?:н\p{L}*)?|да\p{L}*|га|дын)?)(?!\p{L})/giu,
    /(?<=\d[\s\u00a0])May\b|\bMay(?=[\s\u00a0]\d)/gu,
  ],
  month('июн', 'June'),
  month('июл', 'July'),
  month('август', 'August'),
  month('сентябр', 'September'),
  month('октябр', 'October'),
  month('ноябр', 'November'),
  month('декабр', 'December'),
];

/**
 * The figures of a text, sorted: numbers without grouping, months as `month 4`. Texts that say the
 * same in two languages have the same figures.
 *
 * The number one is left out, because every language writes it as a word where it likes.
 */
export function figuresInText(text: string): string[] {
  const plain = text
    .replaceAll('\u00ad', '')
    .replace(SHORT_YEARS, (_range, from: string, to: string) => `${from}–${from.slice(0, 2)}${to}`)
    .replace(GROUPED, (digits) => digits.replace(/\D/g, ''));
  const numbers = [...plain.matchAll(NUMBER)].map(([digits]) =>
    digits.replace(',', '.').replace(/^0+(?=\d)/, ''),
  );
  return [...numbers.filter((digits) => digits !== '1'), ...monthsIn(plain)].sort();
}

function monthsIn(text: string): string[] {
  return MONTHS.flatMap((forms, i) =>
    forms.flatMap((form) => (text.match(form) ?? []).map(() => `month ${i + 1}`)),
  );
}
