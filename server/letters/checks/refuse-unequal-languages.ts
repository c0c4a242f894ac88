import type { LetterModel } from '../letter-model.ts';
import type { LetterTemplates } from '../ports.ts';
import { presentDocument } from '../sheets/present-document.ts';
import { boundAnnexes } from '../sheets/sheet-numbers.ts';
import type { Language } from '../writing/language.ts';
import { createPlainWriter } from '../writing/writer.ts';
import { comparable, refuseUnequal } from './compare-languages.ts';

/**
 * Writes a checked letter in every language, with the annexes that are bound behind it, and compares
 * what they say. Sheet numbers, which come with every print, are the same in all languages.
 *
 * @throws {LetterError} as {@link refuseUnequal}.
 */
export function refuseUnequalLanguages(model: LetterModel, templates: LetterTemplates): void {
  const shared = comparable(model);
  const references = { bound: boundAnnexes(shared), sheets: null };
  const written = (lang: Language) =>
    presentDocument(shared, createPlainWriter(templates, lang), templates, references);
  refuseUnequal({ ky: written('ky'), ru: written('ru'), en: written('en') });
}
