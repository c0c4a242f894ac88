import { z } from 'zod';
import { BY_ID, ID, JOB_STARTED } from '../http/ids.ts';
import { HttpError } from '../http/problem.ts';
import { receiveUpload } from '../http/receive-upload.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { sendBlob } from '../http/send-blob.ts';
import type { BlobStore } from '../kernel/blobs.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';
import { emptySceneDigest, type FootageAnalysis, pictureDigest } from './analysis/analysis.ts';
import { analysisDigest } from './analysis/analysis-bytes.ts';
import { presentScenes, SCENES } from './analysis/present-scenes.ts';
import type { GetRecordedPicture } from './analysis/recorded-picture.ts';
import { MOST_OTHERS } from './analysis/sample-elsewhere.ts';
import type { IngestRecording } from './ingest-recording.ts';
import { PROXY_NAME } from './make-proxy.ts';
import { proposePlan } from './plan/propose-plan.ts';
import { redactionPlanSchema } from './plan/redaction-plan.ts';
import type { PictureStore, RecordingStore } from './ports.ts';
import type { Recording } from './recording.ts';

const OWNER_CONSENT = z.strictObject({
  takenBy: z.string().min(1).max(64),
  takenOn: z.iso.date(),
  expiresOn: z.iso.date().nullable(),
});
const FORM = z.strictObject({
  kind: z.enum(['clip', 'still']),
  ownerConsent: z
    .string()
    .max(2_000)
    .describe('JSON: takenBy, takenOn, expiresOn')
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'expected JSON' });
        return z.NEVER;
      }
    })
    .pipe(OWNER_CONSENT)
    .optional(),
});
const RECORDING = z.strictObject({
  id: ID,
  kind: z.enum(['clip', 'still']),
  sizeBytes: z.int(),
  fileName: z.string(),
  ownerConsent: OWNER_CONSENT.nullable(),
  analysed: z.boolean(),
});
const ANALYSIS = z.strictObject({
  digest: z.string(),
  emptyScene: z.string().describe('digest of the empty scene, in all its lights'),
  emptyScenes: SCENES,
  widthPx: z.int(),
  heightPx: z.int(),
  frames: z.int(),
  objects: z.array(
    z.strictObject({
      number: z.int(),
      frames: z.tuple([z.int(), z.int()]),
      dwell: z
        .strictObject({
          frames: z.tuple([z.int(), z.int()]),
          box: z.tuple([z.int(), z.int(), z.int(), z.int()]),
          picture: z.string(),
        })
        .nullable(),
    }),
  ),
  proposedPlan: redactionPlanSchema,
});
const SAME_CAMERA = z
  .string()
  .max(2_000)
  .refine((text) => text.split(',').length <= MOST_OTHERS, `at most ${MOST_OTHERS} recordings`)
  .describe(
    'ids of other clips of the same camera, unmoved, with commas between them: they help to find the empty scene',
  );
const lawyers = ['lawyer'] as const;

