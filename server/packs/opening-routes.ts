import { z } from 'zod';
import { defineRoute, type Route } from '../http/route.ts';
import { PACK_ID } from './manifest/pack-path.ts';
import type { OpenItem } from './open-item.ts';

const OF_PACK = z.strictObject({ id: z.string().regex(PACK_ID) });
const ITEM = z.string().min(1).max(200).describe('A name from the list of items');
const LISTED = z.strictObject({
  name: z.string(),
  leaf: z.string(),
  withheld: z.boolean(),
  openable: z.boolean().describe('False once its salt was destroyed'),
});

/** Opening single items that a pack withholds, and making one unopenable. Lawyers only. */
export function openingRoutes(deps: { openItem: () => OpenItem }): Route[] {
  const { openItem } = deps;
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/packs/:id/items',
      roles: ['lawyer'],
      summary: 'What a sealed pack commits to, by our own names, which never leave',
      needsVault: true,
      params: OF_PACK,
      answer: { status: 200, schema: z.strictObject({ items: z.array(LISTED) }) },
      async handle({ params }) {
        const items = await openItem().items(params.id);
        return {
          status: 200,
          json: {
            items: items.map(({ name, leaf, withheld, openable }) => ({
              name,
              leaf,
              withheld,
              openable,
            })),
          },
        };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/packs/:id/openings',
      roles: ['lawyer'],
      summary: 'What lets one reader check one item; the custody log has it first',
      needsVault: true,
      params: OF_PACK,
      body: z.strictObject({ item: ITEM }),
      answer: {
        status: 200,
        schema: z.strictObject({
          leaf: z.string(),
          opening: z.string().describe('The one line to hand over, as a file'),
        }),
      },
      async handle({ params, body }) {
        const { leaf, line } = await openItem().open(params.id, body.item, 'lawyer');
        return { status: 200, json: { leaf, opening: line } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/packs/:id/erasures',
      roles: ['lawyer'],
      summary: 'Destroy what opens one withheld item, for ever; the pack stays valid',
      needsVault: true,
      params: OF_PACK,
      body: z
        .strictObject({ item: ITEM, confirm: ITEM.describe('The same name again') })
        .refine(({ item, confirm }) => item === confirm, {
          path: ['confirm'],
          message: 'Destroying cannot be undone. Give the name of the item again.',
        }),
      answer: { status: 200, schema: z.strictObject({ leaf: z.string() }) },
      async handle({ params, body }) {
        const { leaf } = await openItem().destroy(params.id, body.item, 'lawyer');
        return { status: 200, json: { leaf } };
      },
    }),
  ];
}
