import { cellBounds } from './cell-bounds.ts';

/**
 * Decides which cells of a two-way table are left out, given that its row and column totals are known.
 *
 * Small cells go first, empty ones too, and cells that leave few others in their row or column: there
 * one attribute would be true of nearly everyone (ℓ-diversity with a margin). Then shown cells go with
 * them until nothing small follows. The reader is taken to know the totals, this rule, and which cells
 * went for being small; each of those must still be possibly empty and possibly anything below the
 * minimum, and what is left out of a row or column must not be small together.
 *
 * Which cells go with the small ones follows from their places alone, so that their going tells nothing
 * of their size.
 *
 * @param counts - row by row; totals are those of these rows and columns.
 * @returns by row and column, whether the cell is left out.
 * @see Machanavajjhala and others, ℓ-Diversity: Privacy Beyond k-Anonymity, 2007
 */
export function suppressCells(
  counts: readonly (readonly number[])[],
  minimum: number,
): readonly (readonly boolean[])[] {
  const lines = linesOf(counts);
  const hidden = counts.map((row) => row.map((count) => count < minimum));
  const ceilings = counts.map((row) =>
    row.map((count) => (count < minimum ? minimum - 1 : Number.POSITIVE_INFINITY)),
  );
  for (const line of lines) {
    const total = sum(line.map(({ row, column }) => counts[row]![column]!));
    for (const { row, column } of line) {
      if (total - counts[row]![column]! < minimum) hidden[row]![column] = true;
    }
  }
  const first = hidden.map((row) => [...row]);
  for (;;) {
    const bounds = cellBounds(counts, hidden, ceilings);
    const exposedIn = (line: readonly Place[]): Place | undefined => {
      const out = line.filter(({ row, column }) => hidden[row]![column]);
      const together = sum(out.map(({ row, column }) => counts[row]![column]!));
      if (out.length > 0 && together < minimum) return out[0];
      return out.find(({ row, column }) => {
        const { least, greatest } = bounds[row]![column]!;
        // A large cell that was left out for what it leaves must not be known either.
        return counts[row]![column]! < minimum
          ? least > 0 || greatest < minimum - 1
          : first[row]![column]! && greatest - least < minimum;
      });
    };
    const exposed = lines.map(exposedIn).find((place) => place !== undefined);
    if (exposed === undefined) return hidden;
    const corners = nextRectangle(exposed, hidden);
    // With nothing left that could hide it the whole table has to go.
    if (corners === null) return counts.map((row) => row.map(() => true));
    for (const { row, column } of corners) hidden[row]![column] = true;
  }
}

/**
 * The three other corners of a rectangle: what goes up in one corner can go down in the next. The last
 * row and column come first, and of corners that are all left out already the next rectangle.
 */
function nextRectangle(
  { row, column }: Place,
  hidden: readonly (readonly boolean[])[],
): readonly Place[] | null {
  for (let other = hidden.length - 1; other >= 0; other--) {
    for (let across = hidden[0]!.length - 1; across >= 0; across--) {
      if (other === row || across === column) continue;
      const corners = [
        { row, column: across },
        { row: other, column },
        { row: other, column: across },
      ];
      if (corners.some((one) => !hidden[one.row]![one.column])) return corners;
    }
  }
  return null;
}

interface Place {
  readonly row: number;
  readonly column: number;
}

/** Rows and columns, each as its cells. */
function linesOf(counts: readonly (readonly number[])[]): Place[][] {
  const rows = counts.map((cells, row) => cells.map((_, column) => ({ row, column })));
  const columns = (counts[0] ?? []).map((_, column) => counts.map((__, row) => ({ row, column })));
  return [...rows, ...columns];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
