import { LetterError } from './errors.ts';
import { figuresInText } from './figures-in-text.ts';
import type { Finding, Tell } from './findings.ts';
import { LANGUAGES, type Language, type Localized } from './language.ts';
import { faultAt } from './letter-faults.ts';
import { letterFields } from './letter-fields.ts';
import type { LetterModel } from './letter-model.ts';
import { localizedTexts } from './localized-texts.ts';
import type { LetterView } from './present-letter.ts';

// The Kyrgyz text counts as the original. What a lawyer enters in three languages, and what the
// catalogs make of the figures, must say the same in each of them.

const TRANSLATIONS = LANGUAGES.filter((lang) => lang !== 'ky');
const NAMES: Readonly<Record<Language, string>> = { ky: 'Kyrgyz', ru: 'Russian', en: 'English' };

/**
 * Faults of entered texts whose figures, dates or exhibits differ between the languages; one sentence
 * each. Narratives are prose, in which a number may be a word: see {@link narrativeDoubts}.
 */
export function languageFaults(model: LetterModel): string[] {
  const { narratives: _narratives, ...entered } = model;
  const exhibits = exhibitsOf(model);
  return localizedTexts(entered).flatMap(({ path, text }) =>
    differing(text, exhibits).map((lang) =>
      faultAt(
        path,
        `expected the same figures, dates and exhibits in ${NAMES[lang]} as in Kyrgyz, in digits`,
      ),
    ),
  );
}

/** Narratives that a lawyer must read against the Kyrgyz text. */
export function narrativeDoubts({ narratives }: LetterModel, tell: Tell): Finding[] {
  return narratives.flatMap(({ text }, i) =>
    differing(text, []).map((lang) =>
      tell('narrative-figures', 'warn', { path: ['narratives', i, 'text'], lang }),
    ),
  );
}

/**
 * Compares the finished letter field by field between the languages: addressee, figures, dates,
 * grounds, number of demands and of annexes.
 *
 * @throws {LetterError} `TEMPLATE_INVALID`, naming the fields in which a translation differs.
 */
export function refuseUnequal(views: Readonly<Record<Language, LetterView>>): void {
  const original = figuresByField(views.ky);
  const faults = TRANSLATIONS.flatMap((lang) => {
    const translation = figuresByField(views[lang]);
    const fields = new Set([...original.keys(), ...translation.keys()]);
    return [...fields]
      .filter((field) => original.get(field) !== translation.get(field))
      .map((field) => `${field} in ${NAMES[lang]}`);
  });
  if (faults.length === 0) return;
  throw new LetterError(
    'TEMPLATE_INVALID',
    `The letter does not say the same in its languages: ${faults.slice(0, 10).join('; ')}. Mend templates/messages or the legal data, so that each field carries the figures of the Kyrgyz text.`,
    { faults },
  );
}

/** The languages in which a text has other figures or exhibits than in Kyrgyz. */
function differing(text: Localized, exhibits: readonly string[]): Language[] {
  const said = (lang: Language) =>
    JSON.stringify([
      figuresInText(text[lang]),
      exhibits.filter((exhibit) => text[lang].includes(exhibit)),
    ]);
  return TRANSLATIONS.filter((lang) => said(lang) !== said('ky'));
}

/** Names by which the letter's texts can point at exhibits. */
function exhibitsOf({ narratives, annexes }: LetterModel): string[] {
  const files = annexes
    .filter(({ role }) => role === 'media')
    .flatMap((annex) => annex.files.map(({ path }) => path.replace(/^.*\/|\.[^.]*$/g, '')));
  return [...new Set([...narratives.map(({ exhibit }) => exhibit), ...files])].sort();
}

/**
 * What is the same in every language of one letter. The letterhead shows two languages at once, and
 * the files of an annex are those of one language: of annexes only the number is compared.
 */
function figuresByField(view: LetterView): Map<string, string> {
  const compared = {
    addressee: view.addressee,
    outgoing: view.outgoing,
    ...Object.fromEntries(
      view.parts.map(({ name, heading, blocks }) => [name, { heading, blocks }]),
    ),
    annexes: view.annexes?.items.map(() => '') ?? null,
  };
  return new Map(
    letterFields(compared).map(({ field, text }) => [field, figuresInText(text).join(' ')]),
  );
}
