import { z } from 'zod';
import { HttpError } from '../../http/problem.ts';
import { defineRoute, type Route, type RouteCall } from '../../http/route.ts';
import { canonicalJson, type JsonValue } from '../../kernel/canonical-json.ts';
import { type Clock, isoSeconds } from '../../kernel/time.ts';
import { LANGUAGES, type Language } from '../codes/code-lists.ts';
import type { DisclosureControl } from '../disclosure/disclosure-control.ts';
import type { PlanFigures, PlannedFigures } from '../disclosure/plan-figures.ts';
import type { CaseFilter } from '../registry/case-filter.ts';
import { FILTER_QUERY, given } from '../registry/filter-query.ts';
import type { SelectCases } from '../registry/select-cases.ts';
import type { StatisticTable } from './statistic-table.ts';

const labels = z.strictObject({ ky: z.string(), ru: z.string(), en: z.string() });
const share = z.strictObject({ count: z.int(), base: z.int(), percent: z.int() });
const STATISTICS = z.strictObject({
  documented: z.int().describe('cases documented by the organisation, never people'),
  lawEnforcement: share.nullable(),
  nearOstSites: share.nullable(),
  tables: z.array(
    z.strictObject({
      name: z.string(),
      title: labels,
      base: z.int(),
      minimum: z.int().describe('the smallest count that this table may show'),
      rows: z.array(share.extend({ code: z.string(), label: labels })),
    }),
  ),
  recurrence: z
    .strictObject({
      since: z.string().describe('the day from which the rule holds'),
      casesEach: z.int(),
      monthsInARow: z.strictObject({ found: z.int(), needed: z.int() }),
      areas: z.strictObject({ found: z.int(), needed: z.int() }),
      acts: z.strictObject({ found: z.int(), needed: z.int() }),
      met: z.boolean(),
    })
    .nullable()
    .describe('whether the published figures recur, by a rule that is shown with them'),
  heldBack: z.int().describe('cases left out so that comparing packs isolates nobody'),
  coarsened: z.array(
    z.strictObject({ dimension: z.string(), from: z.string(), to: z.string().nullable() }),
  ),
});

const QUERY = FILTER_QUERY.extend({
  recipient: z.string().max(40).default('ministry'),
  use: z.string().max(40).default('complaint'),
});
const BY_TABLE = z.strictObject({ table: z.string().regex(/^[a-z-]{1,60}$/) });

/**
 * Statistics of a filter, as a pack to this recipient would have them now. Nothing is recorded as
 * published: only packs are, so figures that are given on in another way are known to nobody. What a
 * pack would be refused for is refused here too.
 */
