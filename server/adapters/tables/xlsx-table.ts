import { CasesError } from '../../cases/errors.ts';
import type { Table, TableRow } from '../../cases/ports.ts';
import { collectBytes } from '../collect-bytes.ts';
import { openXlsxArchive } from './xlsx-archive.ts';
import { readXlsxRows } from './xlsx-sheet.ts';
import { readXlsxStrings } from './xlsx-strings.ts';
import { readXlsxWorkbook } from './xlsx-workbook.ts';

/** Packed; 100,000 cases with a short narrative each have about 15 MB. */
const FILE_LIMIT_BYTES = 64 * 1_048_576;
/** Unpacked it is read piece by piece, so this bounds time and not memory. */
const SHEET_LIMIT_BYTES = 512 * 1_048_576;

/**
 * Reads the first sheet of an XLSX workbook that is shown. Its packed bytes and its shared texts are
 * in memory, within limits; its rows are read as they are asked for, and nothing touches the disk.
 */
export async function readXlsxTable(source: AsyncIterable<Uint8Array>): Promise<Table> {
  const archive = await openXlsxArchive(await collectBytes(source, FILE_LIMIT_BYTES));
  const workbook = await readXlsxWorkbook(archive);
  const strings = await readXlsxStrings(archive, workbook.strings);
  const counts = {
    formulas: 0,
    hiddenColumns: new Set<number>(),
    unreadColumns: new Set<number>(),
  };
  const pieces = archive.read(workbook.sheet, SHEET_LIMIT_BYTES);
  const rows = readXlsxRows(pieces, workbook, strings, counts);
  const first = await rows.next();
  if (first.done || first.value.row !== 1) {
    throw new CasesError(
      'TABLE_UNREADABLE',
      'The first row of the first sheet is empty, but must hold the column names. Start from the template.',
    );
  }
  const header = first.value.cells;
  // Unused columns at the right are often hidden, to the last one that a sheet has.
  const hidden = [...counts.hiddenColumns].filter(
    (column) => column < header.length || counts.unreadColumns.has(column),
  );
  return {
    kind: 'xlsx',
    encoding: 'utf-8',
    header,
    hidden: new Set(hidden),
    rows: widened(rows, header.length),
    notices() {
      const notices: string[] = [];
      if (workbook.furtherSheets > 0) {
        notices.push(
          `Only the first sheet was read; the workbook shows ${workbook.furtherSheets} more.`,
        );
      }
      if (counts.unreadColumns.size > 0) {
        notices.push(
          `${counts.unreadColumns.size} columns are hidden and were not read. Show them if they are part of the table.`,
        );
      }
      if (counts.formulas > 0) {
        notices.push(
          `${counts.formulas} cells hold formulas; the values that were computed last were taken.`,
        );
      }
      return notices;
    },
  };
}

/** Sheets leave out what is empty; a table does not. */
async function* widened(rows: AsyncIterable<TableRow>, width: number): AsyncGenerator<TableRow> {
  for await (const found of rows) {
    const { row, cells, faults } = found;
    const missing = width - cells.length;
    yield missing <= 0
      ? found
      : {
          row,
          cells: [...cells, ...Array<string>(missing).fill('')],
          ...(faults !== undefined && { faults }),
        };
  }
}
