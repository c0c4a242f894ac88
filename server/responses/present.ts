import { z } from 'zod';
import type { FollowUp } from './follow-up.ts';
import { REPLY_KINDS, type Reply, type Submission, WAYS } from './submission.ts';

const day = z.iso.date().describe('A day in Bishkek');
const number = z.string().trim().min(1).max(60);

/** A number and its day, as they are entered and shown. */
export const REGISTRATION = z.strictObject({ number, on: day });

/** What is entered of a sending. */
export const SENT = z.strictObject({
  sentOn: day,
  by: z.enum(WAYS),
  to: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe('Where it went, if not to the body that its letter is addressed to'),
  number: number.optional().describe('Our outgoing number'),
});

/** What is entered of a reply, before its file. */
export const ANSWERED = z.strictObject({
  receivedOn: day,
  kind: z
    .enum(REPLY_KINDS)
    .describe('formal: it leaves the requests aside; forwarded: another office has it now'),
  number: number.optional().describe('The number that the reply names, with its day'),
  dated: day.optional(),
});

/** A reply, as it is shown; the file is asked for by itself. */
export const REPLY = z.strictObject({
  id: z.string(),
  receivedOn: z.string(),
  kind: z.enum(REPLY_KINDS),
  reference: REGISTRATION.nullable(),
  fileName: z.string(),
  sha256: z.string(),
  sizeBytes: z.int(),
});

/** A sending, as it is shown. */
export const SUBMISSION = z.strictObject({
  id: z.string(),
  statementSha256: z.string(),
  sentOn: z.string(),
  by: z.enum(WAYS),
  to: z.string().nullable(),
  number: z.string().nullable(),
  registered: REGISTRATION.nullable().describe('Terms of reply are counted from this day'),
});

/** A sending that was just recorded, and what its lawyer has to know. */
export const RECORDED_SENDING = SUBMISSION.extend({
  warning: z
    .string()
    .nullable()
    .describe('Says so when a consent that the pack rests on does not hold any more'),
});

/** A sending with what came of it. */
export const FOLLOWED = SUBMISSION.extend({
  replies: z.array(REPLY),
  term: z
    .strictObject({
      due: z.string().describe('The last day in time'),
      overdue: z.boolean().describe('That day is over, and no reply of any kind was recorded'),
      provisional: z.boolean().describe('Counted by a calendar that is not final'),
      confirmed: z.boolean().describe('A lawyer has confirmed the term'),
    })
    .nullable()
    .describe(
      'Null before registration, for what went elsewhere than its letter, and where no term is known',
    ),
  first: z
    .strictObject({
      number: z.string(),
      date: z.string(),
      registered: z.strictObject({ number: z.string(), date: z.string() }),
      reply: z.enum(['none', 'formal']),
    })
    .nullable()
    .describe('What a reminder says of this letter: the field first of its model'),
});

/** What a lawyer sees of a sending. */
export function presentSubmission(one: Submission): z.infer<typeof SUBMISSION> {
  const { id, statementSha256, sentOn, by, to, number, registered } = one;
  return { id, statementSha256, sentOn, by, to, number, registered };
}

const CONSENT_ENDED =
  'The sending is recorded, but a consent that this pack rests on was withdrawn or has ended, and what was sent cannot be called back. Send a pack that supersedes it, and tell the person’s street lawyer.';

/** What a lawyer sees when a sending was recorded. */
export function presentSending(
  one: Submission & { readonly consentEnded: boolean },
): z.infer<typeof RECORDED_SENDING> {
  const { id, statementSha256, sentOn, by, to, number, registered } = presentSubmission(one);
  const warning = one.consentEnded ? CONSENT_ENDED : null;
  return { id, statementSha256, sentOn, by, to, number, registered, warning };
}

/** What a lawyer sees of a reply. */
export function presentReply(one: Reply): z.infer<typeof REPLY> {
  const { id, receivedOn, kind, reference, fileName, sha256, sizeBytes } = one;
  return { id, receivedOn, kind, reference, fileName, sha256, sizeBytes };
}

/** Both together, and what follows. */
export function presentFollowed(one: FollowUp): z.infer<typeof FOLLOWED> {
  const { id, statementSha256, sentOn, by, to, number, registered } = presentSubmission(
    one.submission,
  );
  const replies = one.replies.map(presentReply);
  const { term, first } = one;
  return {
    id,
    statementSha256,
    sentOn,
    by,
    to,
    number,
    registered,
    replies,
    term: term && {
      due: term.due,
      overdue: term.overdue,
      provisional: term.provisional,
      confirmed: term.confirmed,
    },
    first: first && {
      number: first.number,
      date: first.date,
      registered: { number: first.registered.number, date: first.registered.date },
      reply: first.reply,
    },
  };
}
