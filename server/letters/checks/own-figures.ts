import { ownTexts } from '../clauses/check-clauses.ts';
import { clauseValues } from '../clauses/clause-values.ts';
import { fieldsIn, fillClause } from '../clauses/fill-clause.ts';
import type { Finding, Tell } from '../findings.ts';
import type { LetterModel } from '../letter-model.ts';
import type { LetterRules } from '../letter-rules.ts';
import { LANGUAGES, type Language } from '../writing/language.ts';
import { percent } from '../writing/share.ts';
import { createWriter } from '../writing/writer.ts';

// A figure that is typed beside its source stays as it is when the data change. Numbers that are no
// figures (of articles, documents, annexes, dates and times) are left alone.

/** Below this a number says too little: «в 2 экземплярах» is no figure of the letter. */
const SMALLEST_FIGURE = 5;

/** A number by itself, its digits grouped or not, and what makes a share of it behind it. */
const NUMBER =
  /(?<![\p{L}\d.,:/-])([1-9]\d{0,2}(?:[ \u00a0\u202f,]\d{3})+|\d+(?:[.,]\d+)?)(?![\d:/]|[.,]\d|-?\p{L})(?:[ \u00a0]?(%|(?:процент|пайыз)\p{L}*|per[ \u00a0]?cent(?!\p{L})))?/giu;

/**
 * What stands before a number that counts nothing. «Пункты» in the plural are places here, so only
 * the forms that can name one are listed.
 */
const NAMES_SOMETHING =
  /(?:№|(?<!\p{L})(?:no\.?|ст\.|стать(?:я|и|е|ю|ёй|ей|ям|ях)|статей|пункт(?:а|у|е|ом)?|п\.|част(?:ь|и|ью)|ч\.|берене\p{L}*|articles?|art\.|section|paragraph|annex(?:es)?|приложени\p{L}*|прил\.|тиркеме\p{L}*|исх\.|вх\.|чыг\.|кир\.))[ \u00a0]*$/iu;

/** What stands behind a day or a year. */
const IS_DATE =
  /^[ \u00a0]*(?:год|г\.|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|жыл|January|February|March|April|May|June|July|August|September|October|November|December)/iu;

/** What the letter counts. */
const COUNTED =
  /^[ \u00a0]*(?:(?:документтештирилген|задокументированн\p{L}*|documented)[ \u00a0]+)?(?:случа|сообщени|обращени|дел(?!о?в)|учур|билдирүү|cases?(?!\p{L})|reports?(?!\p{L}))/iu;

/**
 * Figures that a lawyer typed by hand: `own-figure`, a stop, where the letter has the same figure as a
 * field; `figure-by-hand`, a warning, where a number of cases or a share was not counted by the
 * letter, or stands in a text that also has a counted field.
 */
export function ownFigures(model: LetterModel, rules: LetterRules, tell: Tell): Finding[] {
  const computed = computedFigures(model, rules);
  return ownTexts(model).flatMap(({ path, text }) =>
    LANGUAGES.flatMap((lang) => {
      const found = typedNumbers(text[lang]);
      const equal = found.find((typed) => computed(typed) !== undefined);
      if (equal !== undefined) {
        const field = `{${computed(equal)}}`;
        return [tell('own-figure', 'stop', { path, lang, values: { field } })];
      }
      const besideSource = fieldsIn(text[lang]).some(({ name }) => COUNTED_FIELD.test(name));
      const byHand = found.some(({ isCounted, isShare }) => isCounted || isShare || besideSource);
      return byHand ? [tell('figure-by-hand', 'warn', { path, lang })] : [];
    }),
  );
}

const COUNTED_FIELD = /^(?:cases|pattern|population|presence|narratives)\./;

interface TypedNumber {
  readonly value: number;
  /** Digits behind the point. */
  readonly decimals: number;
  readonly isShare: boolean;
  readonly isCounted: boolean;
}

function typedNumbers(text: string): TypedNumber[] {
  // Fields are no typed numbers; what a lawyer wrote beside them is.
  const words = text.replace(/\{[^{}]*\}/g, '\u0000');
  return [...words.matchAll(NUMBER)].flatMap((match): TypedNumber[] => {
    const [whole, digits, sign] = match;
    const behind = words.slice(match.index + whole.length);
    if (NAMES_SOMETHING.test(words.slice(0, match.index)) || IS_DATE.test(behind)) return [];
    const isShare = sign !== undefined;
    const [, decimals = ''] = digits!.match(/^\d+[.,](\d{1,2}|\d{4,})$/) ?? [];
    // What is measured in parts is no number of cases: «2,5 часа».
    if (decimals !== '' && !isShare) return [];
    const value =
      decimals === '' ? Number(digits!.replace(/\D/g, '')) : Number(digits!.replace(',', '.'));
    const isYear = /^(?:19|20)\d\d$/.test(digits!) && !COUNTED.test(behind);
    if (value < SMALLEST_FIGURE || isYear) return [];
    return [{ value, decimals: decimals.length, isShare, isCounted: COUNTED.test(behind) }];
  });
}

/** The field that has a number of the letter; shares are compared as finely as they were typed. */
function computedFigures(model: LetterModel, rules: LetterRules) {
  const values = clauseValues(model, createWriter(rules, 'ky'), rules);
  const counts = new Map<number, string>();
  for (const [name, value] of values) {
    // Numbers of annexes name something; they do not count.
    if (typeof value === 'number' && !name.endsWith('.annex') && !counts.has(value)) {
      counts.set(value, name);
    }
  }
  const { documented, lawEnforcement, nearOstSites, byPrimaryPopulation } = model.figures;
  const shares: Array<{ count: number; base: number; name: string }> = [];
  const share = (count: number, base: number, name: string) => shares.push({ count, base, name });
  share(lawEnforcement, documented, 'cases.lawEnforcement.share');
  if (nearOstSites !== null) share(nearOstSites, lawEnforcement, 'cases.nearOst.share');
  for (const { code, count, base } of model.pattern) {
    if (code !== undefined) share(count, base, `pattern.${code}.share`);
  }
  for (const { code, count } of byPrimaryPopulation) {
    if (code !== undefined) share(count, lawEnforcement, `population.${code}.share`);
  }
  const shareNamed = (value: number, decimals: number) =>
    shares.find(({ count, base }) =>
      decimals === 0
        ? percent(count, base) === value
        : ((100 * count) / base).toFixed(decimals) === value.toFixed(decimals),
    )?.name;
  return ({ value, decimals, isShare }: TypedNumber): string | undefined =>
    isShare ? shareNamed(value, decimals) : counts.get(value);
}

/** The text of a field in a language with its fields filled, as the linter's other rules read it. */
export function filledTexts(
  model: LetterModel,
  rules: LetterRules,
): ReadonlyMap<string, Readonly<Record<Language, string>>> {
  const fill = Object.fromEntries(
    LANGUAGES.map((lang) => {
      const values = clauseValues(model, createWriter(rules, lang), rules);
      return [lang, (text: string) => fillClause(text, values, lang)];
    }),
  ) as Record<Language, (text: string) => string>;
  return new Map(
    ownTexts(model).map(({ path, text }) => [
      path.join('.'),
      { ky: fill.ky(text.ky), ru: fill.ru(text.ru), en: fill.en(text.en) },
    ]),
  );
}
