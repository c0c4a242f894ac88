import { z } from 'zod';
import { HttpError } from '../http/problem.ts';
import { receiveUpload } from '../http/receive-upload.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { sendBlob } from '../http/send-blob.ts';
import type { BlobStore } from '../kernel/blobs.ts';
import type { FollowPacks } from './follow-packs.ts';
import type { FollowUpPack } from './follow-up.ts';
import {
  ANSWERED,
  FOLLOWED,
  presentFollowed,
  presentReply,
  presentSending,
  presentSubmission,
  RECORDED_SENDING,
  REGISTRATION,
  REPLY,
  SENT,
  SUBMISSION,
} from './present.ts';

const lawyers = ['lawyer'] as const;
const OF_PACK = z.strictObject({ id: z.string().regex(/^EP-[a-z2-7]{26}$/) });
const OF_SUBMISSION = OF_PACK.extend({ submission: z.string().max(64) });

/** What came of packs that were sent. Lawyers only: a reply may name people. */
export function responseRoutes(deps: {
  followPacks: () => FollowPacks;
  followUpPack: () => FollowUpPack;
  blobs: () => BlobStore;
}): Route[] {
  const { followPacks, followUpPack, blobs } = deps;
  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/packs/:id/submissions',
      roles: lawyers,
      summary: 'Record that a sealed pack was sent; the custody log has it first',
      needsVault: true,
      params: OF_PACK,
      body: SENT,
      idempotent: true,
      answer: { status: 201, schema: RECORDED_SENDING },
      async handle({ params, body, user }) {
        const sending = await followPacks().sent(params.id, body, user!.role);
        return { status: 201, json: presentSending(sending) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/packs/:id/submissions',
      roles: lawyers,
      summary:
        'When and how a pack was sent, how it was registered, the replies to it, until when one is due, and what a reminder says of the letter',
      needsVault: true,
      params: OF_PACK,
      answer: { status: 200, schema: z.strictObject({ submissions: z.array(FOLLOWED) }) },
      async handle({ params }) {
        const followed = await followUpPack()(params.id);
        return { status: 200, json: { submissions: followed.map(presentFollowed) } };
      },
    }),
    defineRoute({
      method: 'put',
      path: '/api/v1/packs/:id/submissions/:submission/registration',
      roles: lawyers,
      summary: 'Record, or correct, the number and day under which the reader registered a pack',
      needsVault: true,
      params: OF_SUBMISSION,
      body: REGISTRATION,
      answer: { status: 200, schema: SUBMISSION },
      async handle({ params: { id: pack, submission }, body, user }) {
        const changed = await followPacks().registered({ pack, submission }, body, user!.role);
        return { status: 200, json: presentSubmission(changed) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/packs/:id/submissions/:submission/replies',
      roles: lawyers,
      summary: 'Keep a reply, encrypted: fields receivedOn and kind, then the file as it came',
      needsVault: true,
      params: OF_SUBMISSION,
      form: { file: 'file', fields: ANSWERED },
      idempotent: true,
      answer: { status: 201, schema: REPLY },
      async handle({ params: { id: pack, submission }, request, response, user }) {
        const { stored } = await receiveUpload(request, response, {
          field: 'file',
          store: ({ name, bytes, fields }) =>
            followPacks().answered(
              { pack, submission },
              { ...enteredReply(fields), fileName: name, bytes },
              user!.role,
            ),
        });
        return { status: 201, json: presentReply(stored) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/packs/:id/replies/:reply',
      roles: lawyers,
      summary: 'The file of a reply, byte for byte as it came',
      needsVault: true,
      params: OF_PACK.extend({ reply: z.string().max(64) }),
      answer: { status: 200, mediaType: 'application/octet-stream' },
      async handle({ params, request, response }) {
        const { id, blob, sha256 } = await followPacks().reply(params.id, params.reply);
        return await sendBlob(request, response, {
          blobs: blobs(),
          blob,
          name: `reply-${id}`,
          mediaType: 'application/octet-stream',
          etag: sha256,
        });
      },
    }),
  ];
}

/** The fields of the form that came before the file. */
function enteredReply(fields: Readonly<Record<string, string>>) {
  const parsed = ANSWERED.safeParse(fields);
  if (!parsed.success) {
    const field = `form.${parsed.error.issues[0]!.path.join('.')}`;
    throw new HttpError(
      'REQUEST_INVALID',
      `${field} is missing or not of its form; fields come before the file.`,
      { field },
    );
  }
  const { receivedOn, kind, number, dated } = parsed.data;
  if ((number === undefined) !== (dated === undefined)) {
    throw new HttpError(
      'REQUEST_INVALID',
      'A reply has a number and a day, or neither. Give both.',
      { field: number === undefined ? 'form.number' : 'form.dated' },
    );
  }
  const reference = number === undefined ? {} : { reference: { number, on: dated! } };
  return { receivedOn, kind, ...reference };
}
