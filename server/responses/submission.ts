import type { Sha256 } from '../kernel/digest.ts';

/** How a pack went to its reader. */
export const WAYS = ['post', 'hand', 'electronic'] as const;

/** One of {@link WAYS}. */
export type Way = (typeof WAYS)[number];

/**
 * What a reply does: answers the requests, leaves them aside, tells that another office has the letter
 * now, or refuses it.
 */
export const REPLY_KINDS = ['substantive', 'formal', 'forwarded', 'refused'] as const;

/** One of {@link REPLY_KINDS}. */
export type ReplyKind = (typeof REPLY_KINDS)[number];

/** A number that an office gave, and the day of it (`YYYY-MM-DD`, in Bishkek). */
export interface Registration {
  readonly number: string;
  readonly on: string;
}

/** That a sealed pack was sent to somebody. */
export interface Submission {
  readonly id: string;
  readonly pack: string;
  /** Of the statement that was sent: what the reader holds is this pack and no later one. */
  readonly statementSha256: Sha256;
  /** `YYYY-MM-DD`, in Bishkek. */
  readonly sentOn: string;
  readonly by: Way;
  /** Where it went; null for the body that its letter is addressed to. */
  readonly to: string | null;
  /** Our own outgoing number («исх. №»). */
  readonly number: string | null;
  /** The reader's incoming number («вх. №»): from this day on terms are counted. */
  readonly registered: Registration | null;
}

/** A reply, of which the file is kept as it came. */
export interface Reply {
  readonly id: string;
  readonly submission: string;
  /** `YYYY-MM-DD`, in Bishkek. */
  readonly receivedOn: string;
  readonly kind: ReplyKind;
  /** Number and day that the reply itself names. */
  readonly reference: Registration | null;
  /** As whoever brought it named the file: data, never a path. */
  readonly fileName: string;
  readonly blob: string;
  readonly sha256: Sha256;
  readonly sizeBytes: number;
}

/** A reply that is kept before the custody log swears to it: whatever ends the process, one of both tells. */
export interface AnnouncedReply {
  readonly reply: Reply;
  readonly pack: string;
  /** How many events the log had then: the one of this reply comes later. */
  readonly since: number;
  /** When, UTC to the millisecond. */
  readonly at: string;
}
