import type { BlobStore } from '../kernel/blobs.ts';
import type { Clock } from '../kernel/time.ts';
import { ResponseError } from './errors.ts';
import type { RecordCustody, RepliesInLog, SubmissionStore } from './ports.ts';
import type { AnnouncedReply, Reply } from './submission.ts';

/** Keeps replies, of which log, list and file are three things: what the log swears to is never lost. */
export interface KeepReplies {
  /**
   * Has the log swear to a reply whose file is kept, then lists it.
   *
   * @throws {ResponseError} `REPLY_EMPTY`, `REPLY_TOO_LATE`, `REPLY_UNLISTED`, `REPLY_UNCERTAIN`; see
   *   `FollowPacks.answered` for what then remains.
   */
  record(reply: Reply, pack: string, role: string): Promise<void>;
  /**
   * The replies to a pack. The log decides about those that were announced and not listed, whichever
   * process announced them.
   */
  listed(pack: string): Promise<readonly Reply[]>;
}

/** After this long nothing is being recorded any more: what the log does not have then, it never will. */
const UNDECIDED_MS = 24 * 60 * 60 * 1_000;

/** Creates the keeping of replies. */
export function createKeepReplies(deps: {
  store: SubmissionStore;
  recordCustody: RecordCustody;
  repliesInLog: RepliesInLog;
  blobs: Pick<BlobStore, 'destroy'>;
  clock: Clock;
}): KeepReplies {
  const { store, recordCustody, repliesInLog, blobs, clock } = deps;
  /** Replies that this process records right now: the machine may have slept for days meanwhile. */
  const recording = new Set<string>();

  /**
   * An announced reply that the log does not know, with its file: the row goes first, so that whoever
   * records it sees that it is gone.
   */
  async function forget({ id, blob }: Reply): Promise<void> {
    if (await store.dropAnnounced(id)) await blobs.destroy(blob);
  }

  /** Announces a reply; where that fails, nothing of it remains, for the log cannot have it. */
  async function announce(reply: Reply, pack: string): Promise<AnnouncedReply> {
    try {
      if (reply.sizeBytes === 0) {
        throw new ResponseError(
          'REPLY_EMPTY',
          'The file of the reply is empty. Scan or save it again.',
        );
      }
      const since = await repliesInLog.size();
      const announced = { reply, pack, since, at: clock.now().toISOString() };
      await store.announceReply(announced);
      return announced;
    } catch (error) {
      await blobs.destroy(reply.blob);
      await store.dropAnnounced(reply.id);
      throw error;
    }
  }

  /** Has the log swear to an announced reply. An error of the log may come after it has done so. */
  async function swear(announced: AnnouncedReply, role: string): Promise<void> {
    const { reply, pack } = announced;
    const { fileName: _ours, reference, ...told } = reply;
    const named = reference === null ? null : { number: reference.number, on: reference.on };
    if (!(await store.isAnnounced(reply.id))) {
      throw new ResponseError(
        'REPLY_TOO_LATE',
        'Recording the reply took more than a day, so that its file was taken away. Record it again.',
      );
    }
    try {
      await recordCustody({ kind: 'answered', role, detail: { pack, ...told, reference: named } });
    } catch (error) {
      let isThere: boolean;
      try {
        isThere = await repliesInLog.has(announced);
      } catch {
        throw new ResponseError(
          'REPLY_UNCERTAIN',
          'Whether the log has the reply cannot be told now, so its file is kept. Look at the list of replies before you record it again.',
          { cause: error },
        );
      }
      if (isThere) return;
      await forget(reply);
      throw error;
    }
  }

  async function list(reply: Reply, pack: string): Promise<void> {
    try {
      await store.addReply(reply, pack);
    } catch (cause) {
      throw new ResponseError(
        'REPLY_UNLISTED',
        'The log has the reply and its file is kept, but it could not be listed. Look at the list of replies before you record it again.',
        { cause },
      );
    }
  }

  return {
    async record(reply, pack, role) {
      recording.add(reply.id);
      try {
        await swear(await announce(reply, pack), role);
        // From here on the log swears to the file, so that it stays whatever happens.
        await list(reply, pack);
      } finally {
        recording.delete(reply.id);
      }
    },
    async listed(pack) {
      for (const announced of await store.announcedReplies(pack)) {
        const { reply, at } = announced;
        if (recording.has(reply.id)) continue;
        if (await repliesInLog.has(announced)) await store.addReply(reply, pack);
        else if (clock.now().getTime() - Date.parse(at) > UNDECIDED_MS) await forget(reply);
      }
      return await store.repliesTo(pack);
    },
  };
}
