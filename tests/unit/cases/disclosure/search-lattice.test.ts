import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Choice,
  type Lattice,
  searchLattice,
} from '../../../../server/cases/disclosure/search-lattice.ts';

const LATTICE: Lattice = [
  {
    name: 'time',
    levels: [
      { level: 'month', cost: 0 },
      { level: 'year', cost: 2 },
      { level: null, cost: 3 },
    ],
  },
  {
    name: 'area',
    levels: [
      { level: 'district', cost: 0 },
      { level: 'oblast', cost: 1 },
      { level: null, cost: 4 },
    ],
  },
  {
    name: 'act',
    levels: [
      { level: 'act', cost: 0 },
      { level: null, cost: 5 },
    ],
  },
];

const has = (choice: Choice, part: Choice) =>
  Object.entries(part).every(([name, level]) => choice[name] === level);

test('the finest is taken when nothing speaks against it', () => {
  expect(searchLattice(LATTICE, () => [])).toEqual({
    time: 'month',
    area: 'district',
    act: 'act',
  });
});

test('null when not even the totals may be told', () => {
  expect(searchLattice(LATTICE, () => [{}])).toBeNull();
});

test('property: no cheaper choice would have passed', () => {
  const every: Choice[] = [];
  for (const time of ['month', 'year', null]) {
    for (const area of ['district', 'oblast', null]) {
      for (const act of ['act', null]) {
        const told = Object.entries({ time, area, act }).filter(([, level]) => level !== null);
        every.push(Object.fromEntries(told) as Choice);
      }
    }
  }
  const costOf = (choice: Choice) =>
    LATTICE.reduce(
      (sum, { name, levels }) =>
        sum + levels.find(({ level }) => level === (choice[name] ?? null))!.cost,
      0,
    );
  const parts = fc.array(
    fc.constantFrom(...every.filter((choice) => Object.keys(choice).length > 0)),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(parts, (refused) => {
      let looked = 0;
      const found = searchLattice(LATTICE, (choice) => {
        looked++;
        return refused.filter((part) => has(choice, part)).slice(0, 1);
      });
      const open = every.filter((choice) => !refused.some((part) => has(choice, part)));
      expect(found).not.toBeNull();
      expect(costOf(found!)).toBe(Math.min(...open.map(costOf)));
      expect(looked).toBeLessThanOrEqual(refused.length + 1);
    }),
  );
});
