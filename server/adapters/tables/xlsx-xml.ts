import { SaxesParser } from 'saxes';
import { CasesError } from '../../cases/errors.ts';

/** Characters between two tags, or within one, that no workbook needs. */
const QUIET_LIMIT = 4 * 1_048_576;

/** What is told of a part of a workbook as it is read. Names come without their prefix. */
export interface XmlListener {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/**
 * Reads XML piece by piece and yields after each, so that the caller can hand on what was found. It is
 * strict: a part that is not well-formed ends the reading, and so does a document type, through which
 * XML refers to other files and grows without end.
 *
 * @throws {CasesError} `TABLE_UNREADABLE`.
 */
export async function* readXml(
  pieces: AsyncIterable<string>,
  listener: XmlListener,
): AsyncGenerator<void> {
  const parser = new SaxesParser({ position: false, xmlns: false });
  let quiet = 0;
  parser.on('doctype', () => {
    throw malformed();
  });
  parser.on('opentag', (tag) => {
    quiet = 0;
    listener.open(localName(tag.name), tag.attributes as Readonly<Record<string, string>>);
  });
  parser.on('text', (text) => listener.text?.(text));
  parser.on('cdata', (text) => listener.text?.(text));
  parser.on('closetag', (tag) => {
    quiet = 0;
    listener.close?.(localName(tag.name));
  });
  try {
    for await (const piece of pieces) {
      quiet += piece.length;
      parser.write(piece);
      if (quiet > QUIET_LIMIT) throw malformed();
      yield;
    }
    parser.close();
  } catch (cause) {
    throw cause instanceof CasesError ? cause : malformed(cause);
  }
  yield;
}

/** Reads a small part to its end. */
export async function readWholeXml(
  pieces: AsyncIterable<string>,
  listener: XmlListener,
): Promise<void> {
  for await (const _ of readXml(pieces, listener));
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function malformed(cause?: unknown): CasesError {
  return new CasesError(
    'TABLE_UNREADABLE',
    'A part of the workbook is no XML as spreadsheets write it. Save it again from the spreadsheet, or as CSV.',
    { cause },
  );
}
