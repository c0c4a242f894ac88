import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSeededRandom } from '../../../../scripts/sample/seeded-random.ts';
import type { CaseRecord } from '../../../../server/cases/case.ts';
import { DEFAULT_CODE_LISTS as lists } from '../../../../server/cases/codes/code-lists.ts';
import { findDisclosures } from '../../../../server/cases/disclosure/find-disclosures.ts';
import {
  DEFAULT_HIERARCHY,
  parseHierarchy,
} from '../../../../server/cases/disclosure/hierarchy.ts';
import { createPlanFigures } from '../../../../server/cases/disclosure/plan-figures.ts';
import type { Release } from '../../../../server/cases/disclosure/release.ts';
import { newId } from '../../../../server/kernel/ids.ts';
import { aCase } from '../../../builders/case.ts';
import { seededBytes } from '../../../builders/sealed-pack.ts';

/** Which cases go along with one that is gone follows from their ids, so these are the same in every run. */
const random = seededBytes(20261127);
const many = (count: number, changes: Partial<CaseRecord>) =>
  Array.from({ length: count }, () => aCase({ id: newId(random), ...changes }));

/** Plans one release after the other; what is safe goes out and is remembered. */
function series(hierarchy = DEFAULT_HIERARCHY) {
  const ledger: Release[] = [];
  const plan = createPlanFigures({ ledger: { releases: async () => ledger }, lists, hierarchy });
  return async (
    cases: readonly CaseRecord[],
    { recipient = 'ministry', scope = '{}', stories = [] as readonly string[] } = {},
  ) => {
    const planned = await plan({ cases, recipient, scope, stories });
    const release: Release = {
      pack: `EP-${ledger.length + 1}`,
      releasedAt: '2026-01-10T06:00:00Z',
      recipient,
      scope,
      cells: planned.cells,
      narratives: [],
      media: [],
    };
    const found = findDisclosures(release, ledger);
    if (found.length === 0) ledger.push(release);
    return { ...planned, found, names: planned.summary.tables.map(({ name }) => name) };
  };
}

const world = [
  ...many(60, { district: 'bishkek-lenin', acts: ['threat', 'beating'], month: '2020-02' }),
  ...many(50, { oblast: 'osh', district: 'kara-suu', acts: ['extortion'], month: '2021-08' }),
  ...many(50, { primaryPopulation: 'sw', nearOstSite: 'yes', month: '2021-11' }),
  ...many(40, { perpetrators: ['health-worker'] }),
];

test('each kind of reader is told as finely as its profile allows, and no finer', async () => {
  const levelsFor = async (recipient: string) => (await series()(world, { recipient })).levels;
  expect(await levelsFor('prosecutor')).toMatchObject({ time: 'month', area: 'district' });
  expect(await levelsFor('ministry')).toMatchObject({ time: 'quarter', area: 'oblast' });
  expect(await levelsFor('nobody-we-know')).toMatchObject({ time: 'half-year', area: 'oblast' });
  const carried = await levelsFor('street-lawyer');
  expect(carried).toMatchObject({ time: 'year', act: 'act-group' });
  expect(carried.population).toBeUndefined();
});

test('a level that would fold much is told more coarsely, and the plan says so', async () => {
  const spread = Array.from({ length: 120 }, (_, i) =>
    aCase({
      month: `2021-${String(1 + (i % 12)).padStart(2, '0')}`,
      acts: [i % 2 ? 'threat' : 'beating'],
    }),
  ).slice(0, 48);
  const cases = [...spread, ...many(30, { perpetrators: ['family'] })];
  const { levels, coarsened } = await series()(cases, { recipient: 'prosecutor' });
  expect(levels.time).toBe('quarter');
  expect(coarsened).toContainEqual({ dimension: 'time', from: 'month', to: 'quarter' });
});

test('one new case waits, and is counted once there are enough', async () => {
  const next = series();
  await next(world);
  const one = aCase({ acts: ['extortion'], oblast: 'osh' });
  const second = await next([...world, one]);
  expect(second.found).toEqual([]);
  expect(second.heldBack).toEqual([one]);
  const more = many(12, { acts: ['extortion'], oblast: 'osh' });
  const third = await next([...world, one, ...more]);
  expect(third.found).toEqual([]);
  expect(third.summary.documented).toBe(213);
});

test('a withdrawn case takes enough like it along, not one more when it is told again', async () => {
  const next = series();
  await next(world);
  const [gone, ...left] = world;
  const kept = left[0]!;
  const second = await next(left, { stories: [kept.id] });
  expect(second.found).toEqual([]);
  expect(second.heldBack.length).toBeGreaterThanOrEqual(4);
  expect(second.heldBack.length).toBeLessThanOrEqual(10);
  expect(second.heldBack).not.toContain(kept);
  expect(second.counted).not.toContain(gone);
  expect(second.names).toContain('law-enforcement-quarter');
  const third = await next(left, { stories: [kept.id] });
  expect(third.heldBack).toEqual(second.heldBack);
  expect(third.cells).toEqual(second.cells);
  expect(third.found).toEqual([]);
});

