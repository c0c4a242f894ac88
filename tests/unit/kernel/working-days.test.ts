import { describe, expect, test } from 'vitest';
import { workingDaysAfter } from '../../../server/kernel/working-days.ts';

// The expected days were counted by hand on a wall calendar.

const MAY = ['01', '02', '03', '04', '05', '06', '07', '08', '09'].map((day) => ({
  date: `2026-05-${day}`,
}));

describe('working days after a day', () => {
  test.each([
    ['2026-04-24', 1, [], '2026-04-27'],
    ['2026-04-24', 10, MAY, '2026-05-18'],
    ['2026-04-24', 14, MAY, '2026-05-22'],
    ['2026-04-25', 1, [], '2026-04-27'],
    ['2024-02-28', 2, [], '2024-03-01'],
    ['2026-12-31', 1, [], '2027-01-01'],
  ])('%s and %i days', (from, count, holidays, due) => {
    expect(workingDaysAfter(from, count, holidays)).toBe(due);
  });

  test('a holiday on a weekend moves nothing', () => {
    const saturday = [{ date: '2026-04-25' }];
    expect(workingDaysAfter('2026-04-24', 1, saturday)).toBe('2026-04-27');
  });
});
