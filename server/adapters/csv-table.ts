import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { CasesError } from '../cases/errors.ts';
import type { Table, TableReader, TableRow } from '../cases/ports.ts';
import { detectEncoding } from './csv-encoding.ts';

const MEBIBYTE = 1_048_576;
/** 100,000 cases with a short narrative each have about 35 MB. */
const FILE_LIMIT_BYTES = 64 * MEBIBYTE;
/** Three full narratives and the coded cells of a row fit several times. */
const ROW_LIMIT_BYTES = MEBIBYTE / 2;
const COLUMN_LIMIT = 200;
const SLICE_BYTES = 64 * 1024;
const DELIMITERS = [',', ';', '\t'] as const;

/**
 * Reads CSV (RFC 4180) in UTF-8 or windows-1251, separated by commas, semicolons or tabs.
 *
 * The bytes are collected up to a limit, because whether they are UTF-8 is known only at their
 * end; a longer file is refused as soon as the limit is passed. Rows are then read one by one, and
 * a row that grows beyond any case (a quotation mark never closed) ends the reading.
 */
export function createCsvTable(
  limits: { fileBytes?: number; rowBytes?: number } = {},
): TableReader {
  const { fileBytes = FILE_LIMIT_BYTES, rowBytes = ROW_LIMIT_BYTES } = limits;

  return async function readCsvTable(source): Promise<Table> {
    const bytes = await collect(source, fileBytes);
    const detected = detectEncoding(bytes);
    if ('refusal' in detected) throw new CasesError('TABLE_UNREADABLE', detected.refusal);
    const { encoding, bomBytes } = detected;
    const body = bytes.subarray(bomBytes);
    const rows = records(body, encoding, findDelimiter(body), rowBytes);
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
    return { encoding, header, rows };
  };
}

async function collect(source: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of source) {
    size += part.length;
    if (size > limit) {
      throw new CasesError(
        'TABLE_UNREADABLE',
        `The file is larger than ${Math.floor(limit / MEBIBYTE)} MB. Split it, by half-year for instance.`,
      );
    }
    parts.push(part);
  }
  if (size === 0) {
    throw new CasesError('TABLE_UNREADABLE', 'The file is empty. Export the table again.');
  }
  return Buffer.concat(parts);
}

/** The separator that splits the header most, quoted parts left out. All are ASCII in both encodings. */
function findDelimiter(body: Uint8Array): string {
  const head = Buffer.from(body.subarray(0, SLICE_BYTES)).toString('latin1');
  const line = (/^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(head)?.[0] ?? '').replaceAll(/"[^"]*"/g, '');
  const count = (sign: string) => line.split(sign).length;
  return DELIMITERS.reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

function* slices(body: Uint8Array, encoding: string): Generator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for (let from = 0; from < body.length; from += SLICE_BYTES) {
    const slice = body.subarray(from, from + SLICE_BYTES);
    yield encoding === 'utf-8'
      ? Buffer.from(slice.buffer, slice.byteOffset, slice.length)
      : Buffer.from(decoder.decode(slice, { stream: true }));
  }
}

async function* records(
  body: Uint8Array,
  encoding: string,
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
  const input = Readable.from(slices(body, encoding), { objectMode: false });
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
