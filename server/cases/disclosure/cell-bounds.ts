/** What a reader can tell of one suppressed cell: the least and the greatest it can be. */
export interface Bounds {
  readonly least: number;
  readonly greatest: number;
}

/**
 * The exact bounds of every suppressed cell of a two-way table of whole numbers whose row and column
 * totals a reader knows, by maximal flows over what is suppressed. The constraints of such a table are
 * totally unimodular, so that these are the very numbers that going through all tables would give.
 *
 * @param counts - the true counts, row by row.
 * @param hidden - which of them are suppressed.
 * @param ceilings - what the reader knows each hidden cell not to exceed; nothing when left out.
 * @returns bounds by row and column; null where a cell is shown.
 * @see Fischetti, Salazar, Models and Algorithms for Optimizing Cell Suppression, 2000
 */
export function cellBounds(
  counts: readonly (readonly number[])[],
  hidden: readonly (readonly boolean[])[],
  ceilings?: readonly (readonly number[])[],
): (Bounds | null)[][] {
  const ceilingOf = (row: number, column: number) =>
    ceilings?.[row]?.[column] ?? Number.POSITIVE_INFINITY;
  return counts.map((row, i) =>
    row.map((count, j) => {
      if (!hidden[i]![j]) return null;
      // One more here is one less elsewhere in the column, one more in that row, and so back.
      const most = { raise: ceilingOf(i, j) - count, lower: count };
      const by = (way: 'raise' | 'lower') =>
        flow({ counts, hidden, ceilingOf, cell: { row: i, column: j }, way, most: most[way] });
      return { least: count - by('lower'), greatest: count + by('raise') };
    }),
  );
}

/** By how much one cell can be raised or lowered while all totals stay and no cell falls below 0. */
function flow(given: {
  counts: readonly (readonly number[])[];
  hidden: readonly (readonly boolean[])[];
  ceilingOf: (row: number, column: number) => number;
  cell: { row: number; column: number };
  way: 'raise' | 'lower';
  most: number;
}): number {
  const { counts, hidden, ceilingOf, cell, way, most } = given;
  const left = counts.map((row) => [...row]);
  const rowCount = counts.length;
  const columnCount = counts[0]?.length ?? 0;
  // Nodes: rows, then columns. Raising a cell leads from its row to its column, lowering it back.
  const [source, target] =
    way === 'raise' ? [rowCount + cell.column, cell.row] : [cell.row, rowCount + cell.column];
  const free = (row: number, column: number) =>
    hidden[row]![column] && !(row === cell.row && column === cell.column);
  let total = 0;
  while (total < most) {
    const from = new Map<number, number>([[source, -1]]);
    const queue = [source];
    for (let next = queue.shift(); next !== undefined && !from.has(target); next = queue.shift()) {
      if (next < rowCount) {
        for (let column = 0; column < columnCount; column++) {
          const node = rowCount + column;
          const room = ceilingOf(next, column) - left[next]![column]!;
          if (free(next, column) && room > 0 && !from.has(node)) {
            from.set(node, next);
            queue.push(node);
          }
        }
      } else {
        const column = next - rowCount;
        for (let row = 0; row < rowCount; row++) {
          if (free(row, column) && left[row]![column]! > 0 && !from.has(row)) {
            from.set(row, next);
            queue.push(row);
          }
        }
      }
    }
    if (!from.has(target)) return total;
    const path: number[] = [];
    for (let node = target; node !== -1; node = from.get(node)!) path.unshift(node);
    let step = most - total;
    for (let at = 0; at + 1 < path.length; at++) {
      const [a, b] = [path[at]!, path[at + 1]!];
      const room =
        a >= rowCount
          ? left[b]![a - rowCount]!
          : ceilingOf(a, b - rowCount) - left[a]![b - rowCount]!;
      step = Math.min(step, room);
    }
    for (let at = 0; at + 1 < path.length; at++) {
      const [a, b] = [path[at]!, path[at + 1]!];
      if (a >= rowCount) left[b]![a - rowCount]! -= step;
      else left[a]![b - rowCount]! += step;
    }
    total += step;
  }
  return total;
}