test('whoever is gone, what is told again leaves out nobody else, and tells it as finely', async () => {
  for (let seed = 1; seed <= 12; seed++) {
    const ids = seededBytes(seed);
    const drawn = createSeededRandom(`told-again/${seed}`);
    const cases = world.map((one) => ({ ...one, id: newId(ids) }));
    const next = series();
    await next(cases);
    const left = cases.filter(() => drawn.below(cases.length) > 1);
    const second = await next(left);
    const third = await next(left);
    expect([second.found, third.found]).toEqual([[], []]);
    expect(third.heldBack).toEqual(second.heldBack);
    expect(third.cells).toEqual(second.cells);
    // A few that came since wait, or are counted; they push out nobody either.
    const fourth = await next([
      ...left,
      ...many(1 + drawn.below(14), { acts: ['extortion'], oblast: 'osh' }),
    ]);
    expect(fourth.found).toEqual([]);
    for (const { id } of third.counted)
      expect(fourth.heldBack.map((one) => one.id)).not.toContain(id);
  }
});

test('a case that comes back is counted again with those that were left out for it', async () => {
  const next = series();
  await next(world);
  const [, ...left] = world;
  const second = await next(left);
  expect(second.heldBack.length).toBeGreaterThan(0);
  const third = await next(world);
  expect(third.found).toEqual([]);
  expect(third.heldBack).toEqual([]);
  expect(third.summary.documented).toBe(world.length);
});

test('a site is named where its patients are known and many; a small one is told as its oblast', async () => {
  const label = { ky: 'Пункт', ru: 'Пункт', en: 'Site' };
  const site = (code: string, patients: number) => ({ code, patients, asOf: '2026-01-01', label });
  const hierarchy = parseHierarchy({
    ...DEFAULT_HIERARCHY,
    sites: [site('bishkek-large', 300), site('bishkek-small', 20)],
  });
  const near = (code: string, changes: Partial<CaseRecord>) =>
    many(30, { site: code, nearOstSite: 'yes', ...changes });
  const cases = [
    ...near('bishkek-large', { acts: ['beating'] }),
    ...near('bishkek-small', {}),
    ...near('bishkek-unknown', {}),
    ...many(60, { primaryPopulation: 'sw' }),
    ...many(40, { perpetrators: ['health-worker'] }),
    ...near('osh-unknown', { oblast: 'osh' }),
    ...many(30, { oblast: 'osh' }),
  ];
  const { summary } = await series(hierarchy)(cases, { recipient: 'prosecutor' });
  const table = summary.tables.find(({ name }) => name === 'near-ost-site');
  expect(table?.rows.map(({ code, count }) => [code, count])).toEqual([
    ['bishkek-large', 30],
    ['bishkek', 60],
    ['osh', 30],
  ]);
});

test('a hierarchy with a profile finer than its levels is refused, with the place', () => {
  const wrong = structuredClone(DEFAULT_HIERARCHY);
  wrong.profiles.public = { time: 'day' };
  expect(() => parseHierarchy(wrong)).toThrow(/profiles\.public\.time/);
});

const CASE = fc.record({
  primaryPopulation: fc.constantFrom('pwid', 'sw', 'plhiv'),
  acts: fc.subarray(['threat', 'beating', 'extortion'], { minLength: 1 }),
  place: fc.constantFrom('street', 'vehicle'),
  oblast: fc.constantFrom('bishkek', 'osh', 'chuy'),
  month: fc.constantFrom('2021-02', '2021-05', '2021-09'),
  nearOstSite: fc.constantFrom('yes' as const, 'no' as const),
  perpetrators: fc.constantFrom<string[][]>(['police-district'], ['health-worker']),
});

test('property: whatever comes and goes, a second pack goes out and no count changes by few', async () => {
  let out = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(CASE, { minLength: 90, maxLength: 160 }),
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: 0, max: 30 }),
      async (drawn, gone, came) => {
        const cases = drawn.map((one) => aCase(one));
        const next = series();
        const first = await next(cases.slice(came));
        const second = await next(cases.slice(0, cases.length - gone));
        if (first.found.length > 0 || second.found.length > 0) return;
        out++;
        for (const { table, code, cases: now, minimum } of second.cells) {
          const then = first.cells.find((one) => one.table === table && one.code === code);
          if (then === undefined) continue;
          const [added, removed] = [
            now.filter((id) => !then.cases.includes(id)).length,
            then.cases.filter((id) => !now.includes(id)).length,
          ];
          for (const few of [added, removed, Math.abs(added - removed)])
            expect(few === 0 || few >= minimum).toBe(true);
        }
      },
    ),
    { seed: 20261127, numRuns: 8, endOnFailure: true },
  );
  expect(out).toBeGreaterThanOrEqual(6);
});

test('what was planned once is planned alike when later releases are left aside', async () => {
  const releases: Release[] = [];
  const ledger = { releases: async () => releases };
  const plan = createPlanFigures({ ledger, lists, hierarchy: DEFAULT_HIERARCHY });
  const asked = { recipient: 'ministry', scope: '{}', stories: [] };
  const keep = (pack: string, { cells }: Awaited<ReturnType<typeof plan>>) => {
    const releasedAt = '2026-01-10T06:00:00Z';
    releases.push({ ...asked, pack, releasedAt, cells, narratives: [], media: [] });
  };
  keep('EP-1', await plan({ cases: world, ...asked }));
  const cases = [...world, ...many(30, { acts: ['threat'] })];
  const second = await plan({ cases, ...asked });
  keep('EP-2', second);
  keep('EP-3', await plan({ cases: [...cases, ...many(20, { acts: ['extortion'] })], ...asked }));
  expect(await plan({ cases, ...asked, before: 'EP-2' })).toEqual(second);
});
