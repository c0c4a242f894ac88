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

const COLUMNS = new Map(IMPORT_COLUMNS.map((column) => [column.name, column]));

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

/** Opens one row. */
export function openRow(given: {
  row: number;
  cells: readonly string[];
  faults?: ReadonlyMap<number, CellFault> | undefined;
  header: HeaderMap;
  lists: CodeLists;
  problems: ProblemList;
}): RowCells {
  const { row, cells, faults, header, lists, problems } = given;
  let problemCount = 0;

  function refuse(column: string | null, rule: ImportRule, message: string) {
    problemCount++;
    problems.add({ row, column, rule, message });
  }

  function text(column: string, limit = CELL_LIMIT): string {
    const place = header.places.get(column);
    const fault = place === undefined ? undefined : faults?.get(place);
    if (fault !== undefined) {
      refuse(column, 'untrusted-value', `${column} ${FAULT_SENTENCES[fault]}`);
      return '';
    }
    const raw = place === undefined ? '' : (cells[place] ?? '').trim();
    if (raw === '') {
      if (COLUMNS.get(column)?.required) {
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
    const allowed = allowedValues(COLUMNS.get(column)!, lists);
    if (allowed.includes(value)) return value;
    const found = allowed.find((one) => one.toLowerCase() === value.toLowerCase());
    if (found !== undefined) return found;
    const { list: ofList } = COLUMNS.get(column)!;
    const offered = ofList === undefined ? allowed : offeredCodesOf(lists, ofList);
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
      const values = text(column)
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
