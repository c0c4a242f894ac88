import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layOutBars } from '../../../../server/letters/sheets/bar-chart.ts';

const rows = (...counts: number[]) =>
  counts.map((count, i) => ({ label: `row ${i}`, count, folded: false }));
const layOut = (given: Parameters<typeof layOutBars>[0]['rows']) =>
  layOutBars({ rows: given, alt: 'a chart', number: String });

test('bars are as long as their counts, from 0', () => {
  const [one, two, none] = layOut(rows(50, 100, 0)).rows;
  expect(two!.width).toBeCloseTo(2 * one!.width, 0);
  expect(none!.width).toBe(0);
  expect(none!.hatch).toBe('');
});

test('what is counted together is hatched the other way', () => {
  const [own, folded] = layOut([
    { label: 'own', count: 20, folded: false },
    { label: 'other', count: 20, folded: true },
  ]).rows;
  expect(own!.hatch).not.toBe(folded!.hatch);
  expect(own!.hatch.match(/M/g)?.length).toBe(folded!.hatch.match(/M/g)?.length);
});

test('property: everything lies inside the frame, and the same rows give the same picture', () => {
  const some = fc.array(
    fc.record({
      label: fc.oneof(fc.lorem({ maxCount: 60 }), fc.string({ minLength: 1, maxLength: 300 })),
      count: fc.integer({ min: 0, max: 100_000 }),
      folded: fc.boolean(),
    }),
    { minLength: 1, maxLength: 30 },
  );
  fc.assert(
    fc.property(some, (given) => {
      const chart = layOut(given);
      expect(layOut(given)).toEqual(chart);
      for (const row of chart.rows) {
        expect(row.x + row.width).toBeLessThanOrEqual(chart.width);
        expect(row.y + row.height).toBeLessThanOrEqual(chart.height);
        expect(row.lines.length).toBeLessThanOrEqual(3);
        for (const { text } of row.lines) expect(text.length).toBeLessThanOrEqual(42);
        for (const [, x, y] of row.hatch.matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)) {
          expect(Number(x)).toBeGreaterThanOrEqual(0);
          expect(Number(x)).toBeLessThanOrEqual(row.width + 0.1);
          expect(Number(y)).toBeGreaterThanOrEqual(-0.1);
          expect(Number(y)).toBeLessThanOrEqual(row.height + 0.1);
        }
      }
      for (const { x } of chart.ticks) expect(x).toBeLessThanOrEqual(chart.width);
    }),
    { numRuns: 12 },
  );
});
