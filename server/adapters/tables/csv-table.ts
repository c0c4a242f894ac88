import { CasesError } from '../../cases/errors.ts';
import type { Table, TableReader, TableRow } from '../../cases/ports.ts';
import { type CsvFault, csvRecords } from './csv-records.ts';
import { type CsvText, readCsvText } from './csv-text.ts';

const MEBIBYTE = 1_048_576;
/** An export with one row a value is ten times as long as one with one row a case. */
const FILE_LIMIT_BYTES = 1_024 * MEBIBYTE;
/** Three full narratives and the coded cells of a row fit several times. */
const ROW_LIMIT = MEBIBYTE / 2;
const COLUMN_LIMIT = 200;
/** A line before the header by which spreadsheets tell each other what separates cells. */
const SEPARATOR_HINT = /^sep=([,;\t])[ \t]*[\r\n]/i;
const DELIMITERS = [',', ';', '\t'] as const;

/**
 * Reads CSV (RFC 4180) in UTF-8 or windows-1251, separated by commas, semicolons or tabs. Bytes become
 * rows as they come, so that memory does not grow with the file; a row that grows beyond any case (a
 * quotation mark never closed) ends the reading.
 */
export function createCsvTable(
  limits: { fileBytes?: number; rowCharacters?: number } = {},
): TableReader {
  const { fileBytes = FILE_LIMIT_BYTES, rowCharacters = ROW_LIMIT } = limits;

  return async function readCsvTable(source): Promise<Table> {
    const text = readCsvText(source, fileBytes);
    const head = await firstLine(text, rowCharacters);
    const hint = SEPARATOR_HINT.exec(head.toString('latin1'))?.[1];
    const rows = records(whole(head, text), hint ?? findDelimiter(head), rowCharacters);
    if (hint !== undefined) await rows.next();
    const first = await rows.next();
    if (first.done || (first.value.cells.length === 1 && first.value.cells[0]!.trim() === '')) {
      throw new CasesError(
        'TABLE_UNREADABLE',
        'The file does not begin with a row of column names. Start from the template.',
      );
    }
    const header = first.value.cells;
    if (header.length > COLUMN_LIMIT) {
      throw new CasesError(
        'TABLE_UNREADABLE',
        `The first row has more than ${COLUMN_LIMIT} columns, so this is not the template.`,
      );
    }
    return {
      kind: 'csv',
      get encoding() {
        return text.encoding;
      },
      header,
      rows,
      notices: () => [],
    };
  };
}

/** Reads on until a line has ended, or is longer than a row may be. */
async function firstLine(text: CsvText, limitBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await text.pieces.next();
    if (done) break;
    parts.push(value);
    size += value.length;
    if (size > limitBytes || value.includes(0x0a) || value.includes(0x0d)) break;
  }
  return Buffer.concat(parts);
}

async function* whole(head: Buffer, text: CsvText): AsyncGenerator<Buffer> {
  yield head;
  yield* text.pieces;
}

/** The separator that splits the header most, quoted parts left out. */
function findDelimiter(head: Buffer): string {
  const start = head.toString('latin1');
  const line = (/^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(start)?.[0] ?? '').replaceAll(/"[^"]*"/g, '');
  const count = (sign: string) => line.split(sign).length;
  return DELIMITERS.reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

async function* records(
  pieces: AsyncIterable<Buffer>,
  delimiter: string,
  limit: number,
): AsyncGenerator<TableRow> {
  let row = 0;
  for await (const batch of csvRecords(decoded(pieces), { delimiter, limit }, unreadable)) {
    for (const cells of batch) {
      row++;
      yield { row, cells };
    }
  }
}

/** Pieces hold whole characters. */
async function* decoded(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
  for await (const piece of pieces) yield piece.toString('utf8');
}

function unreadable({ kind, record }: CsvFault): CasesError {
  return new CasesError('TABLE_UNREADABLE', SENTENCES[kind](record));
}

const SENTENCES: Readonly<Record<CsvFault['kind'], (row: number) => string>> = {
  endless: (row) =>
    `Row ${row} does not end: a quotation mark that opens a cell there is never closed, or the row is far longer than a case can be.`,
  'quote-inside': (row) =>
    `Row ${row} has a quotation mark in the middle of a cell. Double it and put the whole cell in quotation marks, or save the table again from the spreadsheet.`,
};
