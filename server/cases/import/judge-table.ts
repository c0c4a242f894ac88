import { idsInARow, type RandomBytes } from '../../kernel/ids.ts';
import type { CaseRecord } from '../case.ts';
import type { CodeLists } from '../codes/code-lists.ts';
import { CasesError } from '../errors.ts';
import type { CaseStore, Table, TableReader } from '../ports.ts';
import { createFindRetired } from '../registry/coded-fields.ts';
import { registryCodeKey } from '../registry/registry-code.ts';
import { type HeaderMap, readHeader } from './import-header.ts';
import { type ImportMapping, mappedNames } from './import-mapping.ts';
import { HIDDEN_ROW, type ProblemList } from './import-report.ts';
import { importRow } from './import-row.ts';
import { mapTable } from './map-table.ts';
import { createOpenRow } from './row-cells.ts';

/** Rows one import takes. */
const ROW_LIMIT = 100_000;
/** Rows that are judged, looked up and handed on at once: all that is in memory of a table. */
const BATCH = 500;
const ROWS_SHOWN = 50;

/** What was read of a table. */
export interface JudgedTable {
  rowCount: number;
  validCount: number;
  withoutBasisCount: number;
  readonly withoutBasisRows: number[];
  readonly droppedColumns: readonly string[];
  readonly notices: string[];
}

/** Reads a table to its end; valid rows go to `take`, problems to `problems`. */
export type JudgeTable = (request: {
  bytes: AsyncIterable<Uint8Array>;
  mapping: ImportMapping | undefined;
  /** A day in Bishkek. */
  today: string;
  problems: ProblemList;
  take: (cases: readonly CaseRecord[]) => Promise<void>;
}) => Promise<JudgedTable>;

interface RowCase {
  readonly row: number;
  readonly record: CaseRecord;
}

/**
 * Creates the judgement of tables. Rows pass in batches, so that memory does not grow with the table but
 * for the registry codes that were seen. It throws only when the store fails.
 */
