import type { BlobStore } from '../kernel/blobs.ts';
import { newId, type RandomBytes } from '../kernel/ids.ts';
import { bishkekDate, type Clock } from '../kernel/time.ts';
import { ResponseError } from './errors.ts';
import { createKeepReplies } from './keep-replies.ts';
import type { FindSealedPack, RecordCustody, RepliesInLog, SubmissionStore } from './ports.ts';
import type { Registration, Reply, ReplyKind, Submission, Way } from './submission.ts';

/** A submission with the replies to it. */
export interface FollowedSubmission {
  readonly submission: Submission;
  readonly replies: readonly Reply[];
}

/** What came of sealed packs, as lawyers record it. The custody log knows of each step first. */
export interface FollowPacks {
  /**
   * Records a sending, whatever became of the consents: it has happened. The answer says whether one
   * of them does not hold any more, and so does the custody log.
   *
   * @throws {ResponseError} `PACK_UNSEALED`, `DAY_IMPOSSIBLE`.
   */
  sent(
    pack: string,
    entered: { sentOn: string; by: Way; to?: string; number?: string },
    role: string,
  ): Promise<Submission & { readonly consentEnded: boolean }>;
  /**
   * Under which number and day the reader registered it; given again, it corrects what was entered,
   * and the log has what it corrects. The day is not after that of the first reply.
   *
   * @throws {ResponseError} `SUBMISSION_UNKNOWN`, `SUBMISSION_UNCLEAR`, `DAY_IMPOSSIBLE`.
   */
  registered(at: SubmissionPlace, registered: Registration, role: string): Promise<Submission>;
  /**
   * Keeps the file of a reply, encrypted. It came on the day of the registration or later, and does not
   * name a day after that on which it came.
   *
   * @throws {ResponseError} as {@link FollowPacks.registered}, `REPLY_EMPTY`, and `REPLY_TOO_LATE` when a
   *   day went by meanwhile; nothing remains then. `REPLY_UNLISTED` when the log has the reply and the list
   *   has not: its file is kept, and it is listed before replies are read next, also where this process has
   *   ended. `REPLY_UNCERTAIN` when nobody can tell whether the log has it: the file is kept until one can.
   */
  answered(
    at: SubmissionPlace,
    reply: {
      receivedOn: string;
      kind: ReplyKind;
      reference?: Registration;
      fileName: string;
      bytes: AsyncIterable<Uint8Array>;
    },
    role: string,
  ): Promise<Reply>;
  /** Throws for a pack that is not here. */
  of(pack: string): Promise<readonly FollowedSubmission[]>;
  /** @throws {ResponseError} `REPLY_UNKNOWN`. */
  reply(pack: string, id: string): Promise<Reply>;
}

/** A submission by its id, or the only one of the pack. */
export interface SubmissionPlace {
  readonly pack: string;
  readonly submission?: string;
}

