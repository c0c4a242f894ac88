import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Presence } from '../../../server/letters/letter-model.ts';
import { presenceDays, presenceFigures } from '../../../server/letters/presence-days.ts';
import { layOutDays } from '../../../server/letters/sheets/day-chart.ts';
import { everywhere } from '../../builders/letter.ts';

const kindLabel = everywhere('car');
const at = (date: string, from: string, to: string) => ({ date, from, to });

const presence: Presence = {
  place: everywhere('near a site'),
  recordedDays: 5,
  reviewed: [
    at('2026-03-02', '08:00', '10:00'),
    at('2026-03-02', '11:00', '12:00'),
    at('2026-03-01', '08:00', '10:00'),
    at('2026-03-03', '08:00', '09:00'),
  ],
  intervals: [
    { ...at('2026-03-01', '08:10', '08:40'), kindLabel },
    { ...at('2026-03-01', '08:30', '08:55'), kindLabel },
    { ...at('2026-03-02', '11:00', '11:00:30'), kindLabel },
  ],
};

test('presence is counted by day, and overlapping vehicles count once', () => {
  expect(presenceFigures(presence)).toEqual({
    recordedDays: 5,
    reviewedDays: 3,
    presentDays: 2,
    intervals: 3,
    longestS: 45 * 60,
    reviewedS: 6 * 3600,
    presentS: 45 * 60 + 30,
  });
});

test('the longest presence is that of the bar: intervals that touch are one', () => {
  const touching: Presence = {
    ...presence,
    reviewed: [at('2026-03-01', '10:00', '13:00')],
    intervals: [
      { ...at('2026-03-01', '10:00', '11:00'), kindLabel },
      { ...at('2026-03-01', '11:00', '12:00'), kindLabel },
    ],
  };
  expect(presenceFigures(touching)).toMatchObject({ longestS: 2 * 3600, intervals: 2 });
});

describe('the chart', () => {
  const [chart] = layOutDays(presenceDays(presence), (date) => date);

  test('has one row a reviewed day, in order, on hatching that nothing but review removes', () => {
    expect(chart!.rows.map((row) => row.label)).toEqual(['2026-03-01', '2026-03-02', '2026-03-03']);
    // 08:00–12:00 is four hours over the whole plot; 10:00–11:00 of the second day was not reviewed.
    const [first, second] = chart!.rows[1]!.reviewed;
    const hour = chart!.plotWidth / 4;
    expect(first!.x).toBeCloseTo(chart!.left, 0);
    expect(first!.width).toBeCloseTo(2 * hour, 0);
    expect(second!.x).toBeCloseTo(chart!.left + 3 * hour, 0);
    expect(chart!.rows[2]!.reviewed).toHaveLength(1);
    expect(chart!.rows[2]!.present).toEqual([]);
  });

  test('shows even half a minute', () => {
    expect(chart!.rows[1]!.present[0]!.width).toBeGreaterThanOrEqual(3);
  });

  test('of a clip of ninety seconds still has a readable axis', () => {
    const [small] = layOutDays(
      [
        {
          date: '2026-03-01',
          reviewed: [{ fromS: 29_400, toS: 29_490 }],
          present: [{ fromS: 29_410, toS: 29_470 }],
        },
      ],
      (date) => date,
    );
    expect(small!.ticks.map((tick) => tick.label)).toEqual(['08:10', '08:11', '08:12']);
  });

  test('of many days goes on in further parts without losing one', () => {
    const days = Array.from({ length: 100 }, (_, i) => ({
      date: `day ${i}`,
      reviewed: [{ fromS: 0, toS: 86_400 }],
      present: [],
    }));
    const charts = layOutDays(days, (date) => date);
    expect(charts.flatMap((one) => one.rows.map((row) => row.label))).toEqual(
      days.map((day) => day.date),
    );
    expect(charts[0]!.ticks.length).toBeLessThanOrEqual(9);
  });

  test('never draws outside its frame', () => {
    const second = fc.integer({ min: 0, max: 86_399 });
    fc.assert(
      fc.property(fc.array(fc.tuple(second, second), { minLength: 1, maxLength: 5 }), (pairs) => {
        const spans = pairs.map(([a, b]) => ({ fromS: Math.min(a, b), toS: Math.max(a, b) + 1 }));
        const [drawn] = layOutDays([{ date: 'd', reviewed: spans, present: [] }], (date) => date);
        for (const bar of drawn!.rows[0]!.reviewed) {
          expect(bar.x).toBeGreaterThanOrEqual(drawn!.left - 0.1);
          expect(bar.x + bar.width).toBeLessThanOrEqual(drawn!.width);
        }
      }),
    );
  });
});
