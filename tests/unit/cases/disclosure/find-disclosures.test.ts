import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_CODE_LISTS } from '../../../../server/cases/codes/code-lists.ts';
import { deriveSmallGroups } from '../../../../server/cases/disclosure/derive-small-groups.ts';
import { findDisclosures } from '../../../../server/cases/disclosure/find-disclosures.ts';
import { publishedCells } from '../../../../server/cases/disclosure/published-cells.ts';
import type { PublishedCell, Release } from '../../../../server/cases/disclosure/release.ts';
import { summariseCases } from '../../../../server/cases/figures/summarise-cases.ts';
import { aCase } from '../../../builders/case.ts';

const lists = DEFAULT_CODE_LISTS;

function cell(code: string, cases: readonly string[], minimum = 5): PublishedCell {
  return { table: 'law-enforcement-act', code, minimum, cases };
}

function aRelease(changes: Partial<Release> = {}): Release {
  return {
    pack: 'EP-1',
    releasedAt: '2026-01-10T06:00:00Z',
    recipient: 'mvd',
    scope: '2025',
    cells: [],
    narratives: [],
    media: [],
    ...changes,
  };
}

const people = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => `case-${from + i}`);

test('one case more under the same count in a second pack is found and named', () => {
  const before = aRelease({ cells: [cell('threat', people(20))] });
  const now = aRelease({ pack: 'EP-2', cells: [cell('threat', people(21))] });
  expect(findDisclosures(now, [before])).toEqual([
    {
      kind: 'difference',
      cells: [{ table: 'law-enforcement-act', code: 'threat' }],
      packs: ['EP-1'],
      cases: ['case-20'],
    },
  ]);
});

test('a case that was withdrawn while many came is found when the same is asked again', () => {
  const before = aRelease({ cells: [cell('threat', people(20))] });
  const now = aRelease({ pack: 'EP-2', cells: [cell('threat', people(30, 1))] });
  expect(findDisclosures(now, [before]).map(({ cases }) => cases)).toContainEqual(['case-0']);
});

test('the same figures again, or ones of other people, disclose nothing', () => {
  const before = aRelease({ cells: [cell('threat', people(20))] });
  expect(findDisclosures({ ...before, pack: 'EP-2' }, [before])).toEqual([]);
  const others = aRelease({
    pack: 'EP-2',
    scope: '2026',
    cells: [cell('threat', people(20, 100))],
  });
  expect(findDisclosures(others, [before])).toEqual([]);
});

test('a total less the parts that three packs told is found', () => {
  const releases = [
    aRelease({ pack: 'EP-1', scope: 'a', cells: [cell('x', people(20))] }),
    aRelease({ pack: 'EP-2', scope: 'b', cells: [cell('y', people(20, 20))] }),
  ];
  const now = aRelease({ pack: 'EP-3', scope: 'c', cells: [cell('z', people(42))] });
  const found = findDisclosures(now, releases);
  expect(found.map(({ kind, cases }) => [kind, [...cases].sort()])).toEqual([
    ['derived', ['case-40', 'case-41']],
  ]);
});

test('a story told before in other words is refused, in the same words not', () => {
  const before = aRelease({ narratives: [{ case: 'case-1', sha256: 'a' }] });
  const changed = aRelease({ pack: 'EP-2', narratives: [{ case: 'case-1', sha256: 'b' }] });
  expect(findDisclosures(changed, [before])).toMatchObject([
    { kind: 'story-changed', packs: ['EP-1'], cases: ['case-1'] },
  ]);
  expect(findDisclosures({ ...before, pack: 'EP-2' }, [before])).toEqual([]);
});

/** Whether a set of cases is a rational combination of cells, by plain elimination over fractions. */
function followsFrom(target: readonly string[], cells: readonly PublishedCell[]): boolean {
  const ids = [...new Set(cells.flatMap(({ cases }) => cases))];
  const vector = (cases: readonly string[]) => ids.map((id) => (cases.includes(id) ? 1n : 0n));
  const rankOf = (rows: bigint[][]) => {
    const left = rows.map((row) => [...row]);
    let rank = 0;
    for (let column = 0; column < ids.length; column++) {
      const at = left.findIndex((row, i) => i >= rank && row[column] !== 0n);
      if (at < 0) continue;
      [left[rank], left[at]] = [left[at]!, left[rank]!];
      const pivot = left[rank]!;
      for (let i = rank + 1; i < left.length; i++) {
        const factor = left[i]![column]!;
        left[i] = left[i]!.map((value, c) => value * pivot[column]! - factor * pivot[c]!);
      }
      rank++;
    }
    return rank;
  };
  const rows = cells.map(({ cases }) => vector(cases));
  return rankOf([...rows, vector(target)]) === rankOf(rows);
}

