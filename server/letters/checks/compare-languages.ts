import { ownTexts } from '../clauses/check-clauses.ts';
import { letterFields } from '../editing/letter-fields.ts';
import { LetterError } from '../errors.ts';
import type { Finding, Tell } from '../findings.ts';
import { faultAt } from '../letter-faults.ts';
import type { LetterModel } from '../letter-model.ts';
import type { DocumentView } from '../sheets/present-document.ts';
import type { LetterView } from '../sheets/present-letter.ts';
import { LANGUAGES, type Language, type Localized } from '../writing/language.ts';
import { localizedTexts } from '../writing/localized-texts.ts';
import { figuresInOrder, figuresInText } from './figures-in-text.ts';

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
 * Own words with the figures of the Kyrgyz text in another order. Languages may well order them
 * otherwise («из 1300 случаев 668», "668 of 1,300 cases"); but so they are, too, where their roles
 * were swapped, so a lawyer must read them against each other.
 */
export function orderDoubts(model: LetterModel, tell: Tell): Finding[] {
  return ownTexts(model).flatMap(({ path, text }) => {
    const original = figuresInOrder(text.ky).join(' ');
    return TRANSLATIONS.filter((lang) => figuresInOrder(text[lang]).join(' ') !== original).map(
      (lang) => tell('figures-order', 'warn', { path, lang }),
    );
  });
}

/**
 * Compares the finished document field by field between the languages: title, subject, addressee,
 * figures, dates, grounds, number of demands and of annexes, and every table, list and paragraph of the annexes that
 * are bound behind the letter. Accounts of cases are prose: see {@link narrativeDoubts}.
 *
 * @param documents - made from what is {@link comparable}, so that all list the same files.
 * @throws {LetterError} `TEMPLATE_INVALID`, naming the fields in which a translation differs.
 */
export function refuseUnequal(documents: Readonly<Record<Language, DocumentView>>): void {
  const original = figuresByField(documents.ky);
  const faults = TRANSLATIONS.flatMap((lang) => {
    const translation = figuresByField(documents[lang]);
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

/**
 * A letter as its languages are compared: without the files that belong to one of them alone, and
 * without the words of accounts, which are prose.
 */
export function comparable(model: LetterModel): LetterModel {
  const annexes = model.annexes.map((annex) => ({
    ...annex,
    files: annex.files.filter(({ lang }) => lang === undefined),
  }));
  const narratives = model.narratives.map(({ exhibit, month }) => ({
    exhibit,
    month,
    text: { ky: '', ru: '', en: '' },
  }));
  return { ...model, annexes, narratives };
}

/** The languages in which a text has other figures or exhibits than in Kyrgyz. */
function differing(text: Localized, exhibits: readonly string[]): Language[] {
  const said = (lang: Language) =>
    JSON.stringify([
      figuresInText(text[lang]),
      exhibits.filter((exhibit) => text[lang].includes(exhibit)),
    ]);
  const original = said('ky');
  return TRANSLATIONS.filter((lang) => said(lang) !== original);
}

/** Names by which the letter's texts can point at exhibits. */
function exhibitsOf({ narratives, annexes }: LetterModel): string[] {
  const files = annexes
    .filter(({ role }) => role === 'media')
    .flatMap((annex) => annex.files.map(({ path }) => path.replace(/^.*\/|\.[^.]*$/g, '')));
  return [...new Set([...narratives.map(({ exhibit }) => exhibit), ...files])].sort();
}

/** The figures of every text of a document that has some. */
function figuresByField({ page, parts }: DocumentView): Map<string, string> {
  const fields = [
    { field: 'title', text: page.title },
    ...parts.flatMap(({ kind, id, view }) =>
      letterFields(kind === 'letter' ? comparedLetter(view as LetterView) : view, id),
    ),
  ];
  return new Map(
    fields
      // What charts draw stands in the tables beside them; pictures and digests are the same.
      .filter(({ field }) => !DRAWING.test(field))
      .map(({ field, text }) => [field, figuresInText(text).join(' ')] as const)
      .filter(([, figures]) => figures !== ''),
  );
}

const DRAWING = /\.chart\b|\.drawing\b|\.sheets\[\d+\]\.src|\.digest\[\d+\]/;

/**
 * What is the same in every language of one letter. The letterhead shows two languages at once, and
 * of the list of annexes only the number is compared: the annexes themselves are.
 */
function comparedLetter(view: Omit<LetterView, 'page'>): object {
  return {
    addressee: view.addressee,
    outgoing: view.outgoing,
    kind: view.kind,
    subject: view.subject,
    salutation: view.salutation,
    ...Object.fromEntries(
      view.parts.map(({ name, heading, blocks }) => [name, { heading, blocks }]),
    ),
    annexes: { count: String(view.annexes?.items.length ?? 0), total: view.annexes?.total ?? '' },
    signature: view.signature,
  };
}
