// Words for numbers ("two", «үч») are not read: only what stands in digits, and months by name. Names
// of months of all languages are read in every text, since a text may quote another language.

/** Groups of three digits, however a language sets them apart. */
const GROUPED = /(?<![\d.,])[1-9]\d{0,2}(?:[, \u00a0\u202f]\d{3})+(?!\d)/gu;

/** «24.04.2026», and "24/04/2026" in English. */
const SHORT_DATE = /(?<!\d)(\d\d)[./](\d\d)[./]((?:19|20)\d\d)(?!\d)/gu;

/** «2020–21» for «2020–2021». */
const SHORT_YEARS = /(?<!\d)((?:19|20)\d\d)–(\d\d)(?!\d)/gu;

const NUMBER = /\d+(?:[.,]\d+)?/gu;

/**
 * The months by the stems that Kyrgyz and Russian share. That of May is also the beginning of other
 * words («майор»), so its forms are listed.
 */
const STEMS = [
  'январ',
  'феврал',
  'март',
  'апрел',
  'ма(?:я|ю|ем|е|й(?:ы(?:н\\p{L}*)?|да\\p{L}*|га|дын)?)(?!\\p{L})',
  'июн',
  'июл',
  'август',
  'сентябр',
  'октябр',
  'ноябр',
  'декабр',
];

/** The months by their English names; "May" counts beside a number only. */
const NAMES = [
  'January',
  'February',
  'March',
  'April',
  '(?:(?<=\\d[\\s\\u00a0])May|May(?=[\\s\\u00a0]\\d))',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** One group for each month, so that a text is read once and not once a month. */
const oneOf = (months: readonly string[]) => months.map((month) => `(${month})`).join('|');
const BY_STEM = new RegExp(`(?<!\\p{L})(?:${oneOf(STEMS)})`, 'giu');
const BY_NAME = new RegExp(`\\b(?:${oneOf(NAMES)})\\b`, 'gu');

/**
 * The figures of a text, sorted: numbers without grouping, months as `month 4`. Texts that say the
 * same in two languages have the same figures.
 *
 * The number one is left out, because every language writes it as a word where it likes.
 */
export function figuresInText(text: string): string[] {
  const plain = text
    .replaceAll('\u00ad', '')
    .replace(SHORT_DATE, '$1 $2 $3')
    .replace(SHORT_YEARS, (_range, from: string, to: string) => `${from}–${from.slice(0, 2)}${to}`);
  return [...numbersIn(plain), ...monthsIn(plain)].sort();
}

/**
 * Days, months and years: every language puts them in an order of its own. Months are those that are
 * read above, so that neither «2 майора» nor "12 may apply" is a day.
 */
const DAY = '(?:\\d{1,2}[-\\s\\u00a0]+)?';
const DATES = [
  new RegExp(`${DAY}(?<!\\p{L})(?:${STEMS.join('|')})\\p{L}*`, 'giu'),
  new RegExp(`${DAY}\\b(?:${NAMES.join('|')})\\b`, 'gu'),
  /(?<!\d)(?:19|20)\d\d(?:–\d{2,4})?(?!\d)/gu,
];

/** Fields that count, and not those that say when, where or for how long. */
const COUNTING_FIELD =
  /^(?:cases|pattern|population|presence|narratives)\.(?!during$|reported$|place$|longest$|annex$)/;

/**
 * The figures of a text in the order in which it says them, fields that count by their names; dates
 * are left out.
 */
export function figuresInOrder(text: string): string[] {
  const said = DATES.reduce(
    (rest, dates) => rest.replace(dates, ' '),
    text.replaceAll('\u00ad', ''),
  );
  return [...said.matchAll(/\{([^{}:]+)[^{}]*\}|[^{}]+/gu)].flatMap(([words, field]) => {
    if (field === undefined) return numbersIn(words);
    return COUNTING_FIELD.test(field) ? [field] : [];
  });
}

function numbersIn(text: string): string[] {
  const plain = text.replace(GROUPED, (digits) => digits.replace(/\D/g, ''));
  return [...plain.matchAll(NUMBER)]
    .map(([digits]) => digits.replace(',', '.').replace(/^0+(?=\d)/, ''))
    .filter((digits) => digits !== '1');
}

/** What every name of a month holds: most texts have none of it, and to see that is quick. */
const MAY_NAME_ONE =
  /янв|фев|мар|апр|ма[йяюе]|ию[нл]|авг|сен|окт|ноя|дек|uary|March|April|May|Ju[nl]|Aug|ember|Octo/i;

function monthsIn(text: string): string[] {
  if (!MAY_NAME_ONE.test(text)) return [];
  return [BY_STEM, BY_NAME].flatMap((months) =>
    [...text.matchAll(months)].map(
      ([, ...found]) => `month ${1 + found.findIndex((one) => one !== undefined)}`,
    ),
  );
}
