import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellBounds } from '../../../../server/cases/disclosure/cell-bounds.ts';
import { suppressCells } from '../../../../server/cases/disclosure/suppress-cells.ts';

// The reader is given what is printed: all totals, and the cells that are not left out. He goes
// through every table of whole numbers that fits.

const MINIMUM = 3;
type Table = readonly (readonly number[])[];

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
const columnsOf = (table: Table) => table[0]!.map((_, j) => table.map((row) => row[j]!));

/** Every table with these totals that shows these cells. */
function tablesThatFit(counts: Table, hidden: readonly (readonly boolean[])[]): Table[] {
  const width = counts[0]!.length;
  const left = columnsOf(counts).map(sum);
  const current = counts.map((row) => row.map(() => 0));
  const found: Table[] = [];
  const fill = (i: number, j: number, inRow: number): void => {
    if (i === counts.length) {
      if (left.every((one) => one === 0)) found.push(current.map((row) => [...row]));
      return;
    }
    const last = j === width - 1;
    const [from, to] = hidden[i]![j]
      ? [last ? inRow : 0, Math.min(inRow, left[j]!)]
      : [counts[i]![j]!, counts[i]![j]!];
    for (let value = from; value <= to; value++) {
      if (value > inRow || value > left[j]! || (last && value !== inRow)) continue;
      current[i]![j] = value;
      left[j]! -= value;
      if (last) fill(i + 1, 0, sum(counts[i + 1] ?? []));
      else fill(i, j + 1, inRow - value);
      left[j]! += value;
    }
  };
  fill(0, 0, sum(counts[0]!));
  return found;
}

const small = fc.constantFrom(0, 0, 1, 2, 3, 4, 5, 6, 7);
const SIZES = fc.tuple(fc.integer({ min: 2, max: 3 }), fc.integer({ min: 2, max: 3 }));
const TABLE = SIZES.chain(([rows, columns]) =>
  fc.array(fc.array(small, { minLength: columns, maxLength: columns }), {
    minLength: rows,
    maxLength: rows,
  }),
).filter((table) => {
  const totals = [...table, ...columnsOf(table)].map(sum);
  return totals.every((total) => total >= MINIMUM) && sum(table.map(sum)) <= 26;
});

test('property: the bounds of a cell are those that going through all tables gives', () => {
  const given = TABLE.chain((table) =>
    fc.tuple(
      fc.constant(table),
      fc.array(fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), {
        minLength: 3,
        maxLength: 3,
      }),
    ),
  );
  fc.assert(
    fc.property(given, ([table, hidden]) => {
      const fitting = tablesThatFit(table, hidden);
      const bounds = cellBounds(table, hidden);
      for (const [i, row] of table.entries()) {
        for (const j of row.keys()) {
          const values = fitting.map((one) => one[i]![j]!);
          expect(bounds[i]![j]).toEqual(
            hidden[i]![j] ? { least: Math.min(...values), greatest: Math.max(...values) } : null,
          );
        }
      }
    }),
    { numRuns: 150 },
  );
});

test('property: no reader can tell of a cell, a row or a column that it tells of few', () => {
  let shown = 0;
  fc.assert(
    fc.property(TABLE, (table) => {
      const hidden = suppressCells(table, MINIMUM);
      const fitting = tablesThatFit(table, hidden);
      const isSmall = (number: number) => number > 0 && number < MINIMUM;
      for (const [i, row] of table.entries()) {
        for (const [j, count] of row.entries()) {
          if (hidden[i]![j]) {
            expect(fitting.every((one) => isSmall(one[i]![j]!))).toBe(false);
            expect(new Set(fitting.map((one) => one[i]![j])).size).toBeGreaterThan(1);
          } else {
            shown++;
            expect(count).toBeGreaterThanOrEqual(MINIMUM);
            expect(sum(row) - count).toBeGreaterThanOrEqual(MINIMUM);
          }
        }
      }
      const out = (one: Table, places: Array<[number, number]>) =>
        sum(places.filter(([i, j]) => hidden[i]![j]).map(([i, j]) => one[i]![j]!));
      const rows = table.map((row, i) => row.map((_, j): [number, number] => [i, j]));
      const columns = columnsOf(table).map((cells, j) =>
        cells.map((_, i): [number, number] => [i, j]),
      );
      for (const line of [...rows, ...columns]) expect(isSmall(out(table, line))).toBe(false);
    }),
    { numRuns: 400 },
  );
  expect(shown).toBeGreaterThan(20);
});

test('a single small cell takes one of its row and one of its column with it', () => {
  const hidden = suppressCells(
    [
      [20, 20, 20],
      [20, 2, 20],
      [20, 20, 20],
    ],
    5,
  );
  expect(hidden.flat().filter(Boolean)).toHaveLength(4);
  expect(hidden[1]![1]).toBe(true);
});

test('a row whose cases all fall into one column is not shown as such', () => {
  const hidden = suppressCells(
    [
      [30, 0, 0],
      [20, 20, 20],
      [20, 20, 20],
      [20, 20, 20],
    ],
    5,
  );
  expect(hidden[0]).toEqual([true, true, true]);
});

test('where nothing can be protected nothing is shown', () => {
  expect(
    suppressCells(
      [
        [9, 1],
        [1, 9],
      ],
      5,
    ),
  ).toEqual([
    [true, true],
    [true, true],
  ]);
});