/** Creates the following of sent packs. */
export function createFollowPacks(deps: {
  store: SubmissionStore;
  findSealedPack: FindSealedPack;
  /** Whether a sealed pack rests on a consent that does not hold today. */
  hasConsentEnded: (pack: string) => Promise<boolean>;
  recordCustody: RecordCustody;
  repliesInLog: RepliesInLog;
  blobs: Pick<BlobStore, 'put' | 'destroy'>;
  clock: Clock;
  random: RandomBytes;
}): FollowPacks {
  const { store, findSealedPack, recordCustody, blobs, clock, random } = deps;
  const keepReplies = createKeepReplies(deps);

  async function sealedPack(id: string) {
    const sealed = await findSealedPack(id);
    if (sealed !== null) return sealed;
    throw new ResponseError(
      'PACK_UNSEALED',
      'The pack is a draft, so nobody can have been sent it. Seal it first.',
    );
  }

  async function find({ pack, submission }: SubmissionPlace): Promise<Submission> {
    await findSealedPack(pack);
    const all = await store.submissionsOf(pack);
    if (submission !== undefined) {
      const found = all.find(({ id }) => id === submission);
      if (found !== undefined) return found;
    }
    if (submission !== undefined || all.length === 0) {
      throw new ResponseError(
        'SUBMISSION_UNKNOWN',
        'No such sending of this pack was recorded. Record first that it was sent.',
      );
    }
    if (all.length === 1) return all[0]!;
    throw new ResponseError(
      'SUBMISSION_UNCLEAR',
      'The pack was sent more than once. Say which sending is meant, by its id.',
    );
  }

  /** Days that are told must have come, and in their order: a wrong one would move a term. */
  function refuseImpossible(
    day: string,
    what: string,
    { from, to = bishkekDate(clock.now()) }: { from: string; to?: string },
  ): void {
    if (day >= from && day <= to) return;
    throw new ResponseError(
      'DAY_IMPOSSIBLE',
      `A ${what} cannot be from ${day}: it must be from ${from} to ${to}. Check the day.`,
    );
  }

  async function firstReplyTo({ id, pack }: Submission): Promise<string | undefined> {
    const replies = (await keepReplies.listed(pack)).filter(({ submission }) => submission === id);
    return replies.map(({ receivedOn }) => receivedOn).sort()[0];
  }

  const nullable = ({ to, number }: { to?: string; number?: string }) => ({
    to: to ?? null,
    number: number ?? null,
  });

  return {
    async sent(pack, entered, role) {
      const { statementSha256, sealedAt } = await sealedPack(pack);
      const { sentOn, by } = entered;
      refuseImpossible(sentOn, 'sending', { from: bishkekDate(new Date(sealedAt)) });
      const id = newId(random);
      const { to, number } = nullable(entered);
      const submission = { id, pack, statementSha256, sentOn, by, to, number, registered: null };
      const consentEnded = await deps.hasConsentEnded(pack);
      const { registered: _none, ...facts } = submission;
      const detail = consentEnded ? { ...facts, consentEnded } : facts;
      await recordCustody({ kind: 'sent', role, detail });
      await store.addSubmission(submission);
      return { ...submission, consentEnded };
    },
    async registered(at, { number, on }, role) {
      const submission = await find(at);
      const { id, pack, sentOn, registered: former } = submission;
      const to = await firstReplyTo(submission);
      refuseImpossible(on, 'registration', { from: sentOn, ...(to === undefined ? {} : { to }) });
      const registered = { number, on };
      const corrects = former === null ? null : { number: former.number, on: former.on };
      await recordCustody({ kind: 'registered', role, detail: { pack, id, registered, corrects } });
      await store.setRegistration(submission, registered);
      return { ...submission, registered };
    },
    async answered(at, { receivedOn, kind, reference, fileName, bytes }, role) {
      const { id: submission, pack, sentOn, registered } = await find(at);
      refuseImpossible(receivedOn, 'reply', { from: registered?.on ?? sentOn });
      if (reference !== undefined) {
        refuseImpossible(reference.on, 'reply', { from: sentOn, to: receivedOn });
      }
      const { id: blob, sha256, sizeBytes } = await blobs.put(bytes);
      const id = newId(random);
      const named = reference === undefined ? null : { number: reference.number, on: reference.on };
      const told = { submission, receivedOn, kind, reference: named, sha256, sizeBytes };
      const reply: Reply = { id, ...told, fileName, blob };
      await keepReplies.record(reply, pack, role);
      return reply;
    },
    async of(pack) {
      await findSealedPack(pack);
      const replies = await keepReplies.listed(pack);
      return (await store.submissionsOf(pack)).map((submission) => ({
        submission,
        replies: replies.filter((one) => one.submission === submission.id),
      }));
    },
    async reply(pack, id) {
      await findSealedPack(pack);
      const found = (await keepReplies.listed(pack)).find((one) => one.id === id);
      if (found !== undefined) return found;
      throw new ResponseError('REPLY_UNKNOWN', 'No such reply to this pack was recorded.');
    },
  };
}
