import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { CasesError } from '../cases/errors.ts';
import type { Table, TableReader, TableRow } from '../cases/ports.ts';
import { type CsvText, readCsvText } from './csv-text.ts';

const MEBIBYTE = 1_048_576;
/** An export with one row a value is ten times as long as one with one row a case. */
const FILE_LIMIT_BYTES = 1_024 * MEBIBYTE;
/** Three full narratives and the coded cells of a row fit several times. */
const ROW_LIMIT_BYTES = MEBIBYTE / 2;
const COLUMN_LIMIT = 200;
const DELIMITERS = [',', ';', '\t'] as const;

/**
 * Reads CSV (RFC 4180) in UTF-8 or windows-1251, separated by commas, semicolons or tabs. Bytes become
 * rows as they come, so that memory does not grow with the file; a row that grows beyond any case (a
 * quotation mark never closed) ends the reading.
 */
export function createCsvTable(
  limits: { fileBytes?: number; rowBytes?: number } = {},
): TableReader {
  const { fileBytes = FILE_LIMIT_BYTES, rowBytes = ROW_LIMIT_BYTES } = limits;

  return async function readCsvTable(source): Promise<Table> {
    const text = readCsvText(source, fileBytes);
    const head = await firstLine(text, rowBytes);
    const rows = records(whole(head, text), findDelimiter(head), rowBytes);
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
  rowBytes: number,
): AsyncGenerator<TableRow> {
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: rowBytes,
  });
  const input = Readable.from(pieces, { objectMode: false });
  input.on('error', (error) => parser.destroy(error));
  input.pipe(parser);
  let row = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row++;
      yield { row, cells };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The parser is ahead of its reader: only it knows how many rows it had finished.
    const done = typeof error.records === 'number' ? error.records : row;
    throw new CasesError('TABLE_UNREADABLE', sentenceFor(error.code, done + 1), { cause: error });
  } finally {
    input.destroy();
  }
}

function sentenceFor(code: string, row: number): string {
  switch (code) {
    case 'CSV_MAX_RECORD_SIZE':
    case 'CSV_QUOTE_NOT_CLOSED':
      return `Row ${row} does not end: a quotation mark that opens a cell there is never closed, or the row is far longer than a case can be.`;
    default:
      return `Row ${row} has a quotation mark in the middle of a cell. Double it and put the whole cell in quotation marks, or save the table again from the spreadsheet.`;
  }
}
