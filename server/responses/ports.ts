import type { JsonValue } from '../kernel/canonical-json.ts';
import type { Sha256 } from '../kernel/digest.ts';
import type { AnnouncedReply, Registration, Reply, Submission } from './submission.ts';

/** What is known of a sealed pack; null while it is a draft. Throws for a pack that is not here. */
export type FindSealedPack = (
  id: string,
) => Promise<{ readonly statementSha256: Sha256; readonly sealedAt: string } | null>;

/** The letter of a pack, as far as terms hang on it; null for packs from before it was kept. */
export type LetterOfPack = (pack: string) => Promise<{
  readonly number: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** The term of a letter that was registered on a day; null where none is known for its reader. */
  termFrom(registered: string): Promise<{
    readonly due: string;
    readonly provisional: boolean;
    readonly confirmed: boolean;
  } | null>;
} | null>;

/** Records an event in the custody log, durably. */
export type RecordCustody = (event: {
  kind: 'sent' | 'registered' | 'answered';
  role: string;
  detail: JsonValue;
}) => Promise<unknown>;

/** What the custody log has of replies. */
export interface RepliesInLog {
  /** How many events it has. */
  size(): Promise<number>;
  /** Whether one of the events from `since` on says that a pack got this reply, with this very file. */
  has(announced: AnnouncedReply): Promise<boolean>;
}

/** Where submissions and replies lie. */
export interface SubmissionStore {
  addSubmission(submission: Submission): Promise<void>;
  /** Sets or corrects what the reader registered a submission under. */
  setRegistration(submission: Submission, registered: Registration): Promise<void>;
  /** Those of a pack, in the order in which they were recorded. */
  submissionsOf(pack: string): Promise<readonly Submission[]>;
  /** Keeps a reply that is not listed yet. */
  announceReply(announced: AnnouncedReply): Promise<void>;
  /** Those to a pack that are neither listed nor dropped, in the order in which they were announced. */
  announcedReplies(pack: string): Promise<readonly AnnouncedReply[]>;
  /** Whether a reply is announced still: another process may have dropped it. */
  isAnnounced(id: string): Promise<boolean>;
  /** Whether it was announced until now: of several who drop it, one is told so. */
  dropAnnounced(id: string): Promise<boolean>;
  /** Lists a reply, which is announced no more, all or nothing; one that is listed already stays as it is. */
  addReply(reply: Reply, pack: string): Promise<void>;
  /** Those of a pack, in the order in which they were recorded. */
  repliesTo(pack: string): Promise<readonly Reply[]>;
}
