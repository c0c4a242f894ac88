import { hiddenHint } from './hidden-columns.ts';
import { columnName, IMPORT_COLUMNS, isPersonalColumn } from './import-columns.ts';
import type { ProblemList } from './import-report.ts';

/** Where the template's columns stand in a file. */
export interface HeaderMap {
  /** Column name → index of its cell. */
  readonly places: ReadonlyMap<string, number>;
  readonly droppedColumns: readonly string[];
  readonly width: number;
}

const CONSENT_COLUMNS = IMPORT_COLUMNS.filter(({ name }) => name.startsWith('consent_'));
const NAMES = IMPORT_COLUMNS.map((column) => column.name);

/**
 * Finds the template's columns in a header row, in any order. What is missing, unknown or doubled
 * goes to `problems`, hidden columns left aside; an unknown name is not quoted, for a file without a header starts with data.
 */
export function readHeader(
  cells: readonly string[],
  problems: ProblemList,
  hidden: ReadonlySet<number> = new Set(),
): HeaderMap {
  const places = new Map<string, number>();
  const dropped = new Set<string>();
  let known = 0;
  for (const [index, cell] of cells.entries()) {
    if (hidden.has(index)) continue;
    const name = columnName(cell);
    const column = `column ${columnLetter(index)}`;
    if (isPersonalColumn(name)) dropped.add(name);
    else if (!NAMES.includes(name)) {
      const near = NAMES.find((one) => distance(one, name) <= 2);
      const hint = near === undefined ? 'Take it out' : `Was ${near} meant? If not, take it out`;
      problems.add({
        row: 1,
        column,
        rule: 'unknown-column',
        message: `The name in ${column} is not in the template. ${hint}.`,
      });
    } else if (places.has(name)) {
      problems.add({
        row: 1,
        column: name,
        rule: 'duplicate-column',
        message: `The column ${name} stands twice. Keep one of them.`,
      });
    } else {
      places.set(name, index);
      known++;
    }
  }
  const missing = IMPORT_COLUMNS.filter((one) => one.required && !places.has(one.name));
  for (const { name } of missing) {
    problems.add({
      row: 1,
      column: name,
      rule: 'missing-column',
      message:
        known === 0
          ? `The column ${name} is missing; the first row must hold the column names of the template, separated by commas, semicolons or tabs.`
          : `The column ${name} is missing. Add it, as in the template.${hiddenHint(hidden)}`,
    });
  }
  // A consent without its end or its reader would be a wider one.
  for (const { name } of hidden.size === 0 ? [] : CONSENT_COLUMNS) {
    if (places.has(name) || !places.has(name.split('_').slice(0, 2).join('_'))) continue;
    problems.add({
      row: 1,
      column: name,
      rule: 'missing-column',
      message: `The column ${name} is missing. Add it, empty where nothing was agreed.${hiddenHint(hidden)}`,
    });
  }
  return { places, droppedColumns: [...dropped].sort(), width: cells.length };
}

/** 0 → A, 25 → Z, 26 → AA: how spreadsheets name columns. */
function columnLetter(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnLetter(Math.floor(index / 26) - 1) + letter;
}

/** Levenshtein distance; long texts are simply far. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const swap = row[j]! + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(swap, row[j + 1]! + 1, next[j]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
