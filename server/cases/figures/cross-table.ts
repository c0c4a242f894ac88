import type { CaseRecord } from '../case.ts';
import { suppressCells } from '../disclosure/suppress-cells.ts';
import { countBy } from './count-cases.ts';
import { type Cell, foldPartition, OTHER } from './fold-cells.ts';
import { CROSS, type Level } from './generalise.ts';

/** A two-way table: the codes of its rows and columns, and the cells that may be shown. */
export interface CrossTable {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly cells: readonly Cell[];
}

/**
 * Counts cases by two attributes at once. Rows and columns are those that one-way tables would have,
 * small ones folded, so that their totals tell nothing more; then cells are left out.
 *
 * @returns null when no such table can be shown.
 */
export function crossTable(
  cases: readonly CaseRecord[],
  levels: { rows: Level; columns: Level },
  minimum: number,
): CrossTable | null {
  const rows = marginOf(cases, levels.rows, minimum);
  const columns = marginOf(cases, levels.columns, minimum);
  if (rows.length === 0 || columns.length === 0) return null;
  const counts = rows.map(() => columns.map(() => 0));
  for (const record of cases) {
    const [row, column] = [
      placeIn(rows, levels.rows.codesOf(record)[0]!),
      placeIn(columns, levels.columns.codesOf(record)[0]!),
    ];
    counts[row]![column]!++;
  }
  const hidden = suppressCells(counts, minimum);
  const cells = rows.flatMap((row, i) =>
    columns.flatMap((column, j) =>
      hidden[i]![j] ? [] : [{ code: `${row}${CROSS}${column}`, count: counts[i]![j]! }],
    ),
  );
  return cells.length === 0 ? null : { rows, columns, cells };
}

function marginOf(cases: readonly CaseRecord[], level: Level, minimum: number): string[] {
  const order = level.order.map((code) => ({ code }));
  const counted = countBy(cases, (record) => level.codesOf(record)[0]!, order);
  return foldPartition(counted, minimum).map(({ code }) => code);
}

/** Where a code is counted: by itself, or with the folded ones. */
export function placeIn(codes: readonly string[], code: string): number {
  const own = codes.indexOf(code);
  return own >= 0 ? own : codes.indexOf(OTHER);
}
