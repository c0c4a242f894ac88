import { z } from 'zod';
import { ID } from '../../http/ids.ts';
import { receiveUpload } from '../../http/receive-upload.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import type { KeptImport } from '../ports.ts';
import type { CaseImports } from './case-imports.ts';
import { type ImportMapping, parseMapping } from './import-mapping.ts';
import { IMPORT_PROBLEM_SCHEMA } from './import-report.ts';
import type { ProposeMapping } from './propose-mapping.ts';

const IMPORT_REPORT = z.strictObject({
  accepted: z.boolean(),
  dryRun: z.boolean(),
  rowCount: z.int(),
  validCount: z.int(),
  importedCount: z.int(),
  importId: ID.nullable().describe('names the import, to accept or undo it'),
  problems: z.array(IMPORT_PROBLEM_SCHEMA),
  problemCount: z.int(),
  droppedColumns: z.array(z.string()),
  withoutBasisCount: z.int(),
  withoutBasisRows: z.array(z.int()),
  notices: z.array(z.string()),
});

const MAPPING_PROPOSAL = z.strictObject({
  rowCount: z.int().describe('rows that were looked at'),
  columns: z.array(
    z.strictObject({
      name: z.string().describe('as the file names it'),
      target: z.string().nullable().describe('the column of the template that it may be'),
      because: z.enum(['name', 'word', 'values', 'personal', 'nothing']),
      filled: z.int(),
      samples: z.array(z.string()).describe('codes and labels as they are, all else as shapes'),
      unknownValues: z.array(z.string()).describe('values that no list knows, as shapes'),
    }),
  ),
  missing: z.array(z.string()).describe('columns that every case needs and nothing was found for'),
  mapping: z.strictObject({
    format: z.literal('dalil-mapping/1'),
    columns: z.record(
      z.string(),
      z.strictObject({
        from: z.string(),
        codes: z.record(z.string(), z.string()).optional(),
        split: z.string().optional(),
      }),
    ),
  }),
});

const KEPT_IMPORT = z.strictObject({
  id: ID,
  state: z.enum(['previewed', 'imported', 'undone']),
  startedAt: z.string(),
  caseCount: z.int(),
  problemCount: z.int(),
});

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const lawyers = ['lawyer'] as const;
const table = {
  file: 'table',
  fields: z.strictObject({
    mapping: z.string().optional().describe('a mapping, as JSON; before the file'),
  }),
};

/** Imports of cases: look at the columns, preview, accept, undo; or all in one step. */
export function importRoutes(deps: {
  imports: () => CaseImports;
  proposeMapping: ProposeMapping;
}): Route[] {
  const { imports, proposeMapping } = deps;
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/cases/import/columns',
      roles: lawyers,
      summary: 'Look at the columns of a table and propose a mapping; nothing is kept',
      needsVault: true,
      form: { file: 'table' },
      answer: { status: 200, schema: MAPPING_PROPOSAL },
      async handle({ request, response }) {
        const { stored } = await receiveUpload(request, response, {
          field: 'table',
          store: ({ bytes }) => proposeMapping(bytes),
        });
        return { status: 200, json: stored };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/cases/imports',
      roles: lawyers,
      summary: 'Preview a table: errors by row and column; what is valid is kept for a day, sealed',
      needsVault: true,
      form: table,
      idempotent: true,
      answer: { status: 201, schema: IMPORT_REPORT },
      async handle({ request, response }) {
        const { stored } = await receiveUpload(request, response, {
          field: 'table',
          store: ({ bytes, fields }) =>
            imports().preview({ bytes, mapping: givenMapping(fields.mapping) }),
        });
        return { status: 201, json: stored };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/cases/imports',
      roles: lawyers,
      summary: 'The latest imports and what became of them',
      needsVault: true,
      answer: { status: 200, schema: z.strictObject({ imports: z.array(KEPT_IMPORT) }) },
      handle: async () => ({
        status: 200,
        json: { imports: (await imports().list()).map(presented) },
      }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/cases/imports/:id/acceptance',
      roles: lawyers,
      summary: 'Make cases of a previewed table: all of them at once',
      needsVault: true,
      params: z.strictObject({ id: ID }),
      body: z.strictObject({
        onlyValid: z.boolean().default(false).describe('leave out the rows with problems'),
      }),
      answer: { status: 200, schema: KEPT_IMPORT },
      async handle({ params, body, user }) {
        const choice = { onlyValid: body.onlyValid, role: user!.role };
        return { status: 200, json: presented(await imports().accept(params.id, choice)) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/cases/imports/:id/undoing',
      roles: lawyers,
      summary: 'Take the cases of an import out again, as long as nobody worked on any of them',
      needsVault: true,
      params: z.strictObject({ id: ID }),
      body: z.strictObject({}),
      answer: { status: 200, schema: KEPT_IMPORT },
      async handle({ params, user }) {
        const kept = await imports().undo(params.id, { role: user!.role });
        return { status: 200, json: presented(kept) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/cases/import',
      roles: lawyers,
      summary: 'Import a table in one step: all rows, or the valid ones, or none',
      needsVault: true,
      query: z.strictObject({ dryRun: flag.default(false), onlyValid: flag.default(false) }),
      form: table,
      idempotent: true,
      answer: { status: 200, schema: IMPORT_REPORT },
      async handle({ query, request, response }) {
        const { dryRun, onlyValid } = query;
        const { stored } = await receiveUpload(request, response, {
          field: 'table',
          store: ({ bytes, fields }) =>
            imports().run({ bytes, dryRun, onlyValid, mapping: givenMapping(fields.mapping) }),
        });
        return { status: 200, json: stored };
      },
    }),
  ];
}

/** The mapping of a form; what is no JSON is refused like any other that is none. */
function givenMapping(text: string | undefined): ImportMapping | undefined {
  if (text === undefined) return undefined;
  try {
    return parseMapping(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return parseMapping(null);
    throw error;
  }
}

function presented({ id, state, startedAt, caseCount, problemCount }: KeptImport) {
  return { id, state, startedAt, caseCount, problemCount };
}
