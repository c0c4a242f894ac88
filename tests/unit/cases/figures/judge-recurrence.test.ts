import { expect, test } from 'vitest';
import { judgeRecurrence } from '../../../../server/cases/figures/judge-recurrence.ts';
import type { StatisticTable } from '../../../../server/cases/figures/statistic-table.ts';

const label = { ky: 'к', ru: 'р', en: 'e' };

function table(level: string, counts: Record<string, number>): StatisticTable {
  return {
    name: `law-enforcement-${level}`,
    title: label,
    base: 100,
    minimum: 5,
    level,
    rows: Object.entries(counts).map(([code, count]) => ({
      code,
      label,
      count,
      base: 100,
      percent: count,
    })),
    csvBytes: new Uint8Array(),
  };
}

const area = table('oblast', { bishkek: 50, osh: 11, chuy: 10, other: 29 });
const act = table('act', { threat: 40, beating: 30, extortion: 11 });

test('four quarters in a row over the turn of a year, two areas and three acts recur', () => {
  const time = table('quarter', {
    '2020-q3': 11,
    '2020-q4': 20,
    '2021-q1': 11,
    '2021-q2': 30,
    '2021-q4': 40,
  });
  expect(judgeRecurrence({ tables: [time, area, act] })).toMatchObject({
    monthsInARow: 12,
    areas: 2,
    acts: 3,
    met: true,
  });
});

test('a gap, a quarter of ten cases or too few acts do not', () => {
  const gap = table('quarter', { '2020-q3': 11, '2020-q4': 10, '2021-q1': 30, '2021-q2': 30 });
  expect(judgeRecurrence({ tables: [gap, area, act] })).toMatchObject({
    monthsInARow: 6,
    met: false,
  });
  const halves = table('half-year', { '2020-h2': 30, '2021-h1': 30, other: 40 });
  const few = table('act', { threat: 60, beating: 20, other: 20 });
  expect(judgeRecurrence({ tables: [halves, area, few] })).toMatchObject({
    monthsInARow: 12,
    acts: 2,
    met: false,
  });
});

test('months and years are counted as what they are', () => {
  const months = table('month', { '2020-11': 11, '2020-12': 11, '2021-01': 11, '2021-03': 11 });
  expect(judgeRecurrence({ tables: [months, area, act] })?.monthsInARow).toBe(3);
  const years = table('year', { '2020': 50, '2021': 50 });
  expect(judgeRecurrence({ tables: [years, area, act] })?.monthsInARow).toBe(24);
});

test('where time, place or acts are not told nothing is judged', () => {
  expect(judgeRecurrence({ tables: [area, act] })).toBeNull();
});
