import { z } from 'zod';
import { BY_ID, ID, JOB_STARTED } from '../http/ids.ts';
import { HttpError } from '../http/problem.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { sendBlob } from '../http/send-blob.ts';
import type { BlobStore } from '../kernel/blobs.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';
import type { FootageAnalysis } from './analysis/analysis.ts';
import { CLIP_TIME } from './clip-time.ts';
import { readPlan } from './plan/read-plan.ts';
import { redactionPlanSchema } from './plan/redaction-plan.ts';
import type { PlanStore, RecordingStore } from './ports.ts';
import type { Recording, RedactedCopy } from './recording.ts';
import { StillError } from './stills/still-error.ts';

const COPY = z.strictObject({
  id: ID,
  recording: ID,
  sizeBytes: z.int(),
  mediaType: z.string(),
  emptyScene: z.enum(['approved', 'not approved']).nullable(),
  mode: z.string(),
  checks: z.array(z.strictObject({ name: z.string(), passed: z.boolean(), note: z.string() })),
});
const PLAN = z.strictObject({ version: z.int(), plan: redactionPlanSchema });
const lawyers = ['lawyer'] as const;

/** Plans, redactions and covered copies. */
export function redactionRoutes(deps: {
  blobs: () => BlobStore;
  recordings: () => RecordingStore;
  plans: () => PlanStore;
  analysisOf: (recording: Recording) => Promise<FootageAnalysis>;
  submit: (kind: string, input: JsonValue) => Promise<{ id: string }>;
}): Route[] {
  const { blobs, recordings, plans, analysisOf, submit } = deps;
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/recordings/:id/plan',
      roles: lawyers,
      summary: 'The latest plan',
      needsVault: true,
      params: BY_ID,
      answer: { status: 200, schema: PLAN },
      async handle({ params }) {
        const { id } = await recordings().recording(params.id);
        const saved = await plans().latestPlan(id);
        if (saved === null) throw new HttpError('NOT_FOUND', 'The recording has no plan yet.');
        return { status: 200, json: saved, headers: { etag: `"${saved.version}"` } };
      },
    }),
    defineRoute({
      method: 'put',
      path: '/api/v1/recordings/:id/plan',
      roles: lawyers,
      summary:
        'Save a new version of the plan; `after` is the version it was made from, 0 for the first',
      needsVault: true,
      params: BY_ID,
      body: z.strictObject({ after: z.int().min(0), plan: redactionPlanSchema }),
      answer: { status: 200, schema: PLAN },
      async handle({ params, body }) {
        const recording = await recordings().recording(params.id);
        // A clip's plan is judged against its analysis now, so that no job fails of it later.
        if (recording.kind === 'clip') readPlan(body.plan, await analysisOf(recording));
        const plan = body.plan as unknown as JsonValue;
        if (!(await plans().addPlan(recording.id, body.after, plan))) {
          throw new HttpError(
            'PLAN_OUTDATED',
            'Somebody saved another plan meanwhile. Get it, put yours on top of it, and save again.',
          );
        }
        const version = body.after + 1;
        return { status: 200, json: { version, plan }, headers: { etag: `"${version}"` } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/recordings/:id/redactions',
      roles: lawyers,
      summary: 'Cover the recording by a version of its plan, and prove the copy',
      needsVault: true,
      params: BY_ID,
      body: z.strictObject({ planVersion: z.int().min(1) }),
      idempotent: true,
      answer: { status: 202, schema: JOB_STARTED },
      async handle({ params, body, user }) {
        const recording = await recordings().recording(params.id);
        const saved = await plans().plan(recording.id, body.planVersion);
        if (saved === null) throw new HttpError('NOT_FOUND', 'The plan has no such version.');
        const job = await submit(recording.kind === 'clip' ? 'redact-recording' : 'redact-still', {
          recording: recording.id,
          plan: saved.plan,
          role: user!.role,
        });
        return { status: 202, json: { job: job.id } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/recordings/:id/stills',
      roles: lawyers,
      summary:
        'Make a still of the frame that a clip shows at a time, covered as in a copy by that version of its plan',
      needsVault: true,
      params: BY_ID,
      body: z.strictObject({
        planVersion: z.int().min(1),
        at: z.string().regex(CLIP_TIME).describe('from the first frame, for example 00:01:23.400'),
        as: z.enum(['jpeg', 'png']).default('jpeg'),
      }),
      idempotent: true,
      answer: { status: 202, schema: JOB_STARTED },
      async handle({ params, body, user }) {
        const recording = await recordings().recording(params.id);
        if (recording.kind !== 'clip') {
          throw new StillError(
            'STILL_TIME_INVALID',
            'The recording is a still, which has no times. Redact it as it is.',
          );
        }
        const saved = await plans().plan(recording.id, body.planVersion);
        if (saved === null) throw new HttpError('NOT_FOUND', 'The plan has no such version.');
        const job = await submit('redact-frame', {
          recording: recording.id,
          plan: saved.plan,
          at: body.at,
          as: body.as,
          role: user!.role,
        });
        return { status: 202, json: { job: job.id } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/recordings/:id/copies',
      roles: lawyers,
      summary: 'The covered copies of a recording, each with its proof',
      needsVault: true,
      params: BY_ID,
      answer: { status: 200, schema: z.strictObject({ copies: z.array(COPY) }) },
      async handle({ params }) {
        const { id } = await recordings().recording(params.id);
        const copies = await recordings().copiesOf(id);
        return { status: 200, json: { copies: copies.map(presentCopy) } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/copies/:id/content',
      roles: lawyers,
      summary: 'A covered copy, whole or in ranges',
      needsVault: true,
      params: BY_ID,
      answer: { status: 200, mediaType: 'application/octet-stream' },
      async handle({ params, request, response }) {
        const { blob, mediaType, sha256 } = await recordings().copy(params.id);
        const name = `redacted.${mediaType.split('/')[1]}`;
        return await sendBlob(request, response, {
          blobs: blobs(),
          blob,
          name,
          mediaType,
          etag: sha256,
        });
      },
    }),
  ];
}

function presentCopy({
  id,
  recording,
  sizeBytes,
  mediaType,
  proof,
}: RedactedCopy): z.infer<typeof COPY> {
  return {
    id,
    recording,
    sizeBytes,
    mediaType,
    emptyScene: proof.emptyScene ?? null,
    mode: proof.mode,
    checks: proof.checks.map(({ name, passed, note }) => ({ name, passed, note })),
  };
}
