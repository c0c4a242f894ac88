import { LetterError } from '../../letters/errors.ts';

/**
 * A file that Chromium printed: its bytes as text (Latin-1, one character a byte), read once for all
 * that follows printing, and its objects by their cross-reference table, which nobody need search for.
 */
export interface PrintedPdf {
  readonly text: string;
  /** The first line of the table's entries. */
  readonly entriesAt: number;
  readonly entryCount: number;
  /** The number behind `startxref`: where the table begins. */
  readonly tableAt: number;
}

/** Every entry is one line of 20 bytes. */
const ENTRY_LENGTH = 20;

/**
 * Reads a file that Chromium printed.
 *
 * @throws {LetterError} `PRINT_FAILED` when it is not built the way Chromium builds it: one table of
 *   all objects at its end.
 * @see ISO 32000-1, 7.5.4 (cross-reference table)
 */
export function readPrintedPdf(bytes: Uint8Array): PrintedPdf {
  return printedPdf(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'),
  );
}

/** As {@link readPrintedPdf}, of the text. */
export function printedPdf(text: string): PrintedPdf {
  const end = /\nstartxref\n(\d+)\n%%EOF\s*$/.exec(text.slice(-64));
  const tableAt = Number(end?.[1] ?? -1);
  const head = /^xref\n0 (\d+)\n/.exec(text.slice(tableAt, tableAt + 32));
  if (end === null || head === null) throw unexpectedForm();
  const entryCount = Number(head[1]);
  const entriesAt = tableAt + head[0].length;
  if (!text.startsWith('trailer\n', entriesAt + entryCount * ENTRY_LENGTH)) throw unexpectedForm();
  return { text, entriesAt, entryCount, tableAt };
}

/** Where an object begins. */
export function offsetOf({ text, entriesAt, entryCount }: PrintedPdf, id: number): number {
  const at = entriesAt + id * ENTRY_LENGTH;
  const offset = Number(text.slice(at, at + 10));
  if (id >= entryCount || !text.startsWith(`${id} 0 obj\n`, offset)) throw unexpectedForm();
  return offset;
}

/** An object without the line that ends it. */
export function objectOf(pdf: PrintedPdf, id: number): string {
  const start = offsetOf(pdf, id);
  const end = pdf.text.indexOf('\nendobj', start);
  if (end < 0) throw unexpectedForm();
  return pdf.text.slice(start, end);
}

/** Which object is the document's catalog (ISO 32000-1, 7.7.2). */
export function catalogIdOf(pdf: PrintedPdf): number {
  return inTrailer(pdf, 'Root');
}

/** Which object is the document information (ISO 32000-1, 14.3.3). */
export function infoIdOf(pdf: PrintedPdf): number {
  return inTrailer(pdf, 'Info');
}

/** What stands behind the table, from the word `trailer` to the end. */
export function trailerOf({ text, entriesAt, entryCount }: PrintedPdf): string {
  return text.slice(entriesAt + ENTRY_LENGTH * entryCount);
}

function inTrailer(pdf: PrintedPdf, key: string): number {
  const id = new RegExp(`/${key} (\\d+) 0 R`).exec(trailerOf(pdf))?.[1];
  if (id === undefined) throw unexpectedForm();
  return Number(id);
}

/** The error of a file that no Chromium that is known writes. */
export function unexpectedForm(cause?: unknown): LetterError {
  return new LetterError(
    'PRINT_FAILED',
    'Chromium printed a file of a form that is not known, so it cannot be finished: use the Chromium of Debian 12 or later.',
    cause === undefined ? {} : { cause },
  );
}