/** Recordings and what was seen in them. Originals are never given out. */
export function recordingRoutes(deps: {
  recordings: () => RecordingStore;
  analysisOf: (recording: Recording) => Promise<FootageAnalysis>;
  ingestRecording: () => IngestRecording;
  getPicture: () => GetRecordedPicture;
  pictures: () => PictureStore;
  blobs: () => BlobStore;
  submit: (kind: string, input: JsonValue) => Promise<{ id: string }>;
}): Route[] {
  const { recordings, analysisOf, ingestRecording, getPicture, pictures, blobs, submit } = deps;
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/recordings',
      roles: lawyers,
      summary:
        'Take in a recording: fields kind and ownerConsent (JSON, may be left out), then the file',
      needsVault: true,
      form: { file: 'file', fields: FORM },
      idempotent: true,
      answer: { status: 201, schema: RECORDING },
      async handle({ request, response, user }) {
        const { stored } = await receiveUpload(request, response, {
          field: 'file',
          store: ({ name, bytes }) => {
            const fields = fieldsOf(request.body);
            return ingestRecording()({
              kind: fields.kind,
              ownerConsent: fields.ownerConsent,
              bytes,
              fileName: name,
              role: user!.role,
            });
          },
        });
        return { status: 201, json: presentRecording(stored) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/recordings',
      roles: lawyers,
      summary: 'The newest recordings',
      needsVault: true,
      query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
      answer: { status: 200, schema: z.strictObject({ recordings: z.array(RECORDING) }) },
      async handle({ query }) {
        const list = await recordings().listRecordings(query.limit);
        return { status: 200, json: { recordings: list.map(presentRecording) } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/recordings/:id',
      roles: lawyers,
      summary: 'One recording',
      needsVault: true,
      params: BY_ID,
      answer: { status: 200, schema: RECORDING },
      handle: async ({ params }) => ({
        status: 200,
        json: presentRecording(await recordings().recording(params.id)),
      }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/recordings/:id/analysis',
      roles: lawyers,
      summary: 'Look for the empty scene and for what is not in it',
      needsVault: true,
      params: BY_ID,
      query: z.strictObject({ sameCamera: SAME_CAMERA.optional() }),
      idempotent: true,
      answer: { status: 202, schema: JOB_STARTED },
      async handle({ params, query }) {
        const { id } = await recordings().recording(params.id);
        const sameCamera = [...new Set(query.sameCamera?.split(','))];
        for (const other of sameCamera) {
          const { kind } = await recordings().recording(other);
          if (kind !== 'clip' || other === id) {
            throw new HttpError(
              'REQUEST_INVALID',
              'query.sameCamera names a still, or the recording itself. Name other clips of the camera.',
              { field: 'query.sameCamera' },
            );
          }
        }
        const job = await submit(
          'analyse-recording',
          sameCamera.length === 0 ? { recording: id } : { recording: id, sameCamera },
        );
        return { status: 202, json: { job: job.id } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/recordings/:id/analysis',
      roles: lawyers,
      summary: 'What was seen, and the plan to begin with',
      needsVault: true,
      params: BY_ID,
      answer: { status: 200, schema: ANALYSIS },
      async handle({ params }) {
        const analysis = await analysisOf(await recordings().recording(params.id));
        return {
          status: 200,
          json: {
            digest: analysisDigest(analysis),
            emptyScene: emptySceneDigest(analysis),
            emptyScenes: presentScenes(analysis),
            widthPx: analysis.widthPx,
            heightPx: analysis.heightPx,
            frames: analysis.index.ticks.length,
            objects: analysis.objects.map((object) => ({
              number: object.number,
              frames: [...object.span],
              dwell:
                object.dwell === null
                  ? null
                  : {
                      frames: [...object.dwell.frames],
                      box: [...object.dwell.box],
                      picture: pictureDigest(object)!,
                    },
            })),
            proposedPlan: proposePlan(analysis),
          },
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/recordings/:id/pictures/:picture',
      roles: lawyers,
      summary:
        'The empty scene in one of its lights, or an object where it stood, as PNG: to be looked at, never published',
      needsVault: true,
      params: z.strictObject({
        id: ID,
        picture: z.union([
          z.string().regex(/^empty-scene(-[2-9])?$/),
          z.coerce.number().int().min(1),
        ]),
      }),
      answer: { status: 200, mediaType: 'image/png' },
      async handle({ params, request, response, signal }) {
        const recording = await recordings().recording(params.id);
        const { picture } = params;
        const { blob, sha256 } = await getPicture()({
          recording,
          analysisOf,
          picture: typeof picture === 'number' ? { object: picture } : { light: lightOf(picture) },
          signal,
        });
        return await sendBlob(request, response, {
          blobs: blobs(),
          blob,
          name: `${picture}.png`,
          mediaType: 'image/png',
          etag: sha256,
        });
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/recordings/:id/proxy',
      roles: lawyers,
      summary: 'Make a small copy of a clip that a browser can play, for planning what to cover',
      needsVault: true,
      params: BY_ID,
      idempotent: true,
      answer: { status: 202, schema: JOB_STARTED },
      async handle({ params }) {
        const { id, kind } = await recordings().recording(params.id);
        if (kind === 'still') {
          throw new HttpError('REQUEST_INVALID', 'A still needs no proxy.', { field: 'path.id' });
        }
        return { status: 202, json: { job: (await submit('make-proxy', { recording: id })).id } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/recordings/:id/proxy',
      roles: lawyers,
      summary: 'The small copy, whole or in ranges: it shows everybody, and is never published',
      needsVault: true,
      params: BY_ID,
      answer: { status: 200, mediaType: 'video/mp4' },
      async handle({ params, request, response }) {
        const { id } = await recordings().recording(params.id);
        const proxy = await pictures().picture({ recording: id, name: PROXY_NAME });
        if (proxy === null) {
          throw new HttpError('NOT_FOUND', 'The recording has no proxy yet. Have it made.');
        }
        const { blob, sha256 } = proxy;
        return await sendBlob(request, response, {
          blobs: blobs(),
          blob,
          name: 'proxy.mp4',
          mediaType: 'video/mp4',
          etag: sha256,
        });
      },
    }),
  ];
}

/** The number of the light that a picture of the empty scene is named for, from 0. */
function lightOf(picture: string): number {
  return Number(/-(\d)$/.exec(picture)?.[1] ?? 1) - 1;
}

/** The fields of the form that came before the file. */
function fieldsOf(body: unknown) {
  const parsed = FORM.safeParse(body ?? {});
  if (parsed.success) {
    const { kind, ownerConsent = null } = parsed.data;
    return { kind, ownerConsent };
  }
  const field = `form.${parsed.error.issues[0]!.path.join('.')}`;
  throw new HttpError(
    'REQUEST_INVALID',
    `${field} is missing or not of its form; fields come before the file.`,
    { field },
  );
}

function presentRecording(recording: Recording): z.infer<typeof RECORDING> {
  const { id, kind, sizeBytes, fileName, ownerConsent, analysisBlob } = recording;
  return { id, kind, sizeBytes, fileName, ownerConsent, analysed: analysisBlob !== null };
}
