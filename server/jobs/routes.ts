import { z } from 'zod';
import { sendEvents } from '../http/event-stream.ts';
import { BY_ID, ID } from '../http/ids.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { JOB_STATES, type Job } from './job.ts';
import type { Jobs } from './jobs.ts';

const JOB = z.strictObject({
  id: ID,
  kind: z.string(),
  state: z.enum(JOB_STATES),
  progress: z.strictObject({ done: z.number(), total: z.number(), unit: z.string() }),
  output: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe('what it made, by its kind; null until it is done'),
  failure: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
});

/** How often a stream of events looks at its job. */
const LOOK_MS = 250;
const workers = ['lawyer', 'administrator'] as const;

/** Following and cancelling long work. An administrator sees kinds and states, never outputs. */
export function jobRoutes(deps: { jobs: () => Jobs }): Route[] {
  const { jobs } = deps;
  const present = (job: Job, role: string) => ({
    id: job.id,
    kind: job.kind,
    state: job.state,
    progress: job.progress,
    output: role === 'lawyer' ? job.output : null,
    failure: job.failure,
  });
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/jobs',
      roles: workers,
      summary: 'The newest jobs',
      needsVault: true,
      query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
      answer: { status: 200, schema: z.strictObject({ jobs: z.array(JOB) }) },
      async handle({ query, user }) {
        const list = await jobs().list({ limit: query.limit });
        return { status: 200, json: { jobs: list.map((job) => present(job, user!.role)) } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/jobs/:id',
      roles: workers,
      summary: 'One job',
      needsVault: true,
      params: BY_ID,
      answer: { status: 200, schema: JOB },
      handle: async ({ params, user }) => ({
        status: 200,
        json: present(await jobs().find(params.id), user!.role),
      }),
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/jobs/:id/events',
      roles: workers,
      summary: 'The progress of a job as server-sent events, until it is over',
      needsVault: true,
      params: BY_ID,
      answer: { status: 200, mediaType: 'text/event-stream' },
      async handle({ params, user, response, signal, closing }) {
        const first = await jobs().find(params.id);
        return await sendEvents(response, follow(first), closing);

        async function* follow(job: Job) {
          let last = '';
          for (let now = job; ; now = await jobs().find(params.id)) {
            const data = present(now, user!.role);
            const text = JSON.stringify(data);
            if (text !== last) yield { event: 'job', data: JSON.parse(text) };
            last = text;
            if (now.state !== 'queued' && now.state !== 'running') return;
            await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
            if (signal.aborted || closing.aborted) return;
          }
        }
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/api/v1/jobs/:id',
      roles: ['lawyer'],
      summary: 'Cancel a job for good',
      needsVault: true,
      params: BY_ID,
      answer: { status: 200, schema: z.strictObject({ cancelled: z.boolean() }) },
      handle: async ({ params }) => ({
        status: 200,
        json: { cancelled: await jobs().cancel(params.id) },
      }),
    }),
  ];
}
