import { deflateSync, inflateSync } from 'node:zlib';
import { LetterError } from '../letters/errors.ts';

/** A stream whose dictionary says nothing but its compression: a page's content, as Chromium writes it. */
const CONTENT = /\n(\d+) 0 obj\n<<\/Filter \/FlateDecode\n\/Length (\d+)>> stream\n/g;
/** A soft hyphen at which no line was broken: a blank of no width that reads as U+00AD. */
const UNUSED =
  /\/Span ?<<\/ActualText <feff00ad> ?>> BDC\n(-?[\d.]+ -?[\d.]+ Td )?<[0-9a-f]{4}> Tj\nEMC\n/gi;

/** A piece of the file that is replaced by one of another length. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Takes the soft hyphens at which no line was broken out of the text of a file that Chromium
 * printed. They are invisible, but whoever searches, copies or scans the text would find every long
 * word cut in pieces. Nothing moves on the page; the hyphens that are seen stay.
 *
 * @throws {LetterError} `PRINT_FAILED` when the file is not built the way Chromium builds it.
 */
export function dropUnusedSoftHyphens(pdf: Uint8Array): Uint8Array {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1');
  const edits: Edit[] = [];
  for (const match of text.matchAll(CONTENT)) {
    const start = match.index + match[0].length;
    const end = start + Number(match[2]);
    const content = inflate(text.slice(start, end));
    // The blank is not drawn, but the pen still moves to where the next letter counts from.
    const cleaned = content.replace(UNUSED, (_, move: string | undefined) => move ?? '');
    if (cleaned === content) continue;
    const packed = deflateSync(Buffer.from(cleaned, 'latin1')).toString('latin1');
    const head = `\n${match[1]} 0 obj\n<</Filter /FlateDecode\n/Length ${packed.length}>> stream\n`;
    edits.push({ start: match.index, end, text: head + packed });
  }
  return edits.length === 0 ? pdf : new Uint8Array(Buffer.from(applied(text, edits), 'latin1'));
}

function inflate(packed: string): string {
  try {
    return inflateSync(Buffer.from(packed, 'latin1')).toString('latin1');
  } catch (cause) {
    throw unexpectedForm(cause);
  }
}

/** The file with its edits, and with every offset of its cross-reference table moved along. */
function applied(text: string, edits: readonly Edit[]): string {
  const table = /\nxref\n0 (\d+)\n((?:\d{10} \d{5} [nf] \n)+)trailer\n/.exec(text);
  const from = /\nstartxref\n(\d+)\n%%EOF\s*$/.exec(text);
  if (table === null || from === null || Number(from[1]) !== table.index + 1) {
    throw unexpectedForm();
  }
  const moved = (offset: number) =>
    edits.reduce(
      (sum, edit) => (edit.end <= offset ? sum + edit.text.length - (edit.end - edit.start) : sum),
      offset,
    );
  let body = '';
  let position = 0;
  for (const edit of edits) {
    body += text.slice(position, edit.start) + edit.text;
    position = edit.end;
  }
  body += text.slice(position, table.index);
  const entries = table[2]!.replace(
    /^(\d{10}) (\d{5}) n /gm,
    (_, offset: string, generation: string) =>
      `${String(moved(Number(offset))).padStart(10, '0')} ${generation} n `,
  );
  const tail = text.slice(table.index + table[0].length, from.index);
  return `${body}\nxref\n0 ${table[1]}\n${entries}trailer\n${tail}\nstartxref\n${moved(Number(from[1]))}\n%%EOF`;
}

function unexpectedForm(cause?: unknown): LetterError {
  return new LetterError(
    'PRINT_FAILED',
    'Chromium printed a file of a form that is not known, so its text cannot be cleaned: use the Chromium of Debian 12 or later.',
    { cause },
  );
}
