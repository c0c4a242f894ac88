import type { Table, TableReader, TableWish } from '../../cases/ports.ts';
import { createCsvTable } from './csv-table.ts';
import { isDhis2Header, readDhis2Csv } from './dhis2-csv-table.ts';
import { readDhis2Json } from './dhis2-json-table.ts';
import { protectedFile } from './xlsx-archive.ts';
import { readXlsxTable } from './xlsx-table.ts';

const ARCHIVE = Buffer.from('504b0304', 'hex');
/** Compound files: workbooks under a password, and those of before 2007. */
const COMPOUND = Buffer.from('d0cf11e0', 'hex');

/**
 * Reads a table in any of the forms in which registries give one: CSV, XLSX, and events of DHIS2 as JSON
 * or CSV. Which one it is, its first bytes and its header say; a file's name is never asked.
 */
export function createTableReader(): TableReader {
  const readCsv = createCsvTable();
  return async function readTable(source, wish: TableWish = {}): Promise<Table> {
    const { start, whole } = await startOf(source);
    if (start.subarray(0, 4).equals(ARCHIVE)) return readXlsxTable(whole);
    if (start.subarray(0, 4).equals(COMPOUND)) throw protectedFile();
    if (/^(?:\xef\xbb\xbf)?\s*[[{]/.test(start.toString('latin1'))) {
      return readDhis2Json(whole, wish);
    }
    const table = await readCsv(whole);
    return isDhis2Header(table.header) ? readDhis2Csv(table, wish) : table;
  };
}

/** The first bytes of a file, and the file with them. */
async function startOf(source: AsyncIterable<Uint8Array>) {
  const pieces = source[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let size = 0;
  while (size < 16) {
    const { done, value } = await pieces.next();
    if (done) break;
    first.push(value);
    size += value.length;
  }
  const start = Buffer.concat(first);
  const rest: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => pieces };
  return {
    start,
    whole: (async function* () {
      if (start.length > 0) yield start;
      yield* rest;
    })(),
  };
}
