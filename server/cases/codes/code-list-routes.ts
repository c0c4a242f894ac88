import { z } from 'zod';
import { defineRoute, type Route } from '../../http/route.ts';
import { CODE_ITEM_SCHEMA, LIST_NAMES, type ListName } from './code-lists.ts';
import type { EditCodeLists } from './edit-code-lists.ts';

const lawyers = ['lawyer'] as const;
const name = z.enum(LIST_NAMES as [string, ...string[]]);
const BY_LIST = z.strictObject({ list: name });
const LIST = z.strictObject({
  version: z.int().describe('0 until the organisation changed any list'),
  items: z.array(CODE_ITEM_SCHEMA),
});
const label = CODE_ITEM_SCHEMA.shape.label;
const reason = z.string().trim().min(1).max(500).nullable().default(null);

/** The coded lists: what may stand in a case, in the words of letters and statistics. */
export function codeListRoutes(deps: { codeLists: () => EditCodeLists }): Route[] {
  const { codeLists } = deps;
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/code-lists',
      roles: lawyers,
      summary: 'The coded lists by name, and everything that was changed in them',
      needsVault: true,
      answer: {
        status: 200,
        schema: z.strictObject({
          version: z.int(),
          lists: z.array(z.strictObject({ list: name, codes: z.int() })),
          changes: z.array(
            z.strictObject({
              version: z.int(),
              at: z.string(),
              role: z.string(),
              reason: z.string().nullable(),
              added: z.array(z.strictObject({ list: name, code: z.string() })),
              renamed: z.array(z.strictObject({ list: name, code: z.string(), before: label })),
              retired: z.array(z.strictObject({ list: name, code: z.string() })),
              takenBack: z
                .array(z.strictObject({ list: name, code: z.string() }))
                .describe('had been retired, and are offered again'),
            }),
          ),
        }),
      },
      async handle() {
        const { version, lists } = await codeLists().current();
        const changes = (await codeLists().history()).map((one) => ({
          version: one.version,
          at: one.at,
          role: one.role,
          reason: one.reason,
          added: [...one.added],
          renamed: [...one.renamed],
          retired: [...one.retired],
          takenBack: [...one.takenBack],
        }));
        const sizes = LIST_NAMES.map((list) => ({ list, codes: lists[list].length }));
        return { status: 200, json: { version, lists: sizes, changes } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/code-lists/:list',
      roles: lawyers,
      summary: 'One coded list in three languages; retired codes are for older cases only',
      needsVault: true,
      params: BY_LIST,
      answer: { status: 200, schema: LIST },
      async handle({ params }) {
        const { version, lists } = await codeLists().current();
        return { status: 200, json: { version, items: itemsOf(lists, params.list) } };
      },
    }),
    defineRoute({
      method: 'put',
      path: '/api/v1/code-lists/:list/:code/retirement',
      roles: lawyers,
      summary: 'Retire a code, or take that back; cases that have it keep it, new ones cannot',
      needsVault: true,
      params: BY_LIST.extend({ code: z.string().max(40) }),
      body: z.strictObject({
        after: z.int().min(0).describe('the version that was read'),
        retired: z.boolean(),
        reason,
      }),
      answer: { status: 200, schema: LIST },
      async handle({ params, body, user }) {
        const by = { role: user!.role, reason: body.reason };
        const list = params.list as ListName;
        const one = { list, code: params.code, retired: body.retired };
        const { version, lists } = await codeLists().retire(body.after, one, by);
        return { status: 200, json: { version, items: itemsOf(lists, list) } };
      },
    }),
    defineRoute({
      method: 'put',
      path: '/api/v1/code-lists/:list',
      roles: lawyers,
      summary:
        'Add codes to a list, or change their words; what there is stays, meaning and retirement too',
      needsVault: true,
      params: BY_LIST,
      body: z.strictObject({
        after: z.int().min(0).describe('the version that was read'),
        items: z.array(CODE_ITEM_SCHEMA).min(1).max(500),
        reason,
      }),
      answer: { status: 200, schema: LIST },
      async handle({ params, body, user }) {
        const by = { role: user!.role, reason: body.reason };
        const changes = { [params.list]: body.items };
        const { version, lists } = await codeLists().replace(body.after, changes, by);
        return { status: 200, json: { version, items: itemsOf(lists, params.list) } };
      },
    }),
  ];
}

const itemsOf = (lists: Awaited<ReturnType<EditCodeLists['current']>>['lists'], list: string) => [
  ...lists[list as keyof typeof lists],
];
