import { z } from 'zod';
import { ID } from '../../http/ids.ts';
import { receiveUpload } from '../../http/receive-upload.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { CASE_SCHEMA } from '../case.ts';
import type { TakeConsentAnswers } from '../consent/consent-answers.ts';
import type { ConsentRequest } from '../consent/consent-requests.ts';
import type { FollowConsentChanges } from '../consent/follow-consent-changes.ts';
import { IMPORT_PROBLEM_SCHEMA } from '../import/import-report.ts';
import type { CaseStore } from '../ports.ts';
import { CASE_EVENT_SCHEMA } from './case-history.ts';
import type { TellJourney } from './case-journey.ts';
import type { KeepCases } from './keep-cases.ts';

const lawyers = ['lawyer'] as const;
const reason = z.string().trim().min(1).max(500).nullable().default(null);
const TYPED_CASE = CASE_SCHEMA.omit({ id: true });

const PACKS_TO_SUPERSEDE = z
  .array(z.strictObject({ pack: z.string(), cases: z.int(), sent: z.boolean() }))
  .describe(
    'Packs that changed consents do not carry any more; what was sent cannot be called back',
  );

/** Cases that people type and correct, their history and way, and consents that are asked for. */
export function registryRoutes(deps: {
  cases: () => CaseStore;
  keepCases: () => KeepCases;
  tellJourney: () => TellJourney;
  askConsent: () => (request: ConsentRequest) => Promise<Uint8Array>;
  takeConsentAnswers: () => TakeConsentAnswers;
  followConsentChanges: () => FollowConsentChanges;
}): Route[] {
  const { cases, keepCases, tellJourney, askConsent, takeConsentAnswers, followConsentChanges } =
    deps;
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/cases',
      roles: lawyers,
      summary: 'Enter a case',
      needsVault: true,
      body: z.strictObject({ case: TYPED_CASE, reason }),
      answer: { status: 201, schema: CASE_SCHEMA },
      async handle({ body, user }) {
        const by = { role: user!.role, reason: body.reason };
        return { status: 201, json: await keepCases().enter(body.case, by) };
      },
    }),
    defineRoute({
      method: 'put',
      path: '/api/v1/cases/:id',
      roles: lawyers,
      summary: 'Change fields of a case; what they were stays in its sealed history',
      needsVault: true,
      params: z.strictObject({ id: ID }),
      body: z.strictObject({
        after: z.int().min(0).describe('entries that its history had when it was opened'),
        changes: TYPED_CASE.partial(),
        reason,
      }),
      answer: {
        status: 200,
        schema: CASE_SCHEMA.extend({ packsToSupersede: PACKS_TO_SUPERSEDE }),
      },
      async handle({ params, body, user }) {
        const changes = Object.fromEntries(
          Object.entries(body.changes).filter(([, value]) => value !== undefined),
        );
        const by = { role: user!.role, reason: body.reason };
        const { consent: before } = await cases().find(params.id);
        const record = await keepCases().edit(params.id, body.after, changes, by);
        const change = { case: record.id, before, after: record.consent };
        const superseded =
          body.changes.consent === undefined
            ? []
            : await followConsentChanges()([change], { role: user!.role });
        return { status: 200, json: { ...record, packsToSupersede: superseded } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/cases/:id/history',
      roles: lawyers,
      summary: 'Everything that people changed in a case, with what it held before',
      needsVault: true,
      params: z.strictObject({ id: ID }),
      answer: { status: 200, schema: z.strictObject({ events: z.array(CASE_EVENT_SCHEMA) }) },
      handle: async ({ params }) => ({
        status: 200,
        json: { events: await cases().historyOf(params.id) },
      }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/cases/:id/journey',
      roles: lawyers,
      summary: 'The way of a case: imported or entered, changed, reviewed, counted or told of',
      needsVault: true,
      params: z.strictObject({ id: ID }),
      answer: {
        status: 200,
        schema: z.strictObject({
          steps: z.array(
            z.strictObject({
              stage: z.enum([
                'imported',
                'entered',
                'edited',
                'consent',
                'reviewed',
                'counted',
                'told',
              ]),
              at: z.string().nullable(),
              role: z.string().nullable(),
              reason: z.string().nullable(),
              fields: z.array(z.string()),
              pack: z.string().nullable(),
            }),
          ),
        }),
      },
      handle: async ({ params }) => ({
        status: 200,
        json: { steps: await tellJourney()(params.id) },
      }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/cases/consent-requests',
      roles: lawyers,
      summary: 'The list that street lawyers ask people by: registry codes and what is asked, CSV',
      needsVault: true,
      body: z.strictObject({
        cases: z.array(ID).min(1).max(1_000),
        about: z.enum(['narrative', 'media']).default('narrative'),
        level: z.enum(['C1', 'C2', 'C3']),
        recipient: z.string().max(40).nullable(),
        purpose: z.string().max(40).nullable(),
      }),
      answer: { status: 200, mediaType: 'text/csv' },
      async handle({ body, response }) {
        const bytes = await askConsent()(body);
        response.status(200).type('text/csv').attachment('consent-requests.csv');
        response.end(Buffer.from(bytes));
        return 'answered';
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/cases/consent-answers',
      roles: lawyers,
      summary: 'Take in the list with answers: all rows or none; names packs to be superseded',
      needsVault: true,
      form: { file: 'table' },
      answer: {
        status: 200,
        schema: z.strictObject({
          accepted: z.boolean(),
          rowCount: z.int(),
          agreedCount: z.int(),
          withdrawnCount: z.int(),
          unchangedCount: z.int(),
          problems: z.array(IMPORT_PROBLEM_SCHEMA),
          problemCount: z.int(),
          packsToSupersede: PACKS_TO_SUPERSEDE,
        }),
      },
      async handle({ request, response, user }) {
        const { stored } = await receiveUpload(request, response, {
          field: 'table',
          store: ({ bytes }) => takeConsentAnswers()(bytes, { role: user!.role }),
        });
        return { status: 200, json: stored };
      },
    }),
  ];
}