function subsets(ids: readonly string[], most: number): string[][] {
  let all: string[][] = [[]];
  for (const id of ids) {
    all = [...all, ...all.filter((one) => one.length < most).map((one) => [...one, id])];
  }
  return all.filter((one) => one.length > 0);
}

test('property: brute force derives no small group that the search does not find', () => {
  const ids = people(10);
  fc.assert(
    fc.property(
      fc.array(fc.subarray(ids, { minLength: 1 }), { minLength: 1, maxLength: 8 }),
      (sets) => {
        const cells = sets.map((cases, i) => cell(String(i), cases, 5));
        const found = deriveSmallGroups(cells);
        for (const group of found) expect(followsFrom(group.cases, cells)).toBe(true);
        const told = [...new Set(sets.flat())];
        const derivable = subsets(told, 4).filter((one) => followsFrom(one, cells));
        for (const group of derivable) {
          expect(found.some(({ cases }) => cases.every((id) => group.includes(id)))).toBe(true);
        }
      },
    ),
    { numRuns: 60 },
  );
});

const CASE = fc.record({
  primaryPopulation: fc.constantFrom('pwid', 'sw', 'plhiv'),
  acts: fc.subarray(['threat', 'beating', 'extortion', 'humiliation'], { minLength: 1 }),
  durationMinutes: fc.constantFrom(null, 179, 180, 181),
  place: fc.constantFrom('street', 'vehicle', 'station'),
  oblast: fc.constantFrom('bishkek', 'osh', 'chuy'),
  month: fc.constantFrom('2021-02', '2021-09', '2022-03'),
  nearOstSite: fc.constantFrom('yes' as const, 'no' as const),
  perpetrators: fc.constantFrom('police-district', 'health-worker').map((one) => [one]),
});

test('property: every published count is traced to as many cases', () => {
  fc.assert(
    fc.property(fc.array(CASE, { minLength: 11, maxLength: 150 }), (drawn) => {
      const cases = drawn.map((one) => aCase(one));
      const summary = summariseCases(cases, lists);
      const cells = publishedCells(summary, cases, lists);
      const counts = summary.tables.flatMap(({ rows }) => rows.map(({ count }) => count));
      const traced = cells.filter(({ table }) => table !== 'total');
      expect(traced.map((one) => one.cases.length)).toEqual(counts);
    }),
  );
});

test('property: of two packs that pass, no count changes by few and no few are derivable', () => {
  let passed = 0;
  fc.assert(
    fc.property(
      fc.array(CASE, { minLength: 60, maxLength: 200 }),
      fc.integer({ min: 0, max: 120 }),
      (drawn, more) => {
        const cases = drawn.map((one) => aCase(one));
        const published = (some: typeof cases, pack: string) =>
          aRelease({
            pack,
            cells: publishedCells(summariseCases(some, lists), some, lists),
          });
        const first = published(cases.slice(0, Math.max(40, cases.length - more)), 'EP-1');
        const second = published(cases, 'EP-2');
        if (findDisclosures(first, []).length > 0) return;
        if (findDisclosures(second, [first]).length > 0) return;
        passed++;
        for (const { table, code, cases: now, minimum } of second.cells) {
          const then = first.cells.find((one) => one.table === table && one.code === code);
          const change = Math.abs(now.length - (then?.cases.length ?? now.length));
          expect(change === 0 || change >= minimum).toBe(true);
        }
        // A reader of both packs, who even knows which case is which: nobody is alone.
        const told = [...first.cells, ...second.cells];
        const some = cases.filter((_, i) => i % 7 === 0);
        for (const { id } of some) expect(followsFrom([id], told)).toBe(false);
      },
    ),
    { numRuns: 25 },
  );
  expect(passed).toBeGreaterThan(2);
});
