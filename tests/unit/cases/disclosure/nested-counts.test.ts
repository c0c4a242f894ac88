import { expect, test } from 'vitest';
import { createSeededRandom } from '../../../../scripts/sample/seeded-random.ts';
import type { CaseRecord } from '../../../../server/cases/case.ts';
import { DEFAULT_CODE_LISTS as lists } from '../../../../server/cases/codes/code-lists.ts';
import { findDisclosures } from '../../../../server/cases/disclosure/find-disclosures.ts';
import { DEFAULT_HIERARCHY as hierarchy } from '../../../../server/cases/disclosure/hierarchy.ts';
import { createPlanFigures } from '../../../../server/cases/disclosure/plan-figures.ts';
import type { PublishedCell, Release } from '../../../../server/cases/disclosure/release.ts';
import { newId } from '../../../../server/kernel/ids.ts';
import { aCase } from '../../../builders/case.ts';
import { seededBytes } from '../../../builders/sealed-pack.ts';

type Random = ReturnType<typeof createSeededRandom>;

/** Six of ten cases alike, the others as they come: few have something that nobody else has. */
function drawCase(random: Random, ids: ReturnType<typeof seededBytes>): CaseRecord {
  const alike = random.below(10) < 6;
  const acts = ['threat', 'beating', 'extortion', 'humiliation'];
  return aCase({
    id: newId(ids),
    primaryPopulation: alike ? 'pwid' : random.pick(['sw', 'plhiv', 'pwid']),
    acts: alike ? ['threat'] : random.shuffled(acts).slice(0, 1 + random.below(2)),
    place: random.pick(['street', 'vehicle']),
    oblast: alike ? 'bishkek' : random.pick(['osh', 'chuy', 'naryn']),
    month: `202${random.below(3)}-${String(1 + random.below(12)).padStart(2, '0')}`,
    nearOstSite: random.pick(['yes', 'no'] as const),
    perpetrators: random.below(5) === 0 ? ['health-worker'] : ['police-district'],
  });
}

/** Three packs for readers who tell each other everything, while cases come and go. */
async function threePacks(size: number, seed: number): Promise<{ out: Release[]; few: number }> {
  const random = createSeededRandom(`nested-counts/${size}/${seed}`);
  const ids = seededBytes(1 + seed * 1_000 + size);
  const out: Release[] = [];
  const plan = createPlanFigures({ ledger: { releases: async () => out }, lists, hierarchy });
  let cases = Array.from({ length: size }, () => drawCase(random, ids));
  let few = 0;
  for (const pack of ['EP-1', 'EP-2', 'EP-3']) {
    const asked = {
      recipient: random.pick(['ministry', 'prosecutor', 'public', 'street-lawyer']),
      scope: '{}',
      stories: [],
    };
    const planned = await plan({ cases, ...asked }).catch((error: { code?: string }) => {
      if (error.code !== 'TOO_FEW_CASES') throw error;
      few++;
      return null;
    });
    if (planned !== null) {
      const releasedAt = '2026-01-10T06:00:00Z';
      const release = {
        ...asked,
        pack,
        releasedAt,
        cells: planned.cells,
        narratives: [],
        media: [],
      };
      if (findDisclosures(release, out).length === 0) out.push(release);
    }
    cases = random.shuffled(cases).slice(random.below(4));
    for (let more = random.below(8); more > 0; more--) cases.push(drawCase(random, ids));
  }
  return { out, few };
}

/** Every count less every other that is wholly inside it, in whatever pack either stands. */
function smallDifferences(cells: readonly PublishedCell[]): string[] {
  const sets = cells.map((cell) => ({ cell, ids: new Set(cell.cases) }));
  return sets.flatMap(({ cell: outer, ids }) => {
    const inside = sets.filter(({ cell }) => cell.cases.every((id) => ids.has(id)));
    return [0, ...inside.map(({ cell }) => cell.cases.length)]
      .map((count) => outer.cases.length - count)
      .filter((left) => left > 0 && left < 5)
      .map((left) => `${outer.table}/${outer.code}: ${left}`);
  });
}

test.each([1, 3, 9])('%i cases give no figures at all', async (size) => {
  const { out, few } = await threePacks(size, 1);
  expect(out.flatMap(({ cells }) => cells).filter(({ cases }) => cases.length < 11)).toEqual([]);
  expect(few).toBeGreaterThan(0);
});

test.each([40, 120, 300])('%i cases: no count less another tells of few', async (size) => {
  let packs = 0;
  for (const seed of [1, 2]) {
    const { out } = await threePacks(size, seed);
    packs += out.length;
    expect(smallDifferences(out.flatMap(({ cells }) => cells))).toEqual([]);
  }
  // Refusing everything would be safe too.
  expect(packs).toBeGreaterThanOrEqual(4);
});

test('whoever subtracts sees a count that tells of few', async () => {
  const cell = (code: string, count: number): PublishedCell => ({
    table: 'act',
    code,
    minimum: 5,
    cases: Array.from({ length: count }, (_, i) => `case-${i}`),
  });
  expect(smallDifferences([cell('threat', 20), cell('beating', 17)])).toEqual(['act/threat: 3']);
  expect(smallDifferences([cell('threat', 4)])).toEqual(['act/threat: 4']);
});
