import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import { type Edit, editPrintedPdf } from './edit-printed-pdf.ts';
import { hyphenGlyphs, keepLineHyphens } from './pdf-line-hyphens.ts';
import { offsetOf, type PrintedPdf, unexpectedForm } from './printed-pdf.ts';

// Pages are unpacked and packed on the threads of zlib, several at a time.
const unpack = promisify<Buffer, { chunkSize: number }, Buffer>(inflate);
const pack = promisify<Buffer, { level: number }, Buffer>(deflate);

/** Unpacked at once: in pieces of the usual 16 KiB a page takes three times as long. */
const PIECE_BYTES = 64 * 1024;
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

/**
 * Makes the words of a file that Chromium printed whole for whoever searches, copies or scans it:
 * takes the soft hyphens at which no line was divided out of its text, lets a hyphen that divides a word
 * at the end of a line be read as one that readers know to leave out, and one that belongs to the word
 * as one that they keep. Nothing moves on the page.
 *
 * @throws {LetterError} `PRINT_FAILED` when the file is not built the way Chromium builds it.
 * @see ISO 32000-1, 14.8.2.2.3 (hyphenation) and 14.9.4 (replacement text)
 */
export async function settleSoftHyphens(pdf: PrintedPdf): Promise<PrintedPdf> {
  const { text } = pdf;
  const glyphs = await hyphenGlyphs(pdf, (id) => streamOf(pdf, id));
  const edits = await Promise.all(
    [...text.matchAll(CONTENT)].map(async (match): Promise<Edit[]> => {
      const start = match.index + match[0].length;
      const end = start + Number(match[2]);
      const content = await unpacked(text.slice(start, end));
      const whole = content.replace(PLACE, (_place, move = '', line, hyphen) =>
        // The blank is not drawn, but the pen still moves to where the next letter counts from.
        line === undefined ? move : `${move}${line}${HYPHEN}${hyphen}EMC\nET\n`,
      );
      const settled = keepLineHyphens(whole, glyphs);
      if (settled === content) return [];
      // Half the time of the usual level, for a seventh more bytes.
      const packed = (await pack(Buffer.from(settled, 'latin1'), { level: 3 })).toString('latin1');
      const head = `\n${match[1]} 0 obj\n<</Filter /FlateDecode\n/Length ${packed.length}>> stream\n`;
      return [{ start: match.index, end, text: head + packed }];
    }),
  ).then((found) => found.flat());
  return edits.length === 0 ? pdf : editPrintedPdf(pdf, edits);
}

/** What an object streams, unpacked. */
async function streamOf(pdf: PrintedPdf, id: number): Promise<string> {
  const start = offsetOf(pdf, id);
  // The line before it ends where an object begins.
  const there = new RegExp(CONTENT, 'y');
  there.lastIndex = start - 1;
  const head = there.exec(pdf.text);
  if (head === null) throw unexpectedForm();
  const from = head.index + head[0].length;
  return await unpacked(pdf.text.slice(from, from + Number(head[2])));
}

async function unpacked(packed: string): Promise<string> {
  try {
    return (await unpack(Buffer.from(packed, 'latin1'), { chunkSize: PIECE_BYTES })).toString(
      'latin1',
    );
  } catch (cause) {
    throw unexpectedForm(cause);
  }
}
