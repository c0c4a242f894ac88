import type { Response } from 'express';
import { expect, test } from 'vitest';
import type { CaseRecord } from '../../../../server/cases/case.ts';
import { DEFAULT_CODE_LISTS as lists } from '../../../../server/cases/codes/code-lists.ts';
import { createDisclosureControl } from '../../../../server/cases/disclosure/disclosure-control.ts';
import { DEFAULT_HIERARCHY as hierarchy } from '../../../../server/cases/disclosure/hierarchy.ts';
import { createPlanFigures } from '../../../../server/cases/disclosure/plan-figures.ts';
import type { Release } from '../../../../server/cases/disclosure/release.ts';
import { statisticsRoutes } from '../../../../server/cases/figures/statistics-routes.ts';
import { aCase } from '../../../builders/case.ts';

const at = new Date('2026-11-27T10:15:00Z');
const recipient = 'ministry';

/** The routes over these cases, after a pack to the same reader told of other ones. */
async function routesAfter(told: readonly CaseRecord[], now: readonly CaseRecord[]) {
  const kept: Release[] = [];
  const ledger = {
    releases: async () => kept,
    add: async (release: Release) => void kept.push(release),
  };
  const planFigures = createPlanFigures({ ledger, lists, hierarchy });
  const disclosure = createDisclosureControl({ ledger });
  const scope = 'an order for another period';
  const { cells } = await planFigures({ cases: told, recipient, scope, stories: [] });
  const releasedAt = '2026-11-01T00:00:00Z';
  const release = { pack: 'EP-1', releasedAt, recipient, scope, cells, narratives: [], media: [] };
  await disclosure.record(await disclosure.admit(release));
  const routes = statisticsRoutes({
    selectCases: () => async () => ({ selected: now, leftOut: [] }),
    planFigures: () => planFigures,
    disclosure: () => disclosure,
    drawChart: async () => '<svg/>',
    drawMap: async () => '<svg/>',
    clock: { now: () => at },
  });
  return async (path: string) => {
    const sent: unknown[] = [];
    const response = {
      setHeader: () => response,
      status: () => response,
      type: () => response,
      end: (bytes: unknown) => sent.push(bytes),
    } as unknown as Response;
    const params = { table: 'acts', lang: 'ru' };
    const query = { recipient, use: 'complaint' };
    const route = routes.find((one) => one.path === path)!;
    const answer = await route.handle({ params, query, response } as never);
    return { answer, sent };
  };
}

const world = Array.from({ length: 60 }, (_, i) =>
  aCase({ acts: [i % 2 === 0 ? 'threat' : 'beating'] }),
);
const PATHS = [
  '/api/v1/statistics',
  '/api/v1/statistics/:table/csv',
  '/api/v1/statistics/:table/svg/:lang',
  '/api/v1/statistics/:table/map/:lang',
];

test.each(PATHS)(
  '%s: one case less than a pack told of is refused as the pack would be',
  async (path) => {
    const ask = await routesAfter(world, world.slice(1));
    await expect(ask(path)).rejects.toMatchObject({ code: 'DISCLOSURE_RISK' });
  },
);

test('the very cases of the pack are told again', async () => {
  const ask = await routesAfter(world, world);
  expect(await ask(PATHS[0]!)).toMatchObject({ answer: { status: 200, json: { documented: 60 } } });
});
