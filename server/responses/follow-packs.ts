import type { BlobStore } from '../kernel/blobs.ts';
import { newId, type RandomBytes } from '../kernel/ids.ts';
import { bishkekDate, type Clock } from '../kernel/time.ts';
import { ResponseError } from './errors.ts';
import type { FindSealedPack, RecordCustody, SubmissionStore } from './ports.ts';
import type { Registration, Reply, ReplyKind, Submission, Way } from './submission.ts';

/** A submission with the replies to it. */
export interface FollowedSubmission {
  readonly submission: Submission;
  readonly replies: readonly Reply[];
}

/** What came of sealed packs, as lawyers record it. The custody log knows of each step first. */
export interface FollowPacks {
  /** @throws {ResponseError} `PACK_UNSEALED`, `DAY_IMPOSSIBLE`. */
  sent(
    pack: string,
    entered: { sentOn: string; by: Way; to?: string; number?: string },
    role: string,
  ): Promise<Submission>;
  /**
   * Under which number and day the reader registered it; given again, it corrects what was entered.
   *
   * @throws {ResponseError} `SUBMISSION_UNKNOWN`, `SUBMISSION_UNCLEAR`, `DAY_IMPOSSIBLE`.
   */
  registered(at: SubmissionPlace, registered: Registration, role: string): Promise<Submission>;
  /**
   * Keeps the file of a reply, encrypted.
   *
   * @throws {ResponseError} as {@link FollowPacks.registered}, and `REPLY_EMPTY`; nothing remains then.
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
  recordCustody: RecordCustody;
  blobs: Pick<BlobStore, 'put' | 'destroy'>;
  clock: Clock;
  random: RandomBytes;
}): FollowPacks {
  const { store, findSealedPack, recordCustody, blobs, clock, random } = deps;

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
  function refuseImpossible(day: string, notBefore: string, what: string): void {
    const today = bishkekDate(clock.now());
    if (day >= notBefore && day <= today) return;
    throw new ResponseError(
      'DAY_IMPOSSIBLE',
      `A ${what} cannot be from ${day}: it must be from ${notBefore} to ${today}. Check the day.`,
    );
  }

  const nullable = ({ to, number }: { to?: string; number?: string }) => ({
    to: to ?? null,
    number: number ?? null,
  });

  return {
    async sent(pack, entered, role) {
      const { statementSha256, sealedAt } = await sealedPack(pack);
      const { sentOn, by } = entered;
      refuseImpossible(sentOn, bishkekDate(new Date(sealedAt)), 'sending');
      const id = newId(random);
      const { to, number } = nullable(entered);
      const submission = { id, pack, statementSha256, sentOn, by, to, number, registered: null };
      const { registered: _none, ...detail } = submission;
      await recordCustody({ kind: 'sent', role, detail });
      await store.addSubmission(submission);
      return submission;
    },
    async registered(at, { number, on }, role) {
      const submission = await find(at);
      const { id, pack, sentOn } = submission;
      refuseImpossible(on, sentOn, 'registration');
      const registered = { number, on };
      await recordCustody({ kind: 'sent', role, detail: { pack, id, registered } });
      await store.setRegistration(submission, registered);
      return { ...submission, registered };
    },
    async answered(at, { receivedOn, kind, reference, fileName, bytes }, role) {
      const { id: submission, pack, sentOn } = await find(at);
      refuseImpossible(receivedOn, sentOn, 'reply');
      if (reference !== undefined) refuseImpossible(reference.on, sentOn, 'reply');
      const { id: blob, sha256, sizeBytes } = await blobs.put(bytes);
      try {
        if (sizeBytes === 0) {
          throw new ResponseError(
            'REPLY_EMPTY',
            'The file of the reply is empty. Scan or save it again.',
          );
        }
        const id = newId(random);
        const named =
          reference === undefined ? null : { number: reference.number, on: reference.on };
        const told = { submission, receivedOn, kind, reference: named, sha256, sizeBytes };
        await recordCustody({ kind: 'answered', role, detail: { pack, id, ...told } });
        const reply: Reply = { id, ...told, fileName, blob };
        await store.addReply(reply, pack);
        return reply;
      } catch (error) {
        await blobs.destroy(blob);
        throw error;
      }
    },
    async of(pack) {
      await findSealedPack(pack);
      const replies = await store.repliesTo(pack);
      return (await store.submissionsOf(pack)).map((submission) => ({
        submission,
        replies: replies.filter((one) => one.submission === submission.id),
      }));
    },
    async reply(pack, id) {
      await findSealedPack(pack);
      const found = (await store.repliesTo(pack)).find((one) => one.id === id);
      if (found !== undefined) return found;
      throw new ResponseError('REPLY_UNKNOWN', 'No such reply to this pack was recorded.');
    },
  };
}
