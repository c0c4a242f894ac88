import { z } from 'zod';
import { BY_ID, ID } from '../../http/ids.ts';
import { HttpError } from '../../http/problem.ts';
import { receiveUpload } from '../../http/receive-upload.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { sendBlob } from '../../http/send-blob.ts';
import type { BlobStore } from '../../kernel/blobs.ts';
import type { PaperStore } from '../ports.ts';
import type { DestroyPaper } from './destroy-paper.ts';
import type { ListPapers, PaperEdition } from './list-papers.ts';
import { PAPER_ROLES, type Paper, type PaperRole } from './papers.ts';
import type { TakePaper } from './take-paper.ts';

const FORM = z.strictObject({ role: z.enum(PAPER_ROLES) });
const PAPER = z.strictObject({
  id: ID,
  role: z.enum(PAPER_ROLES),
  addedOn: z.string(),
  sheets: z.int(),
});
const EDITION = PAPER.extend({
  current: z.boolean().describe('Whether it is bound behind letters now, or was replaced'),
  packs: z.array(z.string()).describe('Sealed packs that it is bound in, by their ids'),
  drafts: z
    .array(z.string())
    .describe('Drafts whose letters hold it; they are sealed only while it is bound'),
});
const lawyers = ['lawyer'] as const;

/** The papers of the organisation that are bound behind every pack's letter. */
export function paperRoutes(deps: {
  papers: () => PaperStore;
  takePaper: () => TakePaper;
  destroyPaper: () => DestroyPaper;
  listPapers: () => ListPapers;
  blobs: () => BlobStore;
}): Route[] {
  const { papers, takePaper, destroyPaper, listPapers, blobs } = deps;

  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/letters/papers',
      roles: lawyers,
      summary:
        'Put in the certificate of registration or the signatory’s authority: field role, then a PDF or picture; each sheet is drawn anew in grey, and look at them',
      needsVault: true,
      form: { file: 'file', fields: FORM },
      answer: { status: 201, schema: PAPER },
      async handle({ request, response, user }) {
        const { stored } = await receiveUpload(request, response, {
          field: 'file',
          store: async ({ bytes, fields }) =>
            await takePaper()({ role: roleIn(fields), bytes, by: user!.role }),
        });
        return { status: 201, json: presentPaper(stored) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/letters/papers',
      roles: lawyers,
      summary:
        'The papers of the organisation, the replaced ones too, which packs that were made with them need to be made again',
      needsVault: true,
      answer: { status: 200, schema: z.strictObject({ papers: z.array(EDITION) }) },
      async handle() {
        return { status: 200, json: { papers: (await listPapers()()).map(presentEdition) } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/letters/papers/:id/sheets/:number',
      roles: lawyers,
      summary: 'One sheet of a paper as letters show it',
      needsVault: true,
      params: BY_ID.extend({ number: z.coerce.number().int().min(1) }),
      answer: { status: 200, mediaType: 'image/jpeg' },
      async handle({ params: { id, number }, request, response }) {
        const sheet = (await papers().find(id)).sheets[number - 1];
        if (sheet === undefined) throw new HttpError('NOT_FOUND', 'The paper has no such sheet.');
        return await sendBlob(request, response, {
          blobs: blobs(),
          blob: sheet.id,
          name: `sheet-${number}.jpg`,
          mediaType: 'image/jpeg',
          etag: sheet.sha256,
        });
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/api/v1/letters/papers/:id',
      roles: lawyers,
      summary:
        'Destroy a paper; the letters of packs that were made with it, which the answer names, stay verifiable but cannot be made again; drafts that hold it are not sealed any more',
      needsVault: true,
      params: BY_ID,
      answer: {
        status: 200,
        schema: z.strictObject({
          destroyed: z.int(),
          packs: z.array(z.string()),
          drafts: z.array(z.string()),
        }),
      },
      async handle({ params: { id }, user }) {
        const edition = (await listPapers()()).find((one) => one.id === id);
        const destroyed = await destroyPaper()({ id, by: user!.role });
        return {
          status: 200,
          json: {
            destroyed,
            packs: [...(edition?.packs ?? [])],
            drafts: [...(edition?.drafts ?? [])],
          },
        };
      },
    }),
  ];
}

function roleIn(fields: unknown): PaperRole {
  const parsed = FORM.safeParse(fields);
  if (parsed.success) return parsed.data.role;
  throw new HttpError(
    'REQUEST_INVALID',
    'form.role is missing or neither registration nor authority; fields come before the file.',
    { field: 'form.role' },
  );
}

function presentEdition(edition: PaperEdition): z.infer<typeof EDITION> {
  const { current, packs, drafts } = edition;
  return { ...presentPaper(edition), current, packs: [...packs], drafts: [...drafts] };
}

function presentPaper({ id, role, addedOn, sheets }: Paper): z.infer<typeof PAPER> {
  return { id, role, addedOn, sheets: sheets.length };
}
