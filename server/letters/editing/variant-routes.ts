import { z } from 'zod';
import { HttpError } from '../../http/problem.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { newId, type RandomBytes } from '../../kernel/ids.ts';
import { CHANGES, presentChanges } from '../checks/present-findings.ts';
import type { LetterRules } from '../letter-rules.ts';
import type { VariantStore } from '../ports.ts';
import { LANGUAGES } from '../writing/language.ts';
import {
  checkedVariant,
  compareVariants,
  VARIANT_SCHEMA,
  variantUnknown,
} from './letter-variant.ts';

const BY_ID = z.strictObject({ id: z.string().regex(/^[a-z2-7]{26}$/) });
const edition = z.coerce.number().int().min(1);
const SAVED = z.strictObject({
  id: z.string(),
  version: z.int(),
  variant: VARIANT_SCHEMA,
});

/** The organisation's own variants of letters: saved, changed, compared; no edition is lost. */
export function letterVariantRoutes(deps: {
  variants: () => VariantStore;
  rules: () => Promise<LetterRules>;
  random: RandomBytes;
}): Route[] {
  const { variants, rules, random } = deps;

  async function find(id: string, version?: number) {
    const found = await variants().find(id, version);
    if (found === null) throw variantUnknown();
    return found;
  }

  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/letters/variants',
      roles: ['lawyer'],
      summary: 'The organisation’s variants of letters, the newest edition of each',
      needsVault: true,
      answer: {
        status: 200,
        schema: z.strictObject({
          variants: z.array(
            z.strictObject({
              id: z.string(),
              version: z.int(),
              name: z.string(),
              type: z.string(),
            }),
          ),
        }),
      },
      async handle() {
        const list = await variants().list();
        return {
          status: 200,
          json: {
            variants: list.map(({ id, version, variant }) => ({
              id,
              version,
              name: variant.name,
              type: variant.type,
            })),
          },
        };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/letters/variants',
      roles: ['lawyer'],
      summary: 'Save clauses, grounds and demands of a letter as a variant, to use again',
      needsVault: true,
      body: VARIANT_SCHEMA,
      answer: { status: 201, schema: SAVED },
      async handle({ body }) {
        const variant = checkedVariant(body, await rules());
        const id = newId(random);
        await variants().add(id, 0, variant);
        return { status: 201, json: { id, version: 1, variant } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/letters/variants/:id',
      roles: ['lawyer'],
      summary: 'A variant, the newest edition or the one that is asked for',
      needsVault: true,
      params: BY_ID,
      query: z.strictObject({ version: edition.optional() }),
      answer: { status: 200, schema: SAVED },
      async handle({ params, query }) {
        const { id, version, variant } = await find(params.id, query.version);
        return { status: 200, json: { id, version, variant } };
      },
    }),
    defineRoute({
      method: 'put',
      path: '/api/v1/letters/variants/:id',
      roles: ['lawyer'],
      summary: 'Save a new edition of a variant, made after the edition that is named',
      needsVault: true,
      params: BY_ID,
      body: z.strictObject({ after: z.int().min(1), variant: VARIANT_SCHEMA }),
      answer: { status: 200, schema: SAVED },
      async handle({ params: { id }, body: { after, variant } }) {
        await find(id);
        const checked = checkedVariant(variant, await rules());
        if (!(await variants().add(id, after, checked))) {
          throw new HttpError(
            'VARIANT_OUTDATED',
            'Somebody saved another edition meanwhile. Read it, and save again after it.',
          );
        }
        return { status: 200, json: { id, version: after + 1, variant: checked } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/letters/variants/:id/difference/:lang',
      roles: ['lawyer'],
      summary: 'What changed between two editions of a variant, part by part',
      needsVault: true,
      params: BY_ID.extend({ lang: z.enum(LANGUAGES) }),
      query: z.strictObject({ from: edition, to: edition }),
      answer: { status: 200, schema: CHANGES },
      async handle({ params: { id, lang }, query: { from, to } }) {
        const [before, after] = await Promise.all([find(id, from), find(id, to)]);
        const versions = { before: before.variant, after: after.variant };
        return {
          status: 200,
          json: presentChanges(compareVariants(versions, lang, await rules())),
        };
      },
    }),
  ];
}
