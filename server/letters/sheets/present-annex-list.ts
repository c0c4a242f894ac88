import type { Annex, LetterModel } from '../letter-model.ts';
import { digestGroups } from '../writing/typography.ts';
import type { Writer } from '../writing/writer.ts';
import {
  type References,
  type ReferenceView,
  referToExhibit,
  sheetRange,
} from './present-reference.ts';
import { annexId, sheetsOf } from './sheet-numbers.ts';

/** A file with its digest in groups of eight digits. */
export interface FileView {
  readonly path: string;
  readonly size: string;
  readonly digest: readonly string[];
  /** Where it is told or described; null where it is not. */
  readonly reference: ReferenceView | null;
}

/** One annex as the letter lists it. */
export interface AnnexItemView {
  readonly text: string;
  /** «на 4 л. в 1 экз. (л. 9–12)», in a place of its own; null for what is on no paper. */
  readonly sheets: { readonly href: string | null; readonly text: string } | null;
  readonly files: readonly FileView[];
}

/** More files than this are listed in the list of files alone, where the letter has one. */
const MOST_FILES_IN_LETTER = 4;

/** The annexes of the letter in this language. */
export function presentAnnexList(
  model: LetterModel,
  writer: Writer,
  references: References,
): AnnexItemView[] {
  const list = model.annexes.find((annex) => annex.role === 'exhibits');
  return model.annexes.map((annex) => {
    const files = filesIn(annex, writer.lang);
    const elsewhere =
      list !== undefined && annex !== list && files.length > MOST_FILES_IN_LETTER
        ? writer.line('letter.annexes.listed', { count: files.length, annex: list.number })
        : null;
    const many =
      files.length > 1 ? writer.line('letter.annexes.files', { count: files.length }) : null;
    return {
      text: [writer.own(annex.title), elsewhere ?? many]
        .filter((part) => part !== null)
        .join(' — '),
      sheets: presentSheets(annex, references, writer),
      files:
        elsewhere === null
          ? files.map((file) => presentFile(file, writer, { model, references }))
          : [],
    };
  });
}

/** Sheets of an annex: counted where it is bound, as entered where it comes by itself. */
function presentSheets(
  annex: Annex,
  { bound, sheets }: References,
  writer: Writer,
): AnnexItemView['sheets'] {
  if (bound.some(({ number }) => number === annex.number)) {
    const range = sheets === null ? null : sheetsOf(annex.number, bound, sheets);
    return {
      href: `#${annexId(annex.number)}`,
      // Something must stand there even before anything was counted: nothing is no link.
      text:
        range === null
          ? writer.line('letter.annexes.uncounted')
          : writer.line('letter.annexes.at', {
              sheets: range.last - range.first + 1,
              range: sheetRange(range),
            }),
    };
  }
  if (annex.sheets === undefined) return null;
  return { href: null, text: writer.line('letter.annexes.sheets', { sheets: annex.sheets }) };
}

/**
 * How many sheets the annexes have and how many there are with the letter; null where none is bound.
 */
export function presentTotal(
  model: LetterModel,
  { bound, sheets }: References,
  writer: Writer,
): string | null {
  const first = bound[0];
  if (first === undefined) return null;
  const apart = model.annexes
    .filter((annex) => !bound.some(({ number }) => number === annex.number))
    .reduce((sum, annex) => sum + (annex.sheets ?? 0), 0);
  const begin = sheets?.at.get(annexId(first.number));
  if (sheets === null || begin === undefined) return writer.line('letter.annexes.totalUncounted');
  return writer.line('letter.annexes.total', {
    sheets: sheets.total - begin + 1 + apart,
    total: sheets.total + apart,
  });
}

/** The files of an annex that belong to the letter in this language. */
export function filesIn(annex: Annex, lang: Writer['lang']): Annex['files'] {
  return annex.files.filter((file) => file.lang === undefined || file.lang === lang);
}

/** One file, its size in bytes, and where the document tells of it. */
export function presentFile(
  file: Annex['files'][number],
  writer: Writer,
  within: { model: LetterModel; references: References } | null = null,
): FileView {
  return {
    path: file.path,
    size: writer.line('letter.annexes.size', { bytes: file.sizeBytes }),
    digest: digestGroups(file.sha256),
    reference: within === null ? null : presentPlace(file.path, within, writer),
  };
}

/** Copies are described in the statement on redaction, cases are told among the accounts. */
function presentPlace(
  path: string,
  { model, references }: { model: LetterModel; references: References },
  writer: Writer,
): ReferenceView | null {
  const exhibit = path.replace(/^.*\/|\.[^.]*$/g, '');
  const places = [
    { role: 'cases', shown: model.narratives },
    { role: 'redaction', shown: model.redactions },
  ] as const;
  for (const { role, shown } of places) {
    const annex = references.bound.find((one) => one.role === role);
    if (annex !== undefined && shown.some((one) => one.exhibit === exhibit)) {
      return referToExhibit(exhibit, annex, references, writer);
    }
  }
  return null;
}
