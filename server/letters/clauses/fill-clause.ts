import type { Language } from '../writing/language.ts';

// What a lawyer may write into a clause besides words: a field of the letter in braces. It is no
// template language: there is nothing to call, and whatever is no field stays text.

/** What a field holds: a number that is set in digits, or a text as it stands. */
export type FieldValue = number | string;

/** The fields of one letter in one language, by name. */
export type FieldValues = ReadonlyMap<string, FieldValue>;

/** A field as it stands in a text: `{cases.documented}`, `{cases.documented: case|cases}`. */
export interface FieldUse {
  readonly name: string;
  /** The words that go with the number, one for each plural form; empty where none are given. */
  readonly forms: readonly string[];
}

/** A name in single braces, not behind a sign with which other languages begin a field. */
const FIELD =
  /(?<![{$#%])\{([a-z][A-Za-z0-9]*(?:\.[A-Za-z0-9][A-Za-z0-9_-]*)*)(?::([^{}]*))?\}(?!\})/gu;

/** The plural forms of each language, in the order in which their words are written. */
const FORMS: Readonly<Record<Language, Readonly<Record<number, readonly string[]>>>> = {
  ky: { 1: ['other'], 2: ['one', 'other'] },
  ru: { 2: ['one', 'other'], 3: ['one', 'few', 'other'] },
  en: { 2: ['one', 'other'] },
};

const RULES: Readonly<Record<Language, Intl.PluralRules>> = {
  ky: new Intl.PluralRules('ky'),
  ru: new Intl.PluralRules('ru'),
  en: new Intl.PluralRules('en'),
};

const DIGITS: Readonly<Record<Language, Intl.NumberFormat>> = {
  ky: new Intl.NumberFormat('ky'),
  ru: new Intl.NumberFormat('ru'),
  en: new Intl.NumberFormat('en'),
};

/** The fields in a text, in their order. */
export function fieldsIn(text: string): readonly FieldUse[] {
  return [...text.matchAll(FIELD)].map(([, name, forms]) => ({ name: name!, forms: split(forms) }));
}

/** Whether a number can choose among so many words: two, in Russian also three (1, 2, 5). */
export function hasForms(count: number, lang: Language): boolean {
  return count === 0 || FORMS[lang][count] !== undefined;
}

/**
 * Fills the fields of a text. Fields it does not know, and forms that do not fit, stay as they were
 * written: `checkClauses` tells them before anything is printed.
 */
export function fillClause(text: string, values: FieldValues, lang: Language): string {
  return text.replace(FIELD, (written, name: string, forms: string | undefined) => {
    const value = values.get(name);
    if (value === undefined) return written;
    if (typeof value === 'string') return value;
    const words = split(forms);
    const number = DIGITS[lang].format(value);
    return words.length === 0 ? number : `${number} ${wordFor(value, words, lang)}`;
  });
}

function wordFor(value: number, words: readonly string[], lang: Language): string {
  const forms = FORMS[lang][words.length] ?? ['other'];
  const rule = RULES[lang].select(value);
  const chosen = forms.indexOf(rule);
  // «many» of Russian, and whatever a shorter list leaves out, goes with the last word.
  return words[chosen === -1 ? words.length - 1 : chosen]!;
}

function split(forms: string | undefined): string[] {
  return forms === undefined ? [] : forms.split('|').map((word) => word.trim());
}
