import { sha256 } from '../kernel/digest.ts';
import { LetterError } from '../letters/errors.ts';

/** What a printed file says it was made with. */
const CREATOR = 'Dalil';
const PRODUCER = 'Chromium';

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
export function fixPdfIdentity(pdf: Uint8Array, date: string): Uint8Array {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1');
  const tail = text.slice(text.lastIndexOf('trailer'));
  const info = /\/Info (\d+) 0 R/.exec(tail)?.[1];
  if (info === undefined || !tail.includes('>>\nstartxref')) throw unexpectedForm();
  const start = text.startsWith(`${info} 0 obj\n`) ? 0 : text.indexOf(`\n${info} 0 obj\n`);
  const end = text.indexOf('\nendobj', start);
  if (start < 0 || end < 0) throw unexpectedForm();

  const dated = `D:${date.replaceAll('-', '')}000000+00'00'`;
  let dictionary = text.slice(start, end);
  for (const key of ['CreationDate', 'ModDate']) dictionary = replaceEntry(dictionary, key, dated);
  dictionary = replaceEntry(dictionary, 'Creator', CREATOR);
  dictionary = replaceEntry(dictionary, 'Producer', PRODUCER);

  const body = text.slice(0, start) + dictionary + text.slice(end, text.length - tail.length);
  const id = sha256(Buffer.from(body + tail, 'latin1'))
    .slice(0, 32)
    .toUpperCase();
  const identified = tail.replace('>>\nstartxref', `\n/ID [<${id}> <${id}>]>>\nstartxref`);
  return new Uint8Array(Buffer.from(body + identified, 'latin1'));
}

/** Replaces a literal string by a shorter one; blanks behind it keep the length. */
function replaceEntry(dictionary: string, key: string, value: string): string {
  const entry = new RegExp(`(/${key} )(\\((?:[^\\\\()]|\\\\[^])*\\))`);
  const found = entry.exec(dictionary);
  const literal = `(${value})`;
  if (found === null || literal.length > found[2]!.length) throw unexpectedForm();
  return dictionary.replace(entry, () => found[1]! + literal.padEnd(found[2]!.length, ' '));
}

function unexpectedForm(): LetterError {
  return new LetterError(
    'PRINT_FAILED',
    'Chromium printed a file of a form that is not known, so its date cannot be set: use the Chromium of Debian 12 or later.',
  );
}
