import { z } from 'zod';
import { defineRoute, type Route } from '../http/route.ts';
import type { PackKeys } from './pack-keys.ts';
import { KEY, presentKey } from './present-key.ts';

/** The keys that packs are signed with. Private halves come and go by the command line only. */
export function keyRoutes(deps: { packKeys: () => PackKeys }): Route[] {
  const { packKeys } = deps;
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/keys',
      roles: ['lawyer', 'auditor', 'administrator'],
      summary: 'The keys that packs are and were signed with, the newest first',
      needsVault: true,
      answer: { status: 200, schema: z.strictObject({ keys: z.array(KEY) }) },
      async handle() {
        return { status: 200, json: { keys: (await packKeys().list()).map(presentKey) } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/keys',
      roles: ['administrator'],
      summary: 'Sign with a new key from now on; packs of the old one are verified by the old one',
      needsVault: true,
      answer: { status: 201, schema: KEY },
      async handle({ user }) {
        return { status: 201, json: presentKey(await packKeys().rotate(user!.role)) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/keys/:fingerprint/revocation',
      roles: ['administrator'],
      summary:
        'Take a key that others may have out of use for good; the answer has the signed note',
      needsVault: true,
      params: z.strictObject({ fingerprint: z.string().regex(/^[0-9a-f]{64}$/) }),
      body: z.strictObject({
        since: z.iso
          .datetime({ precision: 0 })
          .optional()
          .describe('from when on others may have had it; now by default'),
      }),
      answer: { status: 200, schema: KEY },
      async handle({ params, body, user }) {
        const since = body.since === undefined ? {} : { since: new Date(body.since) };
        const revoked = await packKeys().revoke(params.fingerprint, user!.role, since);
        return { status: 200, json: presentKey(revoked) };
      },
    }),
  ];
}
