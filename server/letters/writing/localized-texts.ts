import { LANGUAGES, type Localized } from './language.ts';

/** A text of a letter that is entered in every language, and its field. */
export interface LocalizedText {
  readonly path: readonly PropertyKey[];
  readonly text: Localized;
}

/** All texts inside a value that stand in every language, in the order of the fields. */
export function localizedTexts(
  value: unknown,
  path: readonly PropertyKey[] = [],
): readonly LocalizedText[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isLocalized(value)) return [{ path, text: value }];
  return Object.entries(value).flatMap(([key, inner]) =>
    localizedTexts(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function isLocalized(value: object): value is Localized {
  return LANGUAGES.every((lang) => typeof (value as Record<string, unknown>)[lang] === 'string');
}
