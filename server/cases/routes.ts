import { z } from 'zod';
import { ID } from '../http/ids.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { type Clock, isoSeconds } from '../kernel/time.ts';
import { CASE_SCHEMA, type CaseRecord } from './case.ts';
import { CONSENT_LEVELS } from './consent/consent.ts';
import { MONTH } from './dates.ts';
import type { CasesSummary } from './figures/summarise-cases.ts';
import type { CaseStore } from './ports.ts';
import { FILTER_QUERY, given } from './registry/filter-query.ts';
import { SEARCHED, type SearchCases } from './registry/search-cases.ts';
import type { SelectCases } from './registry/select-cases.ts';
import { DECISION_SCHEMA, reviewNarrative } from './review/narrative-review.ts';
import { stampDecisions } from './review/stamp-decisions.ts';

const PAGE_QUERY = FILTER_QUERY.extend({
  limit: z.coerce.number().int().min(1).max(1_000).default(50),
  after: z.string().max(100).optional(),
});
const FILTER_BODY = z.strictObject({
  fromMonth: MONTH.optional(),
  toMonth: MONTH.optional(),
  sites: z.array(z.string().max(40)).max(50).optional(),
  oblasts: z.array(z.string().max(40)).max(50).optional(),
  districts: z.array(z.string().max(40)).max(50).optional(),
  populations: z.array(z.string().max(40)).max(50).optional(),
  services: z.array(z.string().max(40)).max(50).optional(),
  readiness: z.array(z.string().max(40)).max(50).optional(),
  registryCode: z.string().min(1).max(64).optional(),
  perpetrators: z.array(z.string().max(40)).max(50).optional(),
  acts: z.array(z.string().max(40)).max(50).optional(),
  lawEnforcement: z.boolean().optional(),
  nearOstSite: z.enum(['yes', 'no', 'unknown']).optional(),
  minimumConsent: z.enum(CONSENT_LEVELS).optional(),
});

/** What a list shows of a case: its coded categories, nothing personal. */
const LISTED_CASE = CASE_SCHEMA.pick({
  id: true,
  month: true,
  oblast: true,
  nearOstSite: true,
  primaryPopulation: true,
  perpetrators: true,
  acts: true,
  place: true,
  readiness: true,
}).extend({
  narrativeConsent: z.enum(CONSENT_LEVELS),
  mediaConsent: z.enum(CONSENT_LEVELS),
  languages: z.array(z.enum(['ky', 'ru', 'en'])).describe('languages of its narrative'),
});

const REVIEWED_SPAN = z.strictObject({
  language: z.enum(['ky', 'ru', 'en']),
  start: z.int(),
  end: z.int(),
  type: z.string(),
  rule: z.string(),
  surface: z.string(),
  verdict: z.enum(['keep', 'change']).nullable(),
});

const lawyers = ['lawyer'] as const;