export function createJudgeTable(deps: {
  store: Pick<CaseStore, 'knownRegistryCodes'>;
  readTable: TableReader;
  lists: CodeLists;
  random: RandomBytes;
}): JudgeTable {
  const { store, readTable, lists, random } = deps;

  return async function judgeTable({ bytes, mapping, today, problems, take }) {
    const notices: string[] = [];
    const judged = {
      rowCount: 0,
      validCount: 0,
      withoutBasisCount: 0,
      withoutBasisRows: [],
      notices,
    };
    let header: HeaderMap | null = null;
    try {
      const table = await openTable(bytes, mapping, problems);
      header = readHeader(table.header, problems, table.hidden);
      if (problems.count === 0) {
        await readRows(table, header, { judged, today, problems, take });
        if (judged.rowCount === 0) {
          const message = 'The file has a header, but no cases below it.';
          problems.add({ row: null, column: null, rule: 'empty', message });
        }
      }
      notices.push(...table.notices());
      if (table.encoding === 'windows-1251') {
        notices.push(
          'The file is in windows-1251, which has no ң, ө and ү: look through the Kyrgyz texts, or save the file as UTF-8 and import that.',
        );
      }
    } catch (error) {
      if (!(error instanceof CasesError) || error.code !== 'TABLE_UNREADABLE') throw error;
      problems.add({ row: null, column: null, rule: 'file', message: error.message });
      // Of a table that breaks off nobody knows what is missing.
      judged.validCount = 0;
    }
    return { ...judged, droppedColumns: header?.droppedColumns ?? [] };
  };

  async function openTable(
    bytes: AsyncIterable<Uint8Array>,
    mapping: ImportMapping | undefined,
    problems: ProblemList,
  ): Promise<Table> {
    if (mapping !== undefined) {
      const { timeZone } = mapping;
      const wish = { columns: mappedNames(mapping), ...(timeZone !== undefined && { timeZone }) };
      return mapTable(await readTable(bytes, wish), mapping, problems);
    }
    const table = await readTable(bytes);
    if (table.kind !== 'dhis2') return table;
    throw new CasesError(
      'TABLE_UNREADABLE',
      'This is an export of DHIS2, whose columns are identifiers. Give a mapping with it; dalil import --propose-mapping begins one.',
    );
  }

  async function readRows(
    table: Table,
    header: HeaderMap,
    given: {
      judged: Omit<JudgedTable, 'droppedColumns'>;
      today: string;
      problems: ProblemList;
      take: (cases: readonly CaseRecord[]) => Promise<void>;
    },
  ) {
    const { judged, today, problems, take } = given;
    const openRow = createOpenRow({ header, lists, problems });
    const findRetired = createFindRetired(lists);
    const retired = new Set<string>();
    let retiredRows = 0;
    const rowOfCode = new Map<string, number>();
    const nextId = idsInARow(random);
    let batch: RowCase[] = [];

    async function handOn() {
      const fresh = await withoutKnown(batch, problems);
      judged.validCount += fresh.length;
      if (fresh.length > 0) await take(fresh);
      batch = [];
    }

    for await (const { row, cells, faults, hidden } of table.rows) {
      if (faults === undefined && cells.every((cell) => cell.trim() === '')) continue;
      judged.rowCount++;
      if (judged.rowCount > ROW_LIMIT) {
        const limit = ROW_LIMIT.toLocaleString('en');
        const message = `The file has more than ${limit} cases. Split it, by half-year for instance.`;
        throw new CasesError('TABLE_UNREADABLE', message);
      }
      if (hidden) {
        problems.add({ row, column: null, rule: 'hidden-row', message: HIDDEN_ROW });
        continue;
      }
      if (cells.length !== header.width) {
        const than = cells.length > header.width ? 'more' : 'fewer';
        const message = `This row has ${than} cells than the header. A separator inside a cell needs quotation marks around the cell.`;
        problems.add({ row, column: null, rule: 'ragged-row', message });
        continue;
      }
      const opened = openRow({ row, cells, faults });
      const { record, registryCode, loweredToC0 } = importRow(opened, {
        id: nextId(),
        today,
        lists,
      });
      if (loweredToC0) {
        judged.withoutBasisCount++;
        if (judged.withoutBasisRows.length < ROWS_SHOWN) judged.withoutBasisRows.push(row);
      }
      const isNew = isFirst(registryCode, row, rowOfCode, problems);
      if (record !== null && isNew) {
        batch.push({ row, record });
        const held = findRetired(record);
        if (held.size > 0) retiredRows++;
        for (const code of held) retired.add(code);
      }
      if (batch.length === BATCH) await handOn();
    }
    if (batch.length > 0) await handOn();
    if (retiredRows === 0) return;
    const rows = retiredRows === 1 ? '1 row has' : `${retiredRows} rows have`;
    const named = [...retired].sort();
    judged.notices.push(
      `${rows} codes that are retired, as older cases may: ${named.join(', ')}. Look whether newer cases are among them.`,
    );
  }

  /** Leaves out cases that are there already, and says so. */
  async function withoutKnown(batch: readonly RowCase[], problems: ProblemList) {
    const codes = batch.map(({ record }) => record.registryCode);
    const known = await store.knownRegistryCodes(codes);
    return batch.flatMap(({ row, record }) => {
      if (!known.has(record.registryCode)) return [record];
      problems.add({
        row,
        column: 'registry_code',
        rule: 'duplicate-in-store',
        message: 'A case with this registry_code is there already. Take the row out.',
      });
      return [];
    });
  }
}

/** Whether a registry code stands in the file for the first time; if not, it is a problem. */
function isFirst(
  code: string,
  row: number,
  rowOfCode: Map<string, number>,
  problems: ProblemList,
): boolean {
  if (code === '') return false;
  const key = registryCodeKey(code);
  const earlier = rowOfCode.get(key);
  if (earlier === undefined) {
    rowOfCode.set(key, row);
    return true;
  }
  problems.add({
    row,
    column: 'registry_code',
    rule: 'duplicate-in-file',
    message: `registry_code is the same as in row ${earlier}. Each case needs its own.`,
  });
  return false;
}
