import { describe, expect, test } from 'vitest';
import { createTimeLeft } from '../../../server/kernel/time-left.ts';

describe('the time that is left', () => {
  test('follows the speed of the work', () => {
    const left = createTimeLeft();
    const told = Array.from({ length: 11 }, (_, second) =>
      left.estimate(50 * second, 1000, second * 1000),
    );
    expect(told[1]).toBeNull();
    expect(told[10]).toBeCloseTo(10);
  });

  test('is not misled by what was found done: only the last half minute counts', () => {
    const left = createTimeLeft();
    left.estimate(0, 10_000, 0);
    // Found done at once, then ten a second.
    let told: number | null = null;
    for (let second = 1; second <= 90; second++) {
      told = left.estimate(8000 + 10 * second, 10_000, second * 1000);
    }
    expect(told).toBeCloseTo((10_000 - 8900) / 10);
  });

  test('says nothing while nothing moves, and after work began again', () => {
    const left = createTimeLeft();
    for (let second = 0; second < 40; second++) {
      expect(left.estimate(7, 100, second * 1000)).toBeNull();
    }
    expect(left.estimate(50, 100, 41_000)).not.toBeNull();
    expect(left.estimate(3, 100, 42_000)).toBeNull();
  });

  test('is nothing when all is done', () => {
    const left = createTimeLeft();
    left.estimate(0, 10, 0);
    expect(left.estimate(10, 10, 5000)).toBe(0);
  });
});
