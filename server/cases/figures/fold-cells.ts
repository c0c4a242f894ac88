/** The smallest count a table may show. */
export const CELL_MINIMUM = 5;
/** The same where key population, HIV or drug status shows. */
export const SENSITIVE_CELL_MINIMUM = 11;
/** The code under which small cells are counted together. */
export const OTHER = 'other';

/** How many cases have one value. */
export interface Cell {
  readonly code: string;
  readonly count: number;
}

/**
 * Folds the small cells of a partition (every case in exactly one cell) into `other`.
 *
 * Whoever reads the table knows this rule too, so what goes with the small cells must tell nothing
 * of their size. The small ones stand alone when together they are large enough, yet not so many
 * that each must be as large as a small cell can be. Otherwise the last large cells of the list go
 * with them, whatever their counts, until `other` has twice the minimum: then each small cell may
 * still be anything below it. The total less the rows shown is never small. Empty cells are left
 * out: a zero discloses too.
 *
 * @param cells - every cell of the list, empty ones too: they are part of what a reader knows.
 * @returns the rows in the given order, `other` last; empty when fewer than two rows would remain,
 *   for then the table says one thing of everybody.
 */
export function foldPartition(cells: readonly Cell[], minimum: number): Cell[] {
  const sumOf = (some: readonly Cell[]) => some.reduce((sum, cell) => sum + cell.count, 0);
  const { kept, pool, enough } = foldSmall(
    cells,
    { isEmpty: (cell) => cell.count === 0, isLarge: (cell) => cell.count >= minimum },
    (some, large) =>
      large > 0 ? sumOf(some) >= 2 * minimum : isLoose(sumOf(some), some.length, minimum),
  );
  const rows = pool.length === 0 ? kept : [...kept, { code: OTHER, count: sumOf(pool) }];
  return enough && rows.length > 1 ? rows : [];
}

/** Whether small cells that together have `sum` leave each of them open. */
function isLoose(sum: number, cells: number, minimum: number): boolean {
  return sum >= minimum && sum < cells * (minimum - 1);
}

/**
 * The same for values of which a case may have several. Here nothing adds up to the base, but a
 * value that nearly every case has betrays the few without it: those rows are left out. `union`
 * counts the cases that have any of the given codes.
 */
export function foldOverlapping(given: {
  cells: readonly Cell[];
  base: number;
  minimum: number;
  union: (codes: readonly string[]) => number;
}): Cell[] {
  const { cells, base, minimum, union } = given;
  const fits = (count: number) => count >= minimum && base - count >= minimum;
  const kept = cells.filter((cell) => fits(cell.count) && cell.code !== OTHER);
  const own = cells.filter((cell) => fits(cell.count) && cell.code === OTHER);
  const small = cells.filter((cell) => cell.count > 0 && cell.count < minimum);
  if (small.length === 0) return [...kept, ...own];
  const folded = union([...small, ...own].map((cell) => cell.code));
  const open = own.length > 0 ? folded >= 2 * minimum : isLoose(folded, small.length, minimum);
  return open && fits(folded) ? [...kept, { code: OTHER, count: folded }] : kept;
}

/** A row split in two: cases with a property and cases without it. */
export interface SplitCell {
  readonly code: string;
  readonly with: number;
  readonly without: number;
}

/**
 * Folds a partition that is split in two, until both halves of every row are large enough. Given
 * the rows of a table already folded by `foldPartition`, the result is a coarser version of it, so
 * that the two published side by side cannot be subtracted from each other.
 */
export function foldSplit(cells: readonly SplitCell[], minimum: number): SplitCell[] {
  const { kept, pool, enough } = foldSmall(
    cells,
    {
      isEmpty: (cell) => cell.with + cell.without === 0,
      isLarge: (cell) => cell.with >= minimum && cell.without >= minimum,
    },
    (some, large) => {
      const { with: having, without } = sumSplit(some);
      return large > 0 && Math.min(having, without) >= 2 * minimum;
    },
  );
  const rows = pool.length === 0 ? kept : [...kept, sumSplit(pool)];
  return enough && rows.length > 1 ? rows : [];
}

/**
 * Parts cells into those to keep and those to fold: the small ones, the list's own `other` with
 * them, and large ones from the end of the list until it is enough.
 */
function foldSmall<Item extends { readonly code: string }>(
  cells: readonly Item[],
  sizes: { isEmpty: (cell: Item) => boolean; isLarge: (cell: Item) => boolean },
  isEnough: (pool: readonly Item[], large: number) => boolean,
): { kept: Item[]; pool: Item[]; enough: boolean } {
  const { isEmpty, isLarge } = sizes;
  const small = cells.filter((cell) => !isLarge(cell));
  if (small.every(isEmpty)) return { kept: cells.filter(isLarge), pool: [], enough: true };
  const own = cells.filter((cell) => isLarge(cell) && cell.code === OTHER);
  const kept = cells.filter((cell) => isLarge(cell) && cell.code !== OTHER);
  const pool = [...small, ...own];
  let large = own.length;
  while (!isEnough(pool, large) && kept.length > 0) {
    pool.push(kept.pop()!);
    large++;
  }
  return { kept, pool, enough: isEnough(pool, large) };
}

function sumSplit(cells: readonly SplitCell[]): SplitCell {
  return {
    code: OTHER,
    with: cells.reduce((sum, cell) => sum + cell.with, 0),
    without: cells.reduce((sum, cell) => sum + cell.without, 0),
  };
}