export function statisticsRoutes(deps: {
  selectCases: () => SelectCases;
  planFigures: () => PlanFigures;
  disclosure: () => Pick<DisclosureControl, 'check'>;
  /** A table as a picture of its own, in one language. */
  drawChart: (table: StatisticTable, lang: Language) => Promise<string>;
  /** The same as a map; null where it cannot stand on one. */
  drawMap: (table: StatisticTable, lang: Language) => Promise<string | null>;
  clock: Clock;
}): Route[] {
  const { selectCases, planFigures, disclosure, drawChart, drawMap, clock } = deps;

  async function planned(query: z.infer<typeof QUERY>): Promise<PlannedFigures> {
    const { recipient, use, ...conditions } = query;
    const filter: CaseFilter = given(conditions);
    const at = clock.now();
    const { selected } = await selectCases()({ filter, purpose: 'counted', recipient, use, at });
    const scope = canonicalJson(filter as unknown as JsonValue);
    const figures = await planFigures()({ cases: selected, recipient, scope, stories: [] });
    // Where no plan is safe beside earlier packs the planning leaves the refusal to the control.
    const { refusal } = await disclosure().check({
      pack: 'statistics',
      releasedAt: isoSeconds(at),
      recipient,
      scope,
      cells: figures.cells,
      narratives: [],
      media: [],
    });
    if (refusal !== null) throw refusal;
    return figures;
  }

  async function tableOf(name: string, query: z.infer<typeof QUERY>): Promise<StatisticTable> {
    const { summary } = await planned(query);
    const table = summary.tables.find((one) => one.name === name);
    if (table !== undefined) return table;
    throw new HttpError(
      'NOT_FOUND',
      'There is no such table for this recipient, or it cannot be shown. GET /api/v1/statistics lists those that can.',
    );
  }

  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/statistics',
      roles: ['lawyer'],
      summary:
        'Statistics of a filter, as fine as this recipient may have them; answers to different filters can be subtracted from each other, so give on one only',
      needsVault: true,
      query: QUERY,
      answer: { status: 200, schema: STATISTICS },
      handle: async ({ query }) => ({ status: 200, json: presentStatistics(await planned(query)) }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/statistics/:table/csv',
      roles: ['lawyer'],
      summary:
        'One table as CSV, the bytes that a pack would have; give on the tables of one filter only, for those of two can be subtracted',
      needsVault: true,
      params: BY_TABLE,
      query: QUERY,
      answer: { status: 200, mediaType: 'text/csv' },
      async handle({ params, query, response }) {
        const { name, csvBytes } = await tableOf(params.table, query);
        return sent(response, `${name}.csv`, 'text/csv', Buffer.from(csvBytes));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/statistics/:table/svg/:lang',
      roles: ['lawyer'],
      summary:
        'One table as a bar chart that reads in black and white; give on the tables of one filter only, for those of two can be subtracted',
      needsVault: true,
      params: BY_TABLE.extend({ lang: z.enum(LANGUAGES) }),
      query: QUERY,
      answer: { status: 200, mediaType: 'image/svg+xml' },
      async handle({ params: { table, lang }, query, response }) {
        const svg = await drawChart(await tableOf(table, query), lang);
        return sent(response, `${table}.${lang}.svg`, 'image/svg+xml', Buffer.from(svg));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/statistics/:table/map/:lang',
      roles: ['lawyer'],
      summary:
        'One table by oblast as a map that reads in black and white; give on the tables of one filter only, for those of two can be subtracted',
      needsVault: true,
      params: BY_TABLE.extend({ lang: z.enum(LANGUAGES) }),
      query: QUERY,
      answer: { status: 200, mediaType: 'image/svg+xml' },
      async handle({ params: { table, lang }, query, response }) {
        const svg = await drawMap(await tableOf(table, query), lang);
        if (svg === null) {
          throw new HttpError(
            'NOT_FOUND',
            'This table has no map: only those by city or oblast have one. Ask for its bars, as svg.',
          );
        }
        return sent(response, `${table}.${lang}.map.svg`, 'image/svg+xml', Buffer.from(svg));
      },
    }),
  ];
}

function sent(
  response: RouteCall<never, never, never>['response'],
  name: string,
  mediaType: string,
  bytes: Buffer,
): 'answered' {
  response.setHeader('content-disposition', `attachment; filename="${name}"`);
  response.status(200).type(mediaType).end(bytes);
  return 'answered';
}

function presentStatistics({
  summary,
  recurrence,
  heldBack,
  coarsened,
}: PlannedFigures): z.infer<typeof STATISTICS> {
  const { documented, lawEnforcement, nearOstSites, tables } = summary;
  return {
    documented,
    lawEnforcement,
    nearOstSites,
    tables: tables.map(({ name, title, base, minimum, rows }) => ({
      name,
      title: { ky: title.ky, ru: title.ru, en: title.en },
      base,
      minimum,
      rows: rows.map((row) => ({
        code: row.code,
        label: { ky: row.label.ky, ru: row.label.ru, en: row.label.en },
        count: row.count,
        base: row.base,
        percent: row.percent,
      })),
    })),
    recurrence:
      recurrence === null
        ? null
        : {
            since: recurrence.rule.since,
            casesEach: recurrence.rule.casesEach,
            monthsInARow: { found: recurrence.monthsInARow, needed: recurrence.rule.monthsInARow },
            areas: { found: recurrence.areas, needed: recurrence.rule.areas },
            acts: { found: recurrence.acts, needed: recurrence.rule.acts },
            met: recurrence.met,
          },
    heldBack: heldBack.length,
    coarsened: coarsened.map(({ dimension, from, to }) => ({ dimension, from, to })),
  };
}
