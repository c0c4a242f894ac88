import { z } from 'zod';
import { JOB_STARTED } from '../http/ids.ts';
import { HttpError } from '../http/problem.ts';
import { defineRoute, type Route } from '../http/route.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';
import { PACK_ID } from './manifest/pack-path.ts';
import type { StampLater } from './stamp-later.ts';

const BY_PACK = z.strictObject({ id: z.string().regex(PACK_ID) });
const TIMESTAMP = z.strictObject({
  authority: z.string(),
  where: z
    .enum(['in-pack', 'beside', 'lacking'])
    .describe('beside: it came after sealing and travels as a file of its own'),
});

/** Time stamps of packs, above all those that came after sealing. */
export function timestampRoutes(deps: {
  stampLater: () => StampLater;
  submit: (kind: string, input: JsonValue) => Promise<{ id: string }>;
}): Route[] {
  const { stampLater, submit } = deps;
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/packs/:id/timestamps',
      roles: ['lawyer', 'auditor'],
      summary: 'Which time stamp authorities have stamped a pack, and where their stamps are',
      needsVault: true,
      params: BY_PACK,
      answer: { status: 200, schema: z.strictObject({ timestamps: z.array(TIMESTAMP) }) },
      async handle({ params }) {
        const timestamps = await stampLater().timestamps(params.id);
        return {
          status: 200,
          json: { timestamps: timestamps.map(({ name, where }) => ({ authority: name, where })) },
        };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/packs/:id/timestamps',
      roles: ['lawyer'],
      summary:
        'Ask the authorities that have not stamped a pack yet; the service does so by itself too',
      needsVault: true,
      params: BY_PACK,
      answer: { status: 202, schema: JOB_STARTED },
      async handle({ params }) {
        const timestamps = await stampLater().timestamps(params.id);
        const authorities = timestamps
          .filter(({ where }) => where === 'lacking')
          .map(({ name }) => name);
        const { id } = await submit('stamp-pack', { pack: params.id, authorities });
        return { status: 202, json: { job: id } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/packs/:id/timestamps/:authority',
      roles: ['lawyer', 'auditor'],
      summary: 'A time stamp that travels beside a pack (TimeStampResp, DER)',
      needsVault: true,
      params: BY_PACK.extend({ authority: z.string().max(100) }),
      answer: { status: 200, mediaType: 'application/timestamp-reply' },
      async handle({ params, response }) {
        const { id, authority } = params;
        const found = (await stampLater().beside(id)).find(({ name }) => name === authority);
        if (found === undefined) {
          throw new HttpError('NOT_FOUND', 'No such time stamp travels beside this pack.');
        }
        response.setHeader('content-disposition', `attachment; filename="${id}.${found.name}.tsr"`);
        response.status(200).type('application/timestamp-reply').end(Buffer.from(found.token));
        return 'answered';
      },
    }),
  ];
}
