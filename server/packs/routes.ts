import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { ID, JOB_STARTED } from '../http/ids.ts';
import { HttpError } from '../http/problem.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { sendBlob } from '../http/send-blob.ts';
import type { BlobStore } from '../kernel/blobs.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';
import { isSha256, type Sha256 } from '../kernel/digest.ts';
import { CodedError } from '../kernel/errors.ts';
import { newId, type RandomBytes } from '../kernel/ids.ts';
import { type Clock, isoSeconds } from '../kernel/time.ts';
import type { DeliverPack } from './deliver-pack.ts';
import type { GatherPack } from './gather-pack.ts';
import type { HasConsentEnded } from './has-consent-ended.ts';
import type { JudgePackLetter } from './judge-pack-letter.ts';
import { PACK_ID } from './manifest/pack-path.ts';
import type { PackOrder } from './pack-order.ts';
import type { PackStore, WriteArchive } from './ports.ts';
import { DISCLOSURE_REPORT, type PreviewDisclosure } from './preview-disclosure.ts';
import type { RefuseEndedConsent } from './refuse-ended-consent.ts';
import { refuseUnapproved } from './refuse-unapproved.ts';
import { letterPath, type RenderPack } from './render-pack.ts';

const line = z.string().trim().min(1).max(300);
const localized = z.strictObject({ ky: line, ru: line, en: line });
const code = z.string().min(1).max(40);
const codes = z.array(code).max(50);
const month = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/);

/** An order as JSON; the letter is checked by the letters, when and where a copy was filmed by the cases. */
function orderSchema(letter: z.ZodType, filmed: z.ZodType) {
  return z.strictObject({
    sample: z.boolean().default(false),
    filter: z
      .strictObject({
        fromMonth: month.optional(),
        toMonth: month.optional(),
        sites: codes.optional(),
        perpetrators: codes.optional(),
        acts: codes.optional(),
      })
      .default({}),
    recipient: code,
    use: code.default('complaint'),
    letter,
    narratives: z
      .array(
        z.strictObject({
          case: ID,
          attributes: z.array(z.enum(['act', 'place', 'perpetrator', 'oblast'])).max(2),
          besideFootage: z
            .string()
            .trim()
            .min(1)
            .max(500)
            .optional()
            .describe(
              'Why it is told although it shares month and site with a presence log; it never leaves',
            ),
        }),
      )
      .max(100)
      .default([]),
    copies: z
      .array(
        z.strictObject({
          copy: ID,
          title: localized,
          filmed: z
            .union([filmed, z.array(filmed).min(1).max(50)])
            .optional()
            .describe(
              'When and where it was filmed, one moment or several, none past midnight; for the report on risk, it never leaves',
            ),
          shows: z
            .array(ID)
            .max(100)
            .describe(
              'Cases whose encounter is to be seen in it, or an empty list as the statement that there are none: each needs a consent for media, at C3, for this recipient and use',
            ),
        }),
      )
      .max(500)
      .default([]),
    presence: z.strictObject({ log: ID, place: localized }).nullable().default(null),
    attachFiles: z.boolean().default(false),
    supersedes: z.custom<Sha256>(isSha256).nullable().default(null),
  });
}

const SEALED = z.strictObject({
  id: z.string(),
  sealedAt: z.string(),
  sizeBytes: z.int(),
  statement: z.string(),
  statementSha256: z.string(),
  signerSha256: z.string(),
  consentEnded: z
    .boolean()
    .describe(
      'A consent that it rests on holds no more: it leaves no more, and must be superseded',
    ),
  files: z.array(z.strictObject({ path: z.string(), sha256: z.string(), sizeBytes: z.int() })),
});
const LISTED = z.strictObject({
  id: z.string(),
  draftedAt: z.string(),
  sizeBytes: z.int().nullable().describe('null until it is sealed'),
  statementSha256: z.string().nullable(),
});
const BY_PACK = z.strictObject({ id: z.string().regex(PACK_ID) });

