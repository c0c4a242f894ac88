import { z } from 'zod';
import { BY_ID, ID } from '../http/ids.ts';
import { HttpError } from '../http/problem.ts';
import { defineRoute, type Route } from '../http/route.ts';
import type { BlobStore } from '../kernel/blobs.ts';
import type { FootageAnalysis } from './analysis/analysis.ts';
import { redactionPlanSchema } from './plan/redaction-plan.ts';
import type { RecordingStore } from './ports.ts';
import { proposePresence, recordedSpan } from './presence/presence-proposal.ts';
import { localTime } from './presence/presence-time.ts';
import type { Recording } from './recording.ts';
import type { ProposeStillPlan } from './stills/propose-still-plan.ts';
import { readRecordedStill } from './stills/read-recorded-still.ts';

const STAYS = z.strictObject({
  recorded: z.strictObject({ from: z.string(), to: z.string() }).describe('camera time'),
  stays: z.array(
    z.strictObject({
      object: z.int().describe('its number in the analysis'),
      start: z.string(),
      end: z.string(),
    }),
  ),
});
const lawyers = ['lawyer'] as const;

/** What is proposed from what was seen, for a person to judge. Nothing of it is kept. */
export function proposalRoutes(deps: {
  blobs: () => BlobStore;
  recordings: () => RecordingStore;
  analysisOf: (recording: Recording) => Promise<FootageAnalysis>;
  proposeStillPlan: ProposeStillPlan;
}): Route[] {
  const { blobs, recordings, analysisOf, proposeStillPlan } = deps;
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/recordings/:id/stays',
      roles: lawyers,
      summary: 'What stood still for twenty seconds or more: was it a police vehicle?',
      needsVault: true,
      params: BY_ID,
      query: z.strictObject({
        startsAt: localTime.describe('what the camera’s clock shows at first, 2021-11-05T07:55:00'),
      }),
      answer: { status: 200, schema: STAYS },
      async handle({ params, query: { startsAt } }) {
        const { index, objects } = await analysisOf(await recordings().recording(params.id));
        const stays = proposePresence({ camera: params.id, startsAt, index, objects });
        return {
          status: 200,
          json: {
            recorded: recordedSpan(startsAt, index),
            stays: stays.map(({ object, start, end }) => ({ object, start, end })),
          },
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/recordings/:id/still-plan',
      roles: lawyers,
      summary: 'What to cover in a still, by the empty scene of a clip of the same camera',
      needsVault: true,
      params: BY_ID,
      query: z.strictObject({ clip: ID.describe('an analysed clip of the camera, unmoved') }),
      answer: { status: 200, schema: z.strictObject({ plan: redactionPlanSchema }) },
      async handle({ params, query }) {
        const still = await recordings().recording(params.id);
        if (still.kind !== 'still') {
          throw new HttpError(
            'REQUEST_INVALID',
            'params.id names a clip, whose analysis holds its plan. Name a still.',
            { field: 'params.id' },
          );
        }
        const analysis = await analysisOf(await recordings().recording(query.clip));
        const bytes = await readRecordedStill(blobs(), still);
        const plan = await proposeStillPlan({ bytes, analysis });
        return { status: 200, json: { plan: redactionPlanSchema.parse(plan) } };
      },
    }),
  ];
}
