import { CasesError } from '../../cases/errors.ts';
import type { CellFault, TableRow } from '../../cases/ports.ts';
import { decodeEscapes, XLSX_CELL_LIMIT } from './xlsx-strings.ts';
import type { NumberKind, XlsxWorkbook } from './xlsx-workbook.ts';
import { readXml } from './xlsx-xml.ts';

/** Columns a sheet may use: more than any table of cases has. */
const COLUMN_LIMIT = 200;
const DAY_MS = 86_400_000;
/** Day 0 of the two ways of counting; the first repeats a mistake about February 1900. */
const DAY_ZERO = { from1900: Date.UTC(1899, 11, 30), from1904: Date.UTC(1904, 0, 1) };
/** A formula that asks another workbook, another program or the network. */
const OUTSIDE = /\[[^\]]+\][\p{L}\p{N}_. -]*'?!|\|.*!|(?:WEBSERVICE|RTD)\s*\(/iu;

/** What was met in a sheet, for the notices at its end. */
export interface SheetCounts {
  /** Cells whose value a formula computed. */
  formulas: number;
  /** Columns that are hidden, or have no width: known before the first row. */
  readonly hiddenColumns: Set<number>;
  /** Those of them that hold anything in the rows that were read. */
  readonly unreadColumns: Set<number>;
}

interface OpenCell {
  index: number;
  type: string;
  style: number;
  value: string;
  formula: string | null;
  sharedFormula: string | null;
}

/**
 * The rows of a sheet (ECMA-376 part 1, 18.3.1) as texts: days as `2021-02-14`, months as `2021-02`,
 * whatever their format shows. A formula counts with the value that was computed last; nothing is
 * computed and nothing outside of the file is asked. Rows without a cell are left out. What a hidden column
 * holds is dropped: whoever imports the table has not seen it.
 */
export async function* readXlsxRows(
  pieces: AsyncIterable<string>,
  workbook: XlsxWorkbook,
  strings: readonly string[],
  counts: SheetCounts,
): AsyncGenerator<TableRow> {
  let found: TableRow[] = [];
  let row = 0;
  let cells: string[] = [];
  let faults: Map<number, CellFault> | undefined;
  let hiddenRow = false;
  let cell: OpenCell | null = null;
  let reading: 'value' | 'formula' | null = null;
  const outsideFormulas = new Set<string>();

  function closeCell({ index, type, style, value, formula, sharedFormula }: OpenCell) {
    const isOutside =
      (formula !== null && OUTSIDE.test(formula)) ||
      (sharedFormula !== null && outsideFormulas.has(sharedFormula));
    if (isOutside && sharedFormula !== null) outsideFormulas.add(sharedFormula);
    if (counts.hiddenColumns.has(index)) {
      if (value !== '') counts.unreadColumns.add(index);
      return;
    }
    if (formula !== null) counts.formulas++;
    let fault: CellFault | null = null;
    let text = '';
    if (isOutside) fault = 'outside-reference';
    else if (type === 'e') fault = 'error-value';
    else if (formula !== null && value === '' && type !== 'str') fault = 'uncomputed-formula';
    else text = textOf(type, value, workbook.kinds[style] ?? 'number');
    if (text === '' && fault === null) return;
    while (cells.length < index) cells.push('');
    cells[index] = text;
    if (fault !== null) {
      faults ??= new Map();
      faults.set(index, fault);
    }
  }

  function textOf(type: string, value: string, kind: NumberKind): string {
    switch (type) {
      case 's': {
        const shared = strings[Number(value)];
        if (shared === undefined) throw damagedRow(row);
        return shared;
      }
      case 'b':
        return value === '1' ? 'true' : 'false';
      case 'd':
        return value.slice(0, 10);
      case 'n':
        return numberText(value, kind, workbook.from1904);
      default:
        return decodeEscapes(value);
    }
  }

  const listener = {
    open(name: string, attributes: Readonly<Record<string, string>>) {
      if (name === 'row') {
        row = attributes.r === undefined ? row + 1 : Number(attributes.r);
        cells = [];
        faults = undefined;
        cell = null;
        hiddenRow = isSet(attributes.hidden);
      } else if (name === 'col') {
        hideColumns(attributes, counts.hiddenColumns);
      } else if (name === 'c') {
        const index = attributes.r === undefined ? (cell?.index ?? -1) + 1 : columnOf(attributes.r);
        if (!(index >= 0 && index < COLUMN_LIMIT)) throw tooWide(row);
        const type = attributes.t ?? 'n';
        const style = Number(attributes.s ?? 0);
        cell = { index, type, style, value: '', formula: null, sharedFormula: null };
      } else if (name === 'v' || name === 't') reading = 'value';
      else if (name === 'f') {
        reading = 'formula';
        if (cell !== null) {
          cell.formula = '';
          if (attributes.t === 'shared') cell.sharedFormula = attributes.si ?? '';
        }
      } else if (name === 'rPh') reading = null;
    },
    text(piece: string) {
      if (cell === null || reading === null) return;
      const whole = (reading === 'value' ? cell.value : (cell.formula ?? '')) + piece;
      const kept = whole.slice(0, XLSX_CELL_LIMIT);
      if (reading === 'value') cell.value = kept;
      else cell.formula = kept;
    },
    close(name: string) {
      if (name === 'c' && cell !== null) closeCell(cell);
      else if (name === 'row' && cells.length > 0) {
        const seen = hiddenRow ? { hidden: true as const } : {};
        found.push({ row, cells, ...seen, ...(faults !== undefined && { faults }) });
      } else if (name === 'v' || name === 't' || name === 'f') reading = null;
    },
  };
  for await (const _ of readXml(pieces, listener)) {
    yield* found;
    found = [];
  }
}

/** Columns are described before the rows (18.3.1.13), the first being 1. */
function hideColumns(
  { min, max, hidden, width }: Readonly<Record<string, string>>,
  hiddenColumns: Set<number>,
): void {
  if (!isSet(hidden) && Number(width ?? 1) !== 0) return;
  const last = Math.min(Number(max), COLUMN_LIMIT);
  for (let column = Math.max(1, Number(min)); column <= last; column++)
    hiddenColumns.add(column - 1);
}

function isSet(flag: string | undefined): boolean {
  return flag === '1' || flag === 'true';
}

/** `AB12` → 27. */
function columnOf(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length; i++) {
    const letter = reference.charCodeAt(i) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column - 1;
}

function numberText(value: string, kind: NumberKind, from1904: boolean): string {
  if (value === '') return '';
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  if (kind === 'number') return String(number);
  const zero = from1904 ? DAY_ZERO.from1904 : DAY_ZERO.from1900;
  const date = new Date(zero + Math.floor(number) * DAY_MS);
  if (Number.isNaN(date.getTime())) return String(number);
  return date.toISOString().slice(0, kind === 'day' ? 10 : 7);
}

function tooWide(row: number): CasesError {
  return new CasesError(
    'TABLE_UNREADABLE',
    `Row ${row} uses more than ${COLUMN_LIMIT} columns, so this is no table of cases. Put the cases on the first sheet.`,
  );
}

function damagedRow(row: number): CasesError {
  return new CasesError(
    'TABLE_UNREADABLE',
    `Row ${row} refers to a text that the workbook does not hold. Save it again from the spreadsheet.`,
  );
}
