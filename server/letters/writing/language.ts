/** The languages a letter is written in; Kyrgyz, the state language, is the original. */
export const LANGUAGES = ['ky', 'ru', 'en'] as const;

/** One of the languages of letters. */
export type Language = (typeof LANGUAGES)[number];

/** The same thing said in every language. */
export type Localized = Readonly<Record<Language, string>>;

/** What `say` makes of every language. */
export function sayInEvery(say: (lang: Language) => string): Localized {
  return { ky: say('ky'), ru: say('ru'), en: say('en') };
}