/** List, review and selection of cases. */
export function caseRoutes(deps: {
  cases: () => CaseStore;
  selectCases: () => SelectCases;
  searchCases: () => SearchCases;
  summarise: (cases: readonly CaseRecord[]) => CasesSummary;
  clock: Clock;
}): Route[] {
  const { cases, selectCases, searchCases, summarise, clock } = deps;
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/cases',
      roles: lawyers,
      summary: 'List cases by period, site, perpetrator, act and consent, a page at a time',
      needsVault: true,
      query: PAGE_QUERY,
      answer: {
        status: 200,
        schema: z.strictObject({ cases: z.array(LISTED_CASE), next: z.string().nullable() }),
      },
      async handle({ query }) {
        const { limit, after, ...filter } = query;
        const page = await cases().page({
          filter: given(filter),
          limit,
          ...(after === undefined ? {} : { after }),
        });
        return { status: 200, json: { cases: page.cases.map(listed), next: page.next } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/cases/:id',
      roles: lawyers,
      summary: 'One case, with its narrative',
      needsVault: true,
      params: z.strictObject({ id: ID }),
      answer: { status: 200, schema: CASE_SCHEMA },
      handle: async ({ params }) => ({ status: 200, json: await cases().find(params.id) }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/cases/:id/review',
      roles: lawyers,
      summary: 'Everything in a narrative that somebody must decide about, with what was decided',
      needsVault: true,
      params: z.strictObject({ id: ID }),
      answer: { status: 200, schema: z.strictObject({ spans: z.array(REVIEWED_SPAN) }) },
      async handle({ params }) {
        const { narrative } = await cases().find(params.id);
        const decisions = await cases().decisionsOf(params.id);
        return { status: 200, json: { spans: reviewNarrative({ narrative, decisions }) } };
      },
    }),
    defineRoute({
      method: 'put',
      path: '/api/v1/cases/:id/decisions',
      roles: lawyers,
      summary: 'Replace the decisions on a narrative',
      needsVault: true,
      params: z.strictObject({ id: ID }),
      body: z.strictObject({
        decisions: z
          .array(DECISION_SCHEMA.omit({ byRole: true, byUser: true, decidedAt: true }))
          .max(5_000),
      }),
      answer: { status: 204 },
      async handle({ params, body, user }) {
        const earlier = await cases().decisionsOf(params.id);
        const by = { byRole: user!.role, byUser: user!.id, decidedAt: isoSeconds(clock.now()) };
        await cases().saveDecisions(params.id, stampDecisions(body.decisions, earlier, by));
        return { status: 204 };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/cases/search',
      roles: lawyers,
      summary:
        'Find cases by words of their narratives or registry codes, among those of a filter; words travel in the body alone, and are kept nowhere',
      needsVault: true,
      body: z.strictObject({
        words: z
          .string()
          .max(200)
          .describe('all of which a case must have, each by its beginning, in whatever language'),
        filter: FILTER_BODY.default({}),
        limit: z
          .int()
          .min(1)
          .max(100)
          .default(50)
          .describe('a page ends once so many are found; a few more may be in it'),
        after: z.string().max(100).optional(),
      }),
      answer: {
        status: 200,
        schema: z.strictObject({
          cases: z.array(LISTED_CASE.extend({ foundIn: z.array(z.enum(SEARCHED)) })),
          opened: z.int().describe('cases that were opened for this page, 5,000 at most'),
          next: z.string().nullable().describe('goes on from here; also where a page is empty'),
        }),
      },
      async handle({ body, signal }) {
        const { words, filter, limit, after } = body;
        const { found, opened, next } = await searchCases()({
          words,
          filter: given(filter),
          enough: limit,
          signal,
          ...(after === undefined ? {} : { after }),
        });
        const shown = found.map(({ record, in: places }) => ({
          ...listed(record),
          foundIn: [...places],
        }));
        return { status: 200, json: { cases: shown, opened, next } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/cases/selection',
      roles: lawyers,
      summary:
        'What consent allows of the cases of a filter: how many, and why others are left out',
      needsVault: true,
      body: z.strictObject({
        filter: FILTER_BODY.default({}),
        purpose: z.enum(['counted', 'narrative']),
        recipient: z.string().max(40),
        use: z.string().max(40).default('complaint'),
      }),
      answer: {
        status: 200,
        schema: z.strictObject({
          selected: z.array(ID).describe('of narratives only; counted cases are not listed'),
          selectedCount: z.int(),
          leftOut: z.array(z.strictObject({ reason: z.string(), count: z.int() })),
          figures: z
            .strictObject({
              documented: z.int(),
              lawEnforcement: z.int().nullable(),
              nearOstSites: z.int().nullable(),
            })
            .nullable(),
        }),
      },
      async handle({ body }) {
        const { filter, purpose, recipient, use } = body;
        const request = { filter: given(filter), purpose, recipient, use, at: clock.now() };
        const { selected, leftOut } = await selectCases()(request);
        const counts = new Map<string, number>();
        for (const { reason } of leftOut) counts.set(reason, (counts.get(reason) ?? 0) + 1);
        const counted = purpose === 'counted';
        const summary = counted ? summarise(selected) : null;
        return {
          status: 200,
          json: {
            selected: counted ? [] : selected.map((record) => record.id),
            selectedCount: selected.length,
            leftOut: [...counts].map(([reason, count]) => ({ reason, count })),
            figures:
              summary === null
                ? null
                : {
                    documented: summary.documented,
                    lawEnforcement: summary.lawEnforcement?.count ?? null,
                    nearOstSites: summary.nearOstSites?.count ?? null,
                  },
          },
        };
      },
    }),
  ];
}

function listed(record: CaseRecord): z.infer<typeof LISTED_CASE> {
  const { id, month, oblast, nearOstSite, primaryPopulation, perpetrators, acts } = record;
  const { place, readiness, consent, narrative } = record;
  return {
    id,
    month,
    oblast,
    nearOstSite,
    primaryPopulation,
    perpetrators,
    acts,
    place,
    readiness,
    narrativeConsent: consent.narrative.level,
    mediaConsent: consent.media.level,
    languages: (['ky', 'ru', 'en'] as const).filter((lang) => narrative[lang] !== undefined),
  };
}