/** Drafting, sealing and downloading packs. */
export function packRoutes(deps: {
  blobs: () => BlobStore;
  packs: () => PackStore;
  gatherPack: () => GatherPack;
  previewDisclosure: () => PreviewDisclosure;
  renderPack: () => RenderPack;
  judgePackLetter: () => JudgePackLetter;
  deliverPack: () => DeliverPack;
  refuseEndedConsent: () => RefuseEndedConsent;
  hasConsentEnded: () => HasConsentEnded;
  writeArchive: WriteArchive;
  submit: (kind: string, input: JsonValue) => Promise<{ id: string }>;
  letterSchema: z.ZodType;
  filmedSchema: z.ZodType;
  clock: Clock;
  random: RandomBytes;
}): Route[] {
  const { blobs, packs, gatherPack, previewDisclosure, renderPack, submit, clock, random } = deps;
  const { deliverPack, judgePackLetter, refuseEndedConsent, hasConsentEnded, writeArchive } = deps;
  const order = orderSchema(deps.letterSchema, deps.filmedSchema);

  async function sealedOf(id: string) {
    const sealed = await packs().sealed(id);
    if (sealed !== null) return sealed;
    throw new HttpError('NOT_FOUND', 'The pack is not sealed yet. Follow its job.');
  }

  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/packs/preview',
      roles: ['lawyer'],
      summary: 'What a pack of this order would hold, and what keeps it from being sealed',
      needsVault: true,
      body: order,
      answer: {
        status: 200,
        schema: z.strictObject({
          counted: z.int().nullable(),
          leftOut: z.int().nullable(),
          narratives: z.int(),
          copies: z.int(),
          blocked: z.array(z.strictObject({ code: z.string(), message: z.string() })),
          disclosure: DISCLOSURE_REPORT.nullable(),
        }),
      },
      async handle({ body }) {
        const { narratives, copies } = body;
        const wanted = { narratives: narratives.length, copies: copies.length };
        try {
          const ordered = body as unknown as PackOrder;
          const at = clock.now();
          const gathered = await gatherPack()(ordered, at);
          for (const { copy } of gathered.media) refuseUnapproved(copy);
          const { report, refusal } = await previewDisclosure()(ordered, gathered, at);
          const { selected, leftOut } = gathered.counted;
          const counts = { counted: selected.length, leftOut: leftOut.length };
          const blocked = [refusal, await judgePackLetter()(ordered, gathered)]
            .filter((one) => one !== null)
            .map(({ code, message }) => ({ code, message }));
          return { status: 200, json: { ...wanted, ...counts, blocked, disclosure: report } };
        } catch (error) {
          if (!(error instanceof CodedError)) throw error;
          const blocked = [{ code: error.code, message: error.message }];
          const nothing = { counted: null, leftOut: null, disclosure: null };
          return { status: 200, json: { ...wanted, ...nothing, blocked } };
        }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/packs',
      roles: ['lawyer'],
      summary: 'Gather, print and seal a pack; the job’s output names it',
      needsVault: true,
      body: order,
      idempotent: true,
      answer: { status: 202, schema: JOB_STARTED },
      async handle({ body, onceKey }) {
        const input = {
          order: body as unknown as JsonValue,
          request: onceKey ?? newId(random),
        };
        return { status: 202, json: { job: (await submit('build-pack', input)).id } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/packs/preview/letters/:lang',
      roles: ['lawyer'],
      summary: 'The letter as a pack of this order would have it, as PDF; nothing is kept',
      needsVault: true,
      params: z.strictObject({ lang: z.enum(['ky', 'ru', 'en']) }),
      body: order,
      answer: { status: 200, mediaType: 'application/pdf' },
      async handle({ params: { lang }, body, response, signal }) {
        const wanted = body as unknown as PackOrder;
        const at = clock.now();
        const gathered = await gatherPack()(wanted, at);
        // The letter tells the figures: what keeps the pack back keeps it back too.
        const { refusal } = await previewDisclosure()(wanted, gathered, at);
        if (refusal !== null) throw refusal;
        // To be read, not to be handed on: what it would hold for machines was not searched for names.
        const options = { attaches: false, signal };
        const { files } = await renderPack()(wanted, gathered, options);
        const letter = files.find(({ path }) => path === letterPath(lang))!;
        response.setHeader('content-disposition', `attachment; filename="complaint.${lang}.pdf"`);
        response.status(200).type('application/pdf').end(letter.bytes);
        return 'answered';
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/packs/preview/kyrgyz',
      roles: ['lawyer'],
      summary: 'The Kyrgyz texts of an order’s letter that no named reader has confirmed',
      needsVault: true,
      body: order,
      answer: {
        status: 200,
        schema: z.strictObject({
          unread: z.array(z.strictObject({ digest: z.string(), text: z.string() })),
        }),
      },
      async handle({ body, signal }) {
        const wanted = body as unknown as PackOrder;
        const gathered = await gatherPack()(wanted, clock.now());
        const { unread } = await renderPack()(wanted, gathered, { signal });
        return {
          status: 200,
          json: { unread: unread.map(({ digest, text }) => ({ digest, text })) },
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/packs',
      roles: ['lawyer', 'auditor'],
      summary: 'The newest packs; one that is not sealed is still being made, or was broken off',
      needsVault: true,
      query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
      answer: { status: 200, schema: z.strictObject({ packs: z.array(LISTED) }) },
      async handle({ query }) {
        const list = await packs().list(query.limit);
        return {
          status: 200,
          json: {
            packs: list.map(({ id, draftedAtMs, sealed }) => ({
              id,
              draftedAt: isoSeconds(new Date(draftedAtMs)),
              sizeBytes: sealed?.sizeBytes ?? null,
              statementSha256: sealed?.statementSha256 ?? null,
            })),
          },
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/packs/:id',
      roles: ['lawyer', 'auditor'],
      summary: 'A sealed pack: its statement, and the digests of its files',
      needsVault: true,
      params: BY_PACK,
      answer: { status: 200, schema: SEALED },
      async handle({ params }) {
        const { sealedAt, files } = await packs().draft(params.id);
        const { id, sizeBytes, statement, statementSha256, signerSha256 } = await sealedOf(
          params.id,
        );
        return {
          status: 200,
          json: {
            id,
            sealedAt,
            sizeBytes,
            statement,
            statementSha256,
            signerSha256,
            consentEnded: await hasConsentEnded()(params.id),
            files: files.map((file) => ({
              path: file.path,
              sha256: file.sha256,
              sizeBytes: file.sizeBytes,
            })),
          },
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/packs/:id/content',
      roles: ['lawyer', 'auditor'],
      summary: 'The pack as a file, whole or in ranges, as long as every consent in it holds',
      needsVault: true,
      params: BY_PACK,
      answer: { status: 200, mediaType: 'application/zip' },
      async handle({ params, request, response }) {
        const { blob, statementSha256 } = await sealedOf(params.id);
        await refuseEndedConsent()(await packs().draft(params.id));
        return await sendBlob(request, response, {
          blobs: blobs(),
          blob,
          name: `${params.id}.zip`,
          mediaType: 'application/zip',
          etag: statementSha256,
        });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/packs/:id/kit',
      roles: ['lawyer'],
      summary:
        'The pack laid out for a chancery: letter to sign, second copy, files for a disc; recorded',
      needsVault: true,
      params: BY_PACK,
      query: z.strictObject({
        lang: z
          .string()
          .default('ky,ru')
          .transform((text) => text.split(','))
          .pipe(z.array(z.enum(['ky', 'ru', 'en'])).min(1))
          .describe('languages of the printed letter, separated by commas'),
      }),
      answer: { status: 200, mediaType: 'application/zip' },
      async handle({ params, query, user, response }) {
        const kit = await deliverPack()(params.id, [...new Set(query.lang)], user!.role);
        response.setHeader('content-disposition', `attachment; filename="${kit.folder}.zip"`);
        response.status(200).type('application/zip');
        await pipeline(Readable.from(writeArchive(kit.folder, kit.files)), response);
        return 'answered';
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/packs/:id/letters/:lang',
      roles: ['lawyer'],
      summary: 'The letter of a pack as it lies in it, as long as every consent in it holds',
      needsVault: true,
      params: BY_PACK.extend({ lang: z.enum(['ky', 'ru', 'en']) }),
      answer: { status: 200, mediaType: 'application/pdf' },
      async handle({ params, request, response }) {
        const path = letterPath(params.lang);
        const draft = await packs().draft(params.id);
        const file = draft.files.find((one) => one.path === path);
        if (file === undefined) throw new HttpError('NOT_FOUND', 'The pack has no such letter.');
        await refuseEndedConsent()(draft);
        return await sendBlob(request, response, {
          blobs: blobs(),
          blob: file.blob,
          name: `complaint.${params.lang}.pdf`,
          mediaType: 'application/pdf',
          etag: file.sha256,
        });
      },
    }),
  ];
}
