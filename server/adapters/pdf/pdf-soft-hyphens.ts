import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import { type PrintedPdf, printedPdf, unexpectedForm } from './printed-pdf.ts';

// Pages are unpacked and packed on the threads of zlib, several at a time.
const unpack = promisify<Buffer, Buffer>(inflate);
const pack = promisify<Buffer, { level: number }, Buffer>(deflate);

/** A stream whose dictionary says nothing but its compression: a page's content, as Chromium writes it. */
const CONTENT = /\n(\d+) 0 obj\n<<\/Filter \/FlateDecode\n\/Length (\d+)>> stream\n/g;
/**
 * A place where a word may be divided: a blank of no width that reads as U+00AD. Where a line was
 * divided at it, the line ends there, and the hyphen that is seen is a text of its own behind it.
 */
const PLACE =
  /\/Span ?<<\/ActualText <(?:feff00ad|FEFF00AD)> ?>> BDC\n(-?[\d.]+ -?[\d.]+ Td )?<[0-9A-Fa-f]{4}> Tj\nEMC\n(?:(ET\nBT\n\/F\d+ [\d.]+ Tf\n[-\d. ]+ Tm\n)(<[0-9A-Fa-f]{4}> Tj\n)ET\n)?/g;

/**
 * How a hyphen at the end of a line is read: as U+002D, by which poppler, PDFium and PDF.js join the
 * halves of a word when they search or copy. Of U+2010, which the font says, and of U+00AD, which the
 * standard recommends, poppler leaves the word in two.
 */
const HYPHEN = '/Span <</ActualText <FEFF002D>>> BDC\n';

/** A piece of the file that is replaced by one of another length. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Makes the words of a file that Chromium printed whole for whoever searches, copies or scans it:
 * takes the soft hyphens at which no line was divided out of its text, and lets a hyphen at the end of
 * a line be read as one that readers know to leave out. Nothing moves on the page.
 *
 * @throws {LetterError} `PRINT_FAILED` when the file is not built the way Chromium builds it.
 * @see ISO 32000-1, 14.8.2.2.3 (hyphenation) and 14.9.4 (replacement text)
 */
export async function settleSoftHyphens(pdf: PrintedPdf): Promise<PrintedPdf> {
  const { text } = pdf;
  const edits = await Promise.all(
    [...text.matchAll(CONTENT)].map(async (match): Promise<Edit[]> => {
      const start = match.index + match[0].length;
      const end = start + Number(match[2]);
      const content = await unpacked(text.slice(start, end));
      const settled = content.replace(PLACE, (_place, move = '', line, hyphen) =>
        // The blank is not drawn, but the pen still moves to where the next letter counts from.
        line === undefined ? move : `${move}${line}${HYPHEN}${hyphen}EMC\nET\n`,
      );
      if (settled === content) return [];
      // Half the time of the usual level, for a seventh more bytes.
      const packed = (await pack(Buffer.from(settled, 'latin1'), { level: 3 })).toString('latin1');
      const head = `\n${match[1]} 0 obj\n<</Filter /FlateDecode\n/Length ${packed.length}>> stream\n`;
      return [{ start: match.index, end, text: head + packed }];
    }),
  ).then((found) => found.flat());
  return edits.length === 0 ? pdf : printedPdf(applied(pdf, edits));
}

async function unpacked(packed: string): Promise<string> {
  try {
    return (await unpack(Buffer.from(packed, 'latin1'))).toString('latin1');
  } catch (cause) {
    throw unexpectedForm(cause);
  }
}

/** The file with its edits, and with every offset of its cross-reference table moved along. */
function applied({ text, entriesAt, entryCount, tableAt }: PrintedPdf, edits: readonly Edit[]) {
  const parts: string[] = [];
  /** By how much what stands behind each edit moves. */
  const moves: number[] = [];
  let position = 0;
  let moved = 0;
  for (const edit of edits) {
    parts.push(text.slice(position, edit.start), edit.text);
    position = edit.end;
    moved += edit.text.length - (edit.end - edit.start);
    moves.push(moved);
  }
  /** The offset behind the edits that end at or before it: found by halves, for there are thousands. */
  const moveOf = (offset: number) => {
    let [low, high] = [0, edits.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (edits[middle]!.end <= offset) low = middle + 1;
      else high = middle;
    }
    return offset + (low === 0 ? 0 : moves[low - 1]!);
  };
  parts.push(text.slice(position, entriesAt));
  for (let i = 0; i < entryCount; i++) {
    const entry = text.slice(entriesAt + 20 * i, entriesAt + 20 * i + 20);
    const isUsed = entry[17] === 'n';
    const offset = isUsed ? moveOf(Number(entry.slice(0, 10))) : 0;
    parts.push(isUsed ? String(offset).padStart(10, '0') + entry.slice(10) : entry);
  }
  const tail = text.slice(entriesAt + 20 * entryCount);
  parts.push(tail.slice(0, tail.lastIndexOf('\nstartxref\n')));
  return `${parts.join('')}\nstartxref\n${moveOf(tableAt)}\n%%EOF`;
}
