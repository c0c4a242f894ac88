import { newId, type RandomBytes, systemRandom } from '../kernel/ids.ts';
import { bishkekDate, type Clock } from '../kernel/time.ts';
import type { CaseRecord } from './case.ts';
import type { CodeLists } from './code-lists.ts';
import { CasesError } from './errors.ts';
import { type HeaderMap, readHeader } from './import-header.ts';
import { type ImportReport, type ProblemList, startProblems } from './import-report.ts';
import { importRow } from './import-row.ts';
import type { CaseStore, Table, TableReader } from './ports.ts';
import { registryCodeKey } from './registry-code.ts';
import { openRow } from './row-cells.ts';

/** Rows one import takes: what fits in memory with room to spare. */
const ROW_LIMIT = 100_000;
const LOOKUP_BATCH = 500;
const ROWS_SHOWN = 50;

/** Imports cases from a table of the documented template. */
export type ImportCases = (request: {
  bytes: AsyncIterable<Uint8Array>;
  /** True: everything is judged, nothing is kept. */
  dryRun: boolean;
}) => Promise<ImportReport>;

interface Reading {
  readonly cases: CaseRecord[];
  /** Row of each registry code, by the key that spellings share. */
  readonly rowOfCode: Map<string, number>;
  rowCount: number;
  withoutBasisCount: number;
  readonly withoutBasisRows: number[];
}

/**
 * Creates the import. Either every row becomes a case, in one transaction, or none does; what is
 * wrong stands in the report by row and column. It throws only when the store fails.
 */
export function createImportCases(deps: {
  store: CaseStore;
  readTable: TableReader;
  lists: CodeLists;
  clock: Clock;
  random?: RandomBytes;
}): ImportCases {
  const { store, readTable, lists, clock, random = systemRandom } = deps;

  async function readRows(table: Table, header: HeaderMap, problems: ProblemList) {
    const reading: Reading = {
      cases: [],
      rowOfCode: new Map(),
      rowCount: 0,
      withoutBasisCount: 0,
      withoutBasisRows: [],
    };
    const today = bishkekDate(clock.now());
    for await (const { row, cells } of table.rows) {
      if (cells.every((cell) => cell.trim() === '')) continue;
      reading.rowCount++;
      if (reading.rowCount > ROW_LIMIT) {
        const limit = ROW_LIMIT.toLocaleString('en');
        const message = `The file has more than ${limit} cases. Split it, by half-year for instance.`;
        problems.add({ row, column: null, rule: 'too-many-rows', message });
        break;
      }
      if (cells.length !== header.width) {
        const message = `This row has ${cells.length} cells, but the header has ${header.width}. A separator inside a cell needs quotation marks around the cell.`;
        problems.add({ row, column: null, rule: 'ragged-row', message });
        continue;
      }
      const opened = openRow({ row, cells, header, lists, problems });
      const { record, registryCode, loweredToC0 } = importRow(opened, {
        id: newId(random),
        today,
        lists,
      });
      if (loweredToC0) {
        reading.withoutBasisCount++;
        if (reading.withoutBasisRows.length < ROWS_SHOWN) reading.withoutBasisRows.push(row);
      }
      noteCode(registryCode, row, reading, problems);
      // After a first problem nothing will be kept, so nothing is collected either.
      if (problems.count > 0) reading.cases.length = 0;
      else if (record !== null) reading.cases.push(record);
    }
    return reading;
  }

  async function refuseKnownCodes(reading: Reading, problems: ProblemList) {
    const codes = [...reading.rowOfCode.keys()];
    for (let from = 0; from < codes.length; from += LOOKUP_BATCH) {
      const known = await store.knownRegistryCodes(codes.slice(from, from + LOOKUP_BATCH));
      for (const code of known) {
        problems.add({
          row: reading.rowOfCode.get(code) ?? null,
          column: 'registry_code',
          rule: 'duplicate-in-store',
          message: 'A case with this registry_code is there already. Take the row out.',
        });
      }
    }
  }

  return async function importCases({ bytes, dryRun }) {
    const problems = startProblems();
    const notices: string[] = [];
    let reading: Reading | null = null;
    let header: HeaderMap | null = null;
    try {
      const table = await readTable(bytes);
      header = readHeader(table.header, problems);
      if (problems.count === 0) reading = await readRows(table, header, problems);
      if (reading?.rowCount === 0) {
        const message = 'The file has a header, but no cases below it.';
        problems.add({ row: null, column: null, rule: 'empty', message });
      }
      if (table.encoding === 'windows-1251') {
        notices.push(
          'The file is in windows-1251, which has no ң, ө and ү: look through the Kyrgyz texts, or save the file as UTF-8 and import that.',
        );
      }
    } catch (error) {
      if (!(error instanceof CasesError) || error.code !== 'TABLE_UNREADABLE') throw error;
      problems.add({ row: null, column: null, rule: 'file', message: error.message });
    }
    if (reading !== null) await refuseKnownCodes(reading, problems);
    const accepted = problems.count === 0 && reading !== null;
    if (accepted && !dryRun) await store.insertAll(reading!.cases);
    return {
      accepted,
      dryRun,
      rowCount: reading?.rowCount ?? 0,
      importedCount: accepted && !dryRun ? reading!.cases.length : 0,
      problems: problems.shown,
      problemCount: problems.count,
      droppedColumns: header?.droppedColumns ?? [],
      withoutBasisCount: reading?.withoutBasisCount ?? 0,
      withoutBasisRows: reading?.withoutBasisRows ?? [],
      notices,
    };
  };
}

function noteCode(code: string, row: number, reading: Reading, problems: ProblemList) {
  if (code === '') return;
  const key = registryCodeKey(code);
  const earlier = reading.rowOfCode.get(key);
  if (earlier === undefined) reading.rowOfCode.set(key, row);
  else {
    problems.add({
      row,
      column: 'registry_code',
      rule: 'duplicate-in-file',
      message: `registry_code is the same as in row ${earlier}. Each case needs its own.`,
    });
  }
}
