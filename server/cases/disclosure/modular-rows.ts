/**
 * Arithmetic is done modulo this prime, whose squares fit into 32 bits. What follows over the
 * fractions follows here too, unless a denominator is a multiple of it; the reverse mistake only
 * makes a check stricter.
 */
export const PRIME = 46_337;

/** Rows in reduced echelon form: row `i` has 1 at `pivots[i]`, where all other rows have 0. */
export interface EchelonRows {
  readonly width: number;
  readonly rows: readonly Int32Array[];
  readonly pivots: readonly number[];
}

/** Reduces 0/1 rows, each given by the places of its ones. */
export function reduceRows(ones: readonly (readonly number[])[], width: number): EchelonRows {
  const rows: Int32Array[] = [];
  const pivots: number[] = [];
  for (const places of ones) {
    const row = new Int32Array(width);
    for (const place of places) row[place] = 1;
    for (const [i, known] of rows.entries()) subtract(row, row[pivots[i]!]!, known);
    const pivot = row.findIndex((value) => value !== 0);
    if (pivot < 0) continue;
    const unit = inverse(row[pivot]!);
    for (let at = pivot; at < width; at++) row[at] = (row[at]! * unit) % PRIME;
    for (const known of rows) subtract(known, known[pivot]!, row);
    rows.push(row);
    pivots.push(pivot);
  }
  return { width, rows, pivots };
}

/** Whether the row with ones at these places is a combination of the reduced rows. */
export function isDerivable(
  ones: readonly number[],
  { width, rows, pivots }: EchelonRows,
): boolean {
  const row = new Int32Array(width);
  for (const place of ones) row[place] = 1;
  for (const [i, known] of rows.entries()) subtract(row, row[pivots[i]!]!, known);
  return row.every((value) => value === 0);
}

/**
 * A number for every place, such that those of any places whose joint row is derivable add up to 0:
 * the values of one vector that all rows are orthogonal to, drawn with the free values given.
 */
export function orthogonal(
  { width, rows, pivots }: EchelonRows,
  drawn: (place: number) => number,
): Int32Array {
  const isPivot = new Set(pivots);
  const vector = new Int32Array(width);
  for (let at = 0; at < width; at++) if (!isPivot.has(at)) vector[at] = drawn(at) % PRIME;
  const free = vector.slice();
  rows.forEach((row, i) => {
    let sum = 0;
    for (let at = 0; at < width; at++) {
      if (row[at] !== 0 && free[at] !== 0) sum = (sum + row[at]! * free[at]!) % PRIME;
    }
    vector[pivots[i]!] = (PRIME - sum) % PRIME;
  });
  return vector;
}

function subtract(from: Int32Array, times: number, row: Int32Array): void {
  if (times === 0) return;
  const factor = PRIME - times;
  for (let at = 0; at < from.length; at++) {
    const value = row[at]!;
    if (value !== 0) from[at] = (from[at]! + factor * value) % PRIME;
  }
}

function inverse(value: number): number {
  let result = 1;
  let power = value;
  for (let exponent = PRIME - 2; exponent > 0; exponent >>= 1) {
    if (exponent & 1) result = (result * power) % PRIME;
    power = (power * power) % PRIME;
  }
  return result;
}
