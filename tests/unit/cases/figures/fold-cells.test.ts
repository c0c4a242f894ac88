import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Cell,
  foldOverlapping,
  foldPartition,
  foldSplit,
  OTHER,
} from '../../../../server/cases/figures/fold-cells.ts';

const cells = (...counts: number[]): Cell[] =>
  counts.map((count, i) => ({ code: i === counts.length - 1 ? OTHER : `c${i}`, count }));
const shown = (rows: readonly Cell[]) => Object.fromEntries(rows.map((r) => [r.code, r.count]));

test.each<[string, number[], Record<string, number>]>([
  ['large cells stand as they are', [9, 8, 7], { c0: 9, c1: 8, other: 7 }],
  ['empty cells are not shown', [9, 0, 8, 0], { c0: 9, c2: 8 }],
  ['small ones that are enough stand alone', [9, 3, 2, 0], { c0: 9, other: 5 }],
  ['not when each must be as large as it can', [9, 30, 4, 4], { c0: 9, other: 38 }],
  ['too few take the last large one with them', [9, 30, 8, 3, 0], { c0: 9, c1: 30, other: 11 }],
  ['whatever its size', [9, 6, 90, 1, 0], { c0: 9, c1: 6, other: 91 }],
  ['and more until there are twice as many', [20, 9, 6, 1, 0], { c0: 20, other: 16 }],
  ['the list’s own other is the large one', [20, 3, 9], { c0: 20, other: 12 }],
  ['a small own other is one of the small', [20, 7, 6, 1], { c0: 20, other: 14 }],
  ['one row alone says one thing of everybody', [20, 0, 0], {}],
  ['nothing is left beside the folded', [6, 1, 0], {}],
  ['only small ones', [4, 4, 4, 4], {}],
])('%s', (_, counts, expected) => {
  expect(shown(foldPartition(cells(...counts), 5))).toEqual(expected);
});

const counts = fc.array(fc.integer({ min: 0, max: 14 }), { minLength: 2, maxLength: 7 });

test('no row, and no total less any rows, is small; cases are neither lost nor added', () => {
  fc.assert(
    fc.property(counts, fc.constantFrom(5, 11), (numbers, minimum) => {
      const given = cells(...numbers);
      const rows = foldPartition(given, minimum);
      if (rows.length === 0) return;
      const base = numbers.reduce((a, b) => a + b, 0);
      for (let subset = 0; subset < 2 ** rows.length; subset++) {
        const taken = rows.filter((_, i) => subset & (1 << i)).reduce((a, r) => a + r.count, 0);
        const rest = base - taken;
        if (rest !== 0) expect(rest).toBeGreaterThanOrEqual(minimum);
      }
      for (const row of rows) {
        if (row.code !== OTHER) expect(given).toContainEqual(row);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('whoever knows the rows and the rule cannot work out a folded cell', () => {
  // Brute force: every world that leads to the same table. In them each folded cell that is small
  // takes at least two values, so it cannot be read off.
  const minimum = 3;
  const top = 9;
  const worlds = new Map<string, number[][]>();
  for (let code = 0; code < (top + 1) ** 4; code++) {
    const world = [0, 1, 2, 3].map((i) => Math.floor(code / (top + 1) ** i) % (top + 1));
    const rows = foldPartition(
      world.map((count, i) => ({ code: `c${i}`, count })),
      minimum,
    );
    const table = JSON.stringify(rows);
    // Above the largest cell that was tried, worlds are missing from the comparison.
    const complete = rows.length > 0 && rows.every((row) => row.count <= top);
    if (complete) worlds.set(table, [...(worlds.get(table) ?? []), world]);
  }
  expect(worlds.size).toBeGreaterThan(100);
  for (const [table, same] of worlds) {
    for (let cell = 0; cell < 4; cell++) {
      const values = new Set(same.map((world) => world[cell]!));
      const small = same.some((world) => world[cell]! > 0 && world[cell]! < minimum);
      if (small) expect(values.size, `${table} cell ${cell}`).toBeGreaterThan(1);
    }
  }
});

const people = fc.array(
  fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', OTHER), { minLength: 1, maxLength: 4 }),
  {
    minLength: 12,
    maxLength: 60,
  },
);

test('overlapping values: every row and its complement are large enough', () => {
  fc.assert(
    fc.property(people, (cases) => {
      const union = (codes: readonly string[]) =>
        cases.filter((values) => values.some((one) => codes.includes(one))).length;
      const given = ['a', 'b', 'c', 'd', 'e', OTHER].map((code) => ({
        code,
        count: union([code]),
      }));
      const rows = foldOverlapping({ cells: given, base: cases.length, minimum: 5, union });
      for (const { count } of rows) {
        expect(count).toBeGreaterThanOrEqual(5);
        expect(cases.length - count).toBeGreaterThanOrEqual(5);
      }
      expect(new Set(rows.map((row) => row.code)).size).toBe(rows.length);
    }),
    { numRuns: 1_000 },
  );
});

test('a value that nearly every case has is left out with its few exceptions', () => {
  const union = (codes: readonly string[]) => (codes.includes('a') ? 98 : 40);
  const given = [
    { code: 'a', count: 98 },
    { code: 'b', count: 40 },
  ];
  expect(foldOverlapping({ cells: given, base: 100, minimum: 5, union })).toEqual([given[1]]);
});

test('split rows nest in the table they come from, and neither subtracts from the other', () => {
  const halves = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 })),
    {
      minLength: 2,
      maxLength: 6,
    },
  );
  fc.assert(
    fc.property(halves, (pairs) => {
      const whole = pairs.map(([a, b], i) => ({ code: `c${i}`, count: a + b }));
      const table = foldPartition(whole, 5);
      const named = new Set(table.map((row) => row.code));
      const atoms = table.map(({ code }) => {
        const here = pairs.filter((_, i) => (named.has(`c${i}`) ? `c${i}` : OTHER) === code);
        return {
          code,
          with: here.reduce((sum, [a]) => sum + a, 0),
          without: here.reduce((sum, [, b]) => sum + b, 0),
        };
      });
      const rows = foldSplit(atoms, 11);
      for (const row of rows) {
        expect(Math.min(row.with, row.without)).toBeGreaterThanOrEqual(11);
        if (row.code !== OTHER) expect(atoms).toContainEqual(row);
      }
      const total = (list: readonly { with: number }[]) => list.reduce((sum, r) => sum + r.with, 0);
      if (rows.length > 0) expect(total(rows)).toBe(total(atoms));
      // What both tables together tell of a row's cases: its total less the split rows below it.
      for (const row of rows) {
        const size = table.find((one) => one.code === row.code)?.count ?? 0;
        if (row.code !== OTHER) expect(size - row.with).toBeGreaterThanOrEqual(11);
      }
    }),
    { numRuns: 2_000 },
  );
});
