import { z } from 'zod';
import { BY_ID, ID } from '../../http/ids.ts';
import { receiveUpload } from '../../http/receive-upload.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { SITE_CODE } from '../../kernel/site-code.ts';
import type { PresenceStore } from '../ports.ts';
import { importPresence, type PresenceTable } from './presence-import.ts';
import { publishPresence } from './presence-published.ts';
import { presenceStates } from './presence-states.ts';

const lawyers = ['lawyer'] as const;
const SPAN = z.strictObject({ date: z.string(), from: z.string(), to: z.string() });

/** Presence logs: when police vehicles stood at a site. */
export function presenceRoutes(deps: {
  presence: () => PresenceStore;
  readTable: (bytes: AsyncIterable<Uint8Array>) => Promise<PresenceTable>;
}): Route[] {
  const { presence, readTable } = deps;
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/presence-logs',
      roles: lawyers,
      summary: 'Import a presence log of one camera from a table: all of it or nothing',
      needsVault: true,
      query: z.strictObject({
        camera: z.string().regex(/^[a-z0-9]{1,32}$/),
        site: z
          .string()
          .regex(SITE_CODE)
          .optional()
          .describe('Code of the site, as cases name it, for the report on risk; it never leaves'),
      }),
      form: { file: 'table' },
      idempotent: true,
      answer: {
        status: 200,
        schema: z.strictObject({
          id: ID.nullable().describe('null when something is wrong'),
          rowCount: z.int(),
          problems: z.array(
            z.strictObject({
              row: z.int().nullable(),
              column: z.string().nullable(),
              message: z.string(),
            }),
          ),
          problemCount: z.int(),
        }),
      },
      async handle({ query, request, response }) {
        const { stored } = await receiveUpload(request, response, {
          field: 'table',
          store: ({ bytes }) => importPresence(() => readTable(bytes), query.camera),
        });
        const { log, rowCount, problems, problemCount } = stored;
        const at = query.site === undefined ? {} : { site: query.site };
        const id = log === null ? null : await presence().addLog({ ...log, ...at });
        const told = problems.map(({ row, column, message }) => ({ row, column, message }));
        return { status: 200, json: { id, rowCount, problems: told, problemCount } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/presence-logs/:id',
      roles: lawyers,
      summary: 'A presence log as it may leave: of a site, without cameras',
      needsVault: true,
      params: BY_ID,
      answer: {
        status: 200,
        schema: z.strictObject({
          recordedDays: z.int(),
          reviewed: z.array(SPAN),
          intervals: z.array(SPAN.extend({ kind: z.string() })),
          shorterThanAMinute: z.int(),
        }),
      },
      handle: async ({ params }) => ({
        status: 200,
        json: publishPresence(presenceStates(await presence().log(params.id))),
      }),
    }),
  ];
}
