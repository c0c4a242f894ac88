import { sha256 } from '../../kernel/digest.ts';
import { objectOf, type PrintedPdf, readPrintedPdf, trailerOf } from './printed-pdf.ts';

// A revision is appended and changes no byte before it: ISO 32000-1, 7.5.6. @cantoo/pdf-lib can append
// one too, but fills object numbers, dates and identifiers as it likes; here every byte follows from
// the base, and of the base only what Chromium writes has to be read.

/** An object of a revision: its number, and its content between `obj` and `endobj`. */
export interface PdfObject {
  readonly number: number;
  readonly content: string;
}

/** What a revision needs to know of the file that it is appended to. */
export interface PdfBase {
  /** The first number that no object has. */
  readonly size: number;
  readonly root: PdfObject;
  readonly firstPage: PdfObject;
  /** Appends a revision with these objects. */
  append(objects: readonly PdfObject[]): Uint8Array;
}

/** A file whose form is not the one that Chromium prints and Dalil identifies. */
export class UnknownPdfForm extends Error {}

/**
 * Reads the file that a revision is to be appended to.
 *
 * @throws {UnknownPdfForm} for a file with a cross-reference stream, without identifier, or with no
 *   catalog and pages where its trailer says.
 */
export function readPdfBase(pdf: Uint8Array): PdfBase {
  const file = fileOf(pdf);
  const { text } = file;
  const end = /^trailer\n<<([\s\S]*?)>>\nstartxref\n(\d+)\n%%EOF\n?$/.exec(trailerOf(file));
  const trailer = end?.[1] ?? '';
  const size = Number(/\/Size (\d+)/.exec(trailer)?.[1]);
  const rootNumber = Number(/\/Root (\d+) 0 R/.exec(trailer)?.[1]);
  const info = /\/Info \d+ 0 R/.exec(trailer)?.[0];
  const id = /\/ID \[<([0-9A-F]{32})>/.exec(trailer)?.[1];
  if (end === null || !size || !rootNumber || info === undefined || id === undefined) {
    throw new UnknownPdfForm('the trailer');
  }
  const root = objectAt(file, rootNumber);
  const pages = objectAt(file, Number(/\/Pages (\d+) 0 R/.exec(root.content)?.[1]));
  return {
    size,
    root,
    firstPage: firstPageIn(file, pages),
    append(objects) {
      const sorted = [...objects].sort((a, b) => a.number - b.number);
      let body = text.endsWith('\n') ? '' : '\n';
      const offsets = sorted.map(({ number, content }) => {
        const at = text.length + body.length;
        body += `${number} 0 obj\n${content}\nendobj\n`;
        return at;
      });
      const table = text.length + body.length;
      // Each object is a section of its own: no runs to count, and allowed (7.5.4).
      const sections = sorted.map(
        ({ number }, i) => `${number} 1\n${String(offsets[i]).padStart(10, '0')} 00000 n \n`,
      );
      const next = Math.max(size, ...sorted.map(({ number }) => number + 1));
      const own = sha256(pdf).slice(0, 32).toUpperCase();
      body += `xref\n${sections.join('')}trailer\n<</Size ${next}\n/Root ${rootNumber} 0 R\n${info}\n/Prev ${end[2]}\n/ID [<${id}> <${own}>]>>\nstartxref\n${table}\n%%EOF\n`;
      return new Uint8Array(Buffer.from(text + body, 'latin1'));
    },
  };
}

function fileOf(pdf: Uint8Array): PrintedPdf {
  try {
    return readPrintedPdf(pdf);
  } catch (cause) {
    throw new UnknownPdfForm('the cross-reference table', { cause });
  }
}

/** By the table: what a file in the letter says of itself may look like an object, too. */
function objectAt(file: PrintedPdf, number: number): PdfObject {
  try {
    const object = objectOf(file, number);
    return { number, content: object.slice(object.indexOf('\n') + 1) };
  } catch (cause) {
    throw new UnknownPdfForm('an object', { cause });
  }
}

function firstPageIn(file: PrintedPdf, node: PdfObject): PdfObject {
  if (!node.content.includes('/Kids [')) return node;
  const first = /\/Kids \[\s*(\d+) 0 R/.exec(node.content)?.[1];
  if (first === undefined) throw new UnknownPdfForm('the tree of pages');
  return firstPageIn(file, objectAt(file, Number(first)));
}
