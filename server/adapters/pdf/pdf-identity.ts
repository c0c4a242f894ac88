import { sha256 } from '../../kernel/digest.ts';
import { infoIdOf, objectOf, offsetOf, type PrintedPdf, unexpectedForm } from './printed-pdf.ts';

/** What every file says it was made with. */
export const CREATOR = 'Dalil';
/** What every file says it was printed with. */
export const PRODUCER = 'Chromium';

/**
 * Takes the clock, the machine and the browser's user agent out of a file that Chromium printed:
 * both dates become `date` at midnight UTC, Creator and Producer become constants, and the file gets
 * an /ID derived from its content. Everything is replaced in place, in its own length, and the /ID
 * stands behind the cross-reference table: no offset moves, and the structure tree stays as it is.
 *
 * @param date - `YYYY-MM-DD`.
 * @throws {LetterError} `PRINT_FAILED` when the file is not built the way Chromium builds it.
 * @see ISO 32000-1, 14.3.3 (document information) and 14.4 (file identifiers)
 */
export function fixPdfIdentity(pdf: PrintedPdf, date: string): Uint8Array {
  const { text, entriesAt, entryCount } = pdf;
  const trailerAt = entriesAt + 20 * entryCount;
  const tail = text.slice(trailerAt);
  if (!tail.includes('>>\nstartxref')) throw unexpectedForm();
  const info = infoIdOf(pdf);
  const found = objectOf(pdf, info);

  const dated = `D:${date.replaceAll('-', '')}000000+00'00'`;
  let dictionary = found;
  for (const key of ['CreationDate', 'ModDate']) dictionary = replaceEntry(dictionary, key, dated);
  dictionary = replaceEntry(dictionary, 'Creator', CREATOR);
  dictionary = replaceEntry(dictionary, 'Producer', PRODUCER);

  const bytes = Buffer.from(text, 'latin1');
  bytes.write(dictionary, offsetOf(pdf, info), 'latin1');
  const id = sha256(bytes).slice(0, 32).toUpperCase();
  const identified = tail.replace('>>\nstartxref', `\n/ID [<${id}> <${id}>]>>\nstartxref`);
  return new Uint8Array(
    Buffer.concat([bytes.subarray(0, trailerAt), Buffer.from(identified, 'latin1')]),
  );
}

/** Replaces a literal string by a shorter one; blanks behind it keep the length. */
function replaceEntry(dictionary: string, key: string, value: string): string {
  const entry = new RegExp(`(/${key} )(\\((?:[^\\\\()]|\\\\[^])*\\))`);
  const found = entry.exec(dictionary);
  const literal = `(${value})`;
  if (found === null || literal.length > found[2]!.length) throw unexpectedForm();
  return dictionary.replace(entry, () => found[1]! + literal.padEnd(found[2]!.length, ' '));
}
