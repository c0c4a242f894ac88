import { z } from 'zod';
import { defineRoute, type Route } from '../http/route.ts';
import type { CustodyLog } from './custody-log.ts';

/** The state of the custody log, for whoever keeps checkpoints elsewhere. */
export function custodyRoutes(deps: { custody: () => CustodyLog }): Route[] {
  const { custody } = deps;
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/custody/checkpoint',
      roles: ['lawyer', 'auditor', 'administrator'],
      summary: 'A signed checkpoint of the custody log (C2SP signed note), to be kept elsewhere',
      needsVault: true,
      answer: {
        status: 200,
        schema: z.strictObject({ size: z.int(), checkpoint: z.string() }),
      },
      async handle() {
        const size = await custody().size();
        return { status: 200, json: { size, checkpoint: await custody().checkpoint(size) } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/custody/consistency',
      roles: ['lawyer', 'auditor', 'administrator'],
      summary: 'Proof that the log only grew since it had so many events, as text',
      needsVault: true,
      query: z.strictObject({ from: z.coerce.number().int().min(0) }),
      answer: { status: 200, schema: z.strictObject({ proof: z.string() }) },
      async handle({ query }) {
        return { status: 200, json: { proof: await custody().prove(query.from) } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/custody/events',
      roles: ['lawyer', 'auditor'],
      summary: 'Events of the custody log with their proofs: kinds, roles and months only',
      needsVault: true,
      query: z.strictObject({
        from: z.coerce.number().int().min(0).default(0),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      answer: {
        status: 200,
        schema: z.strictObject({
          checkpoint: z.string(),
          entries: z.array(
            z.strictObject({
              event: z.strictObject({
                kind: z.string(),
                role: z.string(),
                month: z.string(),
                detail: z.string(),
              }),
              index: z.int(),
              proof: z.array(z.string()),
            }),
          ),
        }),
      },
      async handle({ query }) {
        const size = await custody().size();
        const last = Math.min(size, query.from + query.limit);
        const indexes = Array.from(
          { length: Math.max(0, last - query.from) },
          (_, i) => query.from + i,
        );
        return { status: 200, json: await custody().excerpt(indexes, size) };
      },
    }),
  ];
}
