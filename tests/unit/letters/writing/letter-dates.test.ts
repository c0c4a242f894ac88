import { expect, test } from 'vitest';
import {
  during,
  longDate,
  longMonth,
  ofDate,
  onDate,
  shortDate,
  sinceDate,
} from '../../../../server/letters/writing/letter-dates.ts';

test.each([
  ['2026-04-24', '2026-жылдын 24-апрели', '24 апреля 2026 года', '24 April 2026'],
  ['2021-08-01', '2021-жылдын 1-августу', '1 августа 2021 года', '1 August 2021'],
  ['2024-05-09', '2024-жылдын 9-майы', '9 мая 2024 года', '9 May 2024'],
  ['2025-12-31', '2025-жылдын 31-декабры', '31 декабря 2025 года', '31 December 2025'],
])('%s is written out in each language', (date, ky, ru, en) => {
  expect([longDate(date, 'ky'), longDate(date, 'ru'), longDate(date, 'en')]).toEqual([ky, ru, en]);
});

test.each([
  ['2026-04-24', '24-апрелинде', '24-апрелиндеги', '24-апрелинен'],
  ['2026-05-22', '22-майында', '22-майындагы', '22-майынан'],
  ['2026-06-01', '1-июнунда', '1-июнундагы', '1-июнунан'],
  ['2026-10-03', '3-октябрында', '3-октябрындагы', '3-октябрынан'],
])('%s takes its Kyrgyz case in a sentence', (date, ...days) => {
  const said = [onDate, ofDate, sinceDate].map((write) => write(date, 'ky'));
  expect(said).toEqual(days.map((day) => `2026-жылдын ${day}`));
});

test('short dates and months', () => {
  expect(shortDate('2026-03-02', 'ky')).toBe('02.03.2026');
  expect(shortDate('2026-03-02', 'en')).toBe('02/03/2026');
  expect(longMonth('2021-02', 'ky')).toBe('2021-жылдын февралы');
  expect(longMonth('2021-02', 'ru')).toBe('февраль 2021 года');
});

test.each([
  ['2020-01', '2021-12', '2020–2021-жылдары', 'в 2020–2021 годах', 'in 2020–21'],
  ['2021-01', '2021-12', '2021-жылы', 'в 2021 году', 'in 2021'],
  ['1999-01', '2001-12', '1999–2001-жылдары', 'в 1999–2001 годах', 'in 1999–2001'],
  [
    '2020-03',
    '2021-02',
    '2020-жылдын марты — 2021-жылдын февралы аралыгында',
    'с марта 2020 года по февраль 2021 года',
    'from March 2020 to February 2021',
  ],
  ['2021-02', '2021-02', '2021-жылдын февралы ичинде', 'за февраль 2021 года', 'in February 2021'],
])('the period %s to %s reads inside a sentence', (from, to, ky, ru, en) => {
  const period = { from, to };
  expect([during(period, 'ky'), during(period, 'ru'), during(period, 'en')]).toEqual([ky, ru, en]);
});
