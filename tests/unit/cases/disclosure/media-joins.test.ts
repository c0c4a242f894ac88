import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  findMediaJoins,
  type MediaMoment,
  readClipMoment,
} from '../../../../server/cases/disclosure/media-joins.ts';
import { aCase } from '../../../builders/case.ts';

// Who is led to a case by footage of its time and place.

const nobody = { told: new Set<string>() };
const clip = (text: string) => readClipMoment(text)!;
const log = (date: string, from: string, to: string, site: string | null): MediaMoment => ({
  medium: 'presence',
  date,
  from,
  to,
  site,
});
const near = (site: string | null) => ({ site, nearOstSite: 'yes' as const });

test('a clip leads to the case of its day and place, and to no other', () => {
  const there = aCase({ month: '2026-03', date: '2026-03-03', ...near('osh-1') });
  const others = [
    aCase({ month: '2026-03', date: '2026-03-04', ...near('osh-1') }),
    aCase({ month: '2026-03', date: '2026-03-03', ...near('osh-2') }),
    aCase({ month: '2026-03', date: '2026-03-03' }),
    aCase({ month: '2025-03', date: '2025-03-03', ...near('osh-1') }),
  ];
  const moments = [clip('2026-03-03T14:00/14:20@osh-1')];
  expect(findMediaJoins([...others, there], moments, nobody)).toEqual([
    {
      id: there.id,
      case: there.registryCode,
      by: 'day',
      medium: 'clip',
      date: '2026-03-03',
      from: '14:00',
      to: '14:20',
      site: 'osh-1',
      moments: 1,
      fits: 1,
      told: false,
    },
  ]);
});

test('an unknown place may be any, and a second case of the day takes nobody out', () => {
  const cases = [near('osh-1'), near(null), { site: null, nearOstSite: 'no' as const }].map((at) =>
    aCase({ month: '2026-03', date: '2026-03-03', ...at }),
  );
  const of = (site: string | null) =>
    findMediaJoins(cases, [log('2026-03-03', '08:00', '08:05', site)], nobody);
  expect(of('osh-1').map((join) => [join.case, join.fits, join.site])).toEqual([
    [cases[0]!.registryCode, 2, 'osh-1'],
    [cases[1]!.registryCode, 2, null],
  ]);
  expect(of(null).map(({ fits, site }) => [fits, site])).toEqual([
    [3, null],
    [3, null],
    [3, null],
  ]);
});

test('a case of an unknown day is named if its story is told, or if few are of its month', () => {
  const cases = Array.from({ length: 6 }, () => aCase({ month: '2026-03', ...near('osh-1') }));
  const moments = [
    log('2026-03-09', '10:00', '10:05', 'osh-1'),
    log('2026-03-03', '08:00', '08:05', 'osh-1'),
    log('2026-04-03', '08:00', '08:05', 'osh-1'),
  ];
  expect(findMediaJoins(cases, moments, nobody)).toEqual([]);
  const told = { told: new Set([cases[4]!.id]) };
  expect(findMediaJoins(cases, moments, told)).toMatchObject([
    { id: cases[4]!.id, by: 'month', date: '2026-03-03', moments: 2, fits: 6, told: true },
  ]);
  expect(findMediaJoins(cases.slice(2), moments, nobody)).toHaveLength(4);
});

test('whatever the cases and the footage: as one would look through them by hand', () => {
  const sites = fc.constantFrom('a', 'b', null);
  const day = fc.integer({ min: 1, max: 4 }).map((n) => `2026-03-0${n}`);
  const cases = fc.array(
    fc.record({ date: fc.option(day), site: sites, nearOstSite: fc.constantFrom('yes', 'no') }),
    { maxLength: 12 },
  );
  const moments = fc.array(
    fc.record({
      medium: fc.constantFrom('clip' as const, 'presence' as const),
      date: day,
      from: fc.constantFrom('08:00', '09:00'),
      to: fc.constant('10:00'),
      site: sites,
    }),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(cases, moments, (drawn, times) => {
      const all = drawn.map(({ date, site, nearOstSite }) =>
        aCase({
          month: '2026-03',
          date,
          site,
          nearOstSite: site === null ? (nearOstSite as 'yes' | 'no') : 'yes',
        }),
      );
      const told = new Set(all.filter((_, i) => i % 3 === 0).map(({ id }) => id));
      const meets = (one: (typeof all)[number], time: MediaMoment) =>
        (one.date === null || one.date === time.date) &&
        (time.site === null ||
          one.site === time.site ||
          (one.site === null && one.nearOstSite === 'yes'));
      const expected = all.flatMap((one) =>
        (['clip', 'presence'] as const).flatMap((medium) => {
          const found = times.filter((time) => time.medium === medium && meets(one, time));
          const fits = all.filter((other) => found.some((time) => meets(other, time))).length;
          const isNamed = one.date !== null || told.has(one.id) || fits < 5;
          if (found.length === 0 || !isNamed) return [];
          const [first] = found.map(({ date, from }) => `${date} ${from}`).sort();
          return [`${one.id} ${medium} ${first} ${found.length} ${fits}`];
        }),
      );
      const joins = findMediaJoins(all, times, { told });
      const named = joins.map(({ id, medium, date, from, moments: count, fits }) => {
        return `${id} ${medium} ${date} ${from} ${count} ${fits}`;
      });
      expect(named.sort()).toEqual(expected.sort());
    }),
    { numRuns: 200 },
  );
});

test.each([
  '2026-03-03',
  '2026-02-30T14:00/14:20',
  '2026-03-03T14:20/14:00',
  '2026-03-03T14:00/14:00',
  '2026-03-03T25:00/26:00',
  '2026-03-03T23:50/00:20',
  '2026-03-03T24:00/00:00',
  '2026-03-03T14:00/14:20@Bazar-1',
  '2026-03-03T14:00/14:20@Ош',
  '2026-03-03T14:00/2026-03-03T14:20',
  ' 2026-03-03T14:00/14:20',
])('no time of a clip: %s', (text) => {
  expect(readClipMoment(text)).toBeNull();
});

test('a clip may last to the end of its day', () => {
  expect(readClipMoment('2026-03-03T23:50/24:00')).toMatchObject({ to: '24:00', site: null });
});
