import { type CodeLists, offeredCodesOf } from '../codes/code-lists.ts';
import type { CellFault } from '../ports.ts';
import { allowedValues, IMPORT_COLUMNS } from './import-columns.ts';
import type { HeaderMap } from './import-header.ts';
import type { ImportRule, ProblemList } from './import-report.ts';

/** Characters in a cell that is no narrative. */
const CELL_LIMIT = 1_000;
const CODES_SHOWN = 24;
/** Text that is neither unwanted nor changed by NFC: most cells. */
const PLAIN = /^[\x20-\x7e]*$/;
/** Control characters, the replacement character of lost text, and marks that reorder text. */
const UNWANTED = /[[\p{Cc}--[\t\n\r]]\uFFFD\u202A-\u202E\u2066-\u2069]/v;

/** What to say of a column whose cell cannot be taken, after the column's name. */
export const FAULT_SENTENCES: Readonly<Record<CellFault, string>> = {
  'error-value': 'shows an error of the spreadsheet. Type the value.',
  'outside-reference':
    'is computed from another file or from the network, which is never asked. Type the value.',
  'uncomputed-formula':
    'holds a formula that was never computed. Open and save the workbook, or type the value.',
  'two-values': 'has two different values in the export. Correct it in the registry.',
};

/** Reads the cells of one row by column name; every fault becomes a problem, never a throw. */
export interface RowCells {
  /** The trimmed text in NFC; empty where the column is absent. */
  text(column: string, limit?: number): string;
  /** One code of the column's list, or null where the cell is empty or faulty. */
  code(column: string): string | null;
  /** The codes of a cell with several, each once, in the cell's order. */
  codes(column: string): string[];
  refuse(column: string | null, rule: ImportRule, message: string): void;
  readonly problemCount: number;
}

/** A column of the template as one table has it. */
interface OpenColumn {
  readonly place: number | undefined;
  readonly required: boolean;
  /** What it allows, by itself and in small letters; null where it is free. */
  readonly allowed: ReadonlyMap<string, string> | null;
}

/** Opens rows of one table. */
export type OpenRow = (given: {
  row: number;
  cells: readonly string[];
  faults?: ReadonlyMap<number, CellFault> | undefined;
}) => RowCells;

/** Creates the opening of rows: what a column allows is looked up once a table. */
export function createOpenRow(table: {
  header: HeaderMap;
  lists: CodeLists;
  problems: ProblemList;
}): OpenRow {
  const { header, lists } = table;
  const columns = new Map(
    IMPORT_COLUMNS.map((column): [string, OpenColumn] => {
      const values = allowedValues(column, lists);
      const small = values.map((value) => [value.toLowerCase(), value] as const);
      const allowed = new Map([...small.reverse(), ...values.map((one) => [one, one] as const)]);
      return [
        column.name,
        {
          place: header.places.get(column.name),
          required: column.required === true,
          allowed: values.length === 0 ? null : allowed,
        },
      ];
    }),
  );
  return (given) => openRow({ ...table, columns }, given);
}

function openRow(
  table: { lists: CodeLists; problems: ProblemList; columns: ReadonlyMap<string, OpenColumn> },
  { row, cells, faults }: Parameters<OpenRow>[0],
): RowCells {
  const { lists, problems, columns } = table;
  let problemCount = 0;

  function refuse(column: string | null, rule: ImportRule, message: string) {
    problemCount++;
    problems.add({ row, column, rule, message });
  }

  function text(column: string, limit = CELL_LIMIT): string {
    const { place, required } = columns.get(column)!;
    if (place === undefined && !required) return '';
    const fault = place === undefined ? undefined : faults?.get(place);
    if (fault !== undefined) {
      refuse(column, 'untrusted-value', `${column} ${FAULT_SENTENCES[fault]}`);
      return '';
    }
    const raw = place === undefined ? '' : (cells[place] ?? '').trim();
    if (raw === '') {
      if (required) {
        refuse(column, 'missing-value', `${column} is empty, but every case needs one.`);
      }
      return '';
    }
    if (raw.length > limit) {
      refuse(
        column,
        'malformed-value',
        `${column} is longer than ${limit.toLocaleString('en')} characters. Shorten it.`,
      );
      return '';
    }
    if (PLAIN.test(raw)) return raw;
    if (UNWANTED.test(raw)) {
      refuse(
        column,
        'malformed-value',
        `${column} has characters that are no text (control characters, or letters that were lost when the file was saved). Type them again and save the file as UTF-8.`,
      );
      return '';
    }
    return raw.normalize('NFC');
  }

  function known(column: string, value: string): string | null {
    const { allowed } = columns.get(column)!;
    const found = allowed?.get(value) ?? allowed?.get(value.toLowerCase());
    if (found !== undefined) return found;
    const { list: ofList, values = [] } = IMPORT_COLUMNS.find((one) => one.name === column)!;
    const offered = ofList === undefined ? values : offeredCodesOf(lists, ofList);
    const rest = offered.length - CODES_SHOWN;
    const list = offered.slice(0, CODES_SHOWN).join(', ');
    refuse(
      column,
      'unknown-code',
      `${column} has a value that is not in its list. Allowed: ${list}${rest > 0 ? ` and ${rest} more` : ''}.`,
    );
    return null;
  }

  return {
    text,
    refuse,
    code(column) {
      const value = text(column);
      return value === '' ? null : known(column, value);
    },
    codes(column) {
      const whole = text(column);
      if (whole === '') return [];
      const single = columns.get(column)!.allowed?.get(whole);
      if (single !== undefined) return [single];
      const values = whole
        .split('|')
        .map((value) => value.trim())
        .filter((value) => value !== '');
      const found = values.map((value) => known(column, value)).filter((code) => code !== null);
      return [...new Set(found)];
    },
    get problemCount() {
      return problemCount;
    },
  };
}
