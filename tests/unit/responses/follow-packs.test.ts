import { beforeEach, describe, expect, test } from 'vitest';
import { type Sha256, sha256 } from '../../../server/kernel/digest.ts';
import { systemRandom } from '../../../server/kernel/ids.ts';
import { createFollowPacks, type FollowPacks } from '../../../server/responses/follow-packs.ts';
import type { RecordCustody, SubmissionStore } from '../../../server/responses/ports.ts';
import type { AnnouncedReply, Reply, Submission } from '../../../server/responses/submission.ts';
import { createMemoryBlobs } from '../../fakes/memory-blobs.ts';

// What may be recorded of a pack that was sent, in which order, and what then remains.

const PACK = 'EP-aaaaaaaaaaaaaaaaaaaaaaaaaa';
const DRAFT = 'EP-bbbbbbbbbbbbbbbbbbbbbbbbbb';
const STATEMENT = 'a'.repeat(64) as Sha256;
let follow: FollowPacks;
/** Another process over the same store, log and files. */
let started: () => FollowPacks;
let now: Date;
let told: Parameters<RecordCustody>[0][];
let kept: {
  submissions: Submission[];
  replies: Reply[];
  announced: AnnouncedReply[];
  blobs: Set<string>;
};
let isLogBroken: boolean;
/** What happens when the log has an event, and before it says so. */
let afterTold: () => void | Promise<void>;
/** What happens before the log has one. */
let beforeTold: () => void | Promise<void>;
let isLogUnreadable: boolean;
/** What happens when a reply was announced, or just before it is dropped. */
let afterAnnounced: () => void | Promise<void>;
let beforeDropped: () => void;
let isStoreBroken: boolean;
let hasConsentEnded: boolean;

beforeEach(() => {
  told = [];
  isLogBroken = false;
  isLogUnreadable = false;
  beforeTold = () => {};
  afterTold = () => {};
  afterAnnounced = () => {};
  beforeDropped = () => {};
  isStoreBroken = false;
  hasConsentEnded = false;
  now = new Date('2026-11-26T19:00:00Z');
  kept = { submissions: [], replies: [], announced: [], blobs: new Set() };
  const blobs = createMemoryBlobs();
  const store: SubmissionStore = {
    addSubmission: async (one) => void kept.submissions.push(one),
    async setRegistration({ id }, registered) {
      kept.submissions = kept.submissions.map((one) =>
        one.id === id ? { ...one, registered } : one,
      );
    },
    submissionsOf: async () => kept.submissions,
    async announceReply(one) {
      kept.announced.push(one);
      await afterAnnounced();
    },
    announcedReplies: async (pack) => kept.announced.filter((one) => one.pack === pack),
    isAnnounced: async (id) => kept.announced.some(({ reply }) => reply.id === id),
    async dropAnnounced(id) {
      beforeDropped();
      const before = kept.announced.length;
      kept.announced = kept.announced.filter(({ reply }) => reply.id !== id);
      return kept.announced.length < before;
    },
    async addReply(one) {
      if (isStoreBroken) throw new Error('the database is locked');
      kept.announced = kept.announced.filter(({ reply }) => reply.id !== one.id);
      if (!kept.replies.some(({ id }) => id === one.id)) kept.replies.push(one);
    },
    repliesTo: async () => kept.replies,
  };
  const deps: Parameters<typeof createFollowPacks>[0] = {
    store,
    findSealedPack: async (id) =>
      // Sealed in the last hours of the day in UTC: in Bishkek it is the 24th already.
      id === PACK ? { statementSha256: STATEMENT, sealedAt: '2026-11-23T20:00:00Z' } : null,
    hasConsentEnded: async () => hasConsentEnded,
    async recordCustody(event) {
      await beforeTold();
      if (isLogBroken) throw new Error('the disk is full');
      told.push(event);
      await afterTold();
    },
    repliesInLog: {
      size: async () => told.length,
      async has({ reply, since }) {
        if (isLogUnreadable) throw new Error('the log cannot be read');
        return told.slice(since).some(({ detail }) => (detail as { id: string }).id === reply.id);
      },
    },
    blobs: {
      async put(source) {
        const stored = await blobs.put(source);
        kept.blobs.add(stored.id);
        return stored;
      },
      destroy: async (id) => void kept.blobs.delete(id),
    },
    clock: { now: () => now },
    random: systemRandom,
  };
  started = () => createFollowPacks(deps);
  follow = started();
});

async function* bytesOf(text: string) {
  yield new TextEncoder().encode(text);
}
const sent = (sentOn = '2026-11-24') => follow.sent(PACK, { sentOn, by: 'post' }, 'lawyer');
const reply = (receivedOn = '2026-11-26', text = 'the reply') => ({
  receivedOn,
  kind: 'formal' as const,
  fileName: 'reply.pdf',
  bytes: bytesOf(text),
});

test('a pack is sent, registered and answered; the log has each step with what it is about', async () => {
  const submission = await sent();
  const registered = { number: '3305', on: '2026-11-25' };
  await follow.registered({ pack: PACK }, registered, 'lawyer');
  const { id, sha256: digest } = await follow.answered({ pack: PACK }, reply(), 'lawyer');
  expect(digest).toBe(sha256('the reply'));
  expect(await follow.of(PACK)).toMatchObject([
    { submission: { statementSha256: STATEMENT, registered }, replies: [{ id, kind: 'formal' }] },
  ]);
  expect(told).toMatchObject([
    { kind: 'sent', detail: { pack: PACK, statementSha256: STATEMENT, sentOn: '2026-11-24' } },
    { kind: 'registered', detail: { pack: PACK, id: submission.id, registered, corrects: null } },
    { kind: 'answered', detail: { pack: PACK, submission: submission.id, sha256: digest } },
  ]);
});

test('a sending after a consent ended is recorded, and the answer and the log say so', async () => {
  expect(await sent()).toMatchObject({ consentEnded: false });
  hasConsentEnded = true;
  expect(await sent()).toMatchObject({ consentEnded: true });
  expect(kept.submissions).toHaveLength(2);
  expect(told.map(({ detail }) => (detail as { consentEnded?: true }).consentEnded)).toEqual([
    undefined,
    true,
  ]);
});

describe('days', () => {
  test('of a sending are from that of the seal to today, in Bishkek', async () => {
    for (const day of ['2026-11-23', '2026-11-28']) {
      await expect(sent(day)).rejects.toMatchObject({ code: 'DAY_IMPOSSIBLE' });
    }
    for (const day of ['2026-11-24', '2026-11-27']) expect((await sent(day)).sentOn).toBe(day);
  });

  test('of a registration or a reply do not come before the sending', async () => {
    await sent('2026-11-25');
    const early = { number: '1', on: '2026-11-24' };
    const at = { pack: PACK };
    const refused = [
      follow.registered(at, early, 'lawyer'),
      follow.answered(at, reply('2026-11-24'), 'lawyer'),
      follow.answered(at, { ...reply(), reference: early }, 'lawyer'),
    ];
    for (const one of refused) await expect(one).rejects.toMatchObject({ code: 'DAY_IMPOSSIBLE' });
    expect([told.length, kept.blobs.size]).toEqual([1, 0]);
  });

  test('of a reply come after that of the registration, and no reply is dated later than it came', async () => {
    await sent('2026-11-24');
    const at = { pack: PACK };
    await follow.registered(at, { number: '1', on: '2026-11-25' }, 'lawyer');
    const late = { ...reply('2026-11-25'), reference: { number: '8', on: '2026-11-26' } };
    for (const one of [late, reply('2026-11-24')]) {
      const refused = follow.answered(at, one, 'lawyer');
      await expect(refused).rejects.toMatchObject({ code: 'DAY_IMPOSSIBLE' });
    }
    const early = { ...reply('2026-11-26'), reference: { number: '8', on: '2026-11-25' } };
    expect((await follow.answered(at, early, 'lawyer')).reference?.on).toBe('2026-11-25');
    expect([told.length, kept.blobs.size]).toEqual([3, 1]);
  });

  test('of a registration are not after the first reply to that sending', async () => {
    const first = { pack: PACK, submission: (await sent('2026-11-24')).id };
    const second = { pack: PACK, submission: (await sent('2026-11-24')).id };
    for (const day of ['2026-11-26', '2026-11-25']) {
      await follow.answered(first, reply(day), 'lawyer');
    }
    const late = { number: '1', on: '2026-11-26' };
    const refused = follow.registered(first, late, 'lawyer');
    await expect(refused).rejects.toMatchObject({
      code: 'DAY_IMPOSSIBLE',
      message: expect.stringContaining('from 2026-11-24 to 2026-11-25'),
    });
    expect((await follow.registered(second, late, 'lawyer')).registered).toEqual(late);
    const same = { number: '1', on: '2026-11-25' };
    expect((await follow.registered(first, same, 'lawyer')).registered).toEqual(same);
  });
});

test('a registration that is corrected names the one that it corrects', async () => {
  await sent();
  const [wrong, right] = [
    { number: '3305', on: '2026-11-25' },
    { number: '3350', on: '2026-11-24' },
  ];
  await follow.registered({ pack: PACK }, wrong, 'lawyer');
  await follow.registered({ pack: PACK }, right, 'lawyer');
  expect(told.slice(1)).toMatchObject([
    { kind: 'registered', detail: { registered: wrong, corrects: null } },
    { kind: 'registered', detail: { registered: right, corrects: wrong } },
  ]);
  expect(kept.submissions).toMatchObject([{ registered: right }]);
});

test('a draft cannot have been sent, and what was not sent is not answered', async () => {
  const draft = follow.sent(DRAFT, { sentOn: '2026-11-24', by: 'hand' }, 'lawyer');
  await expect(draft).rejects.toMatchObject({ code: 'PACK_UNSEALED' });
  const unsent = follow.answered({ pack: PACK }, reply(), 'lawyer');
  await expect(unsent).rejects.toMatchObject({ code: 'SUBMISSION_UNKNOWN' });
  await sent();
  const other = follow.registered(
    { pack: PACK, submission: 'other' },
    { number: '1', on: '2026-11-25' },
    'lawyer',
  );
  await expect(other).rejects.toMatchObject({ code: 'SUBMISSION_UNKNOWN' });
});

test('of several sendings one must be named', async () => {
  const first = await sent();
  await sent();
  const unclear = follow.answered({ pack: PACK }, reply(), 'lawyer');
  await expect(unclear).rejects.toMatchObject({ code: 'SUBMISSION_UNCLEAR' });
  await follow.answered({ pack: PACK, submission: first.id }, reply(), 'lawyer');
  expect((await follow.of(PACK)).map(({ replies }) => replies.length)).toEqual([1, 0]);
});

test('nothing is kept of a reply that is empty, or that the log cannot record', async () => {
  await sent();
  const empty = follow.answered({ pack: PACK }, reply('2026-11-26', ''), 'lawyer');
  await expect(empty).rejects.toMatchObject({ code: 'REPLY_EMPTY' });
  isLogBroken = true;
  const unrecorded = follow.answered({ pack: PACK }, reply(), 'lawyer');
  await expect(unrecorded).rejects.toThrow('the disk is full');
  await expect(sent()).rejects.toThrow('the disk is full');
  expect([kept.submissions.length, kept.replies.length, kept.blobs.size]).toEqual([1, 0, 0]);
  expect(kept.announced).toEqual([]);
});

test('what the log swears to is kept, and listed as soon as the store can', async () => {
  await sent();
  isStoreBroken = true;
  const unlisted = follow.answered({ pack: PACK }, reply(), 'lawyer');
  await expect(unlisted).rejects.toMatchObject({ code: 'REPLY_UNLISTED' });
  await expect(follow.of(PACK)).rejects.toThrow('the database is locked');
  expect([told.length, kept.replies.length, kept.blobs.size]).toEqual([2, 0, 1]);

  isStoreBroken = false;
  const { replies } = (await follow.of(PACK))[0]!;
  expect(replies).toMatchObject([{ sha256: sha256('the reply'), blob: [...kept.blobs][0] }]);
  expect(told[1]).toMatchObject({ kind: 'answered', detail: { id: replies[0]!.id } });
  expect(await follow.reply(PACK, replies[0]!.id)).toEqual(replies[0]);
  expect([told.length, kept.replies.length, kept.blobs.size]).toEqual([2, 1, 1]);
});

test('what is wrong with a reply to another pack keeps nobody from reading those to this one', async () => {
  await sent();
  const { id } = await follow.answered({ pack: PACK }, reply(), 'lawyer');
  const [whole] = kept.replies as [Reply];
  const [of, at] = ['EP-other', now.toISOString()];
  kept.announced.push({ reply: { ...whole, id: 'odd' }, pack: of, since: -1, at });
  isLogUnreadable = true;
  expect((await follow.of(PACK))[0]!.replies).toMatchObject([{ id }]);
  expect(kept.announced).toHaveLength(1);
});

describe('an error of the log', () => {
  test('after it has the reply: the reply is recorded, with its file', async () => {
    await sent();
    afterTold = () => Promise.reject(new Error('the disk was pulled'));
    const { id, blob } = await follow.answered({ pack: PACK }, reply(), 'lawyer');
    expect((await started().of(PACK))[0]!.replies).toMatchObject([{ id, blob }]);
    expect([[...kept.blobs], kept.announced, told.length]).toEqual([[blob], [], 2]);
  });

  test('of which nobody can tell whether it has the reply: the file stays until one can', async () => {
    await sent();
    afterTold = () => {
      isLogUnreadable = true;
      throw new Error('the disk was pulled');
    };
    const uncertain = follow.answered({ pack: PACK }, reply(), 'lawyer');
    await expect(uncertain).rejects.toMatchObject({
      code: 'REPLY_UNCERTAIN',
      cause: new Error('the disk was pulled'),
    });
    await expect(follow.of(PACK)).rejects.toThrow('the log cannot be read');
    isLogUnreadable = false;
    now = new Date('2026-12-26T19:00:00Z');
    expect((await follow.of(PACK))[0]!.replies).toMatchObject([{ blob: [...kept.blobs][0] }]);
    expect([kept.blobs.size, kept.announced]).toEqual([1, []]);
  });
});

describe('a machine that sleeps for days while a reply is recorded', () => {
  const sleep = () => {
    now = new Date('2026-11-29T19:00:00Z');
  };

  test('loses nothing when the list is read first: the file that the log swears to is there', async () => {
    await sent();
    beforeTold = async () => {
      sleep();
      expect((await follow.of(PACK))[0]!.replies).toEqual([]);
    };
    const { id, blob } = await follow.answered({ pack: PACK }, reply(), 'lawyer');
    expect([[...kept.blobs], kept.announced]).toEqual([[blob], []]);
    expect((await follow.of(PACK))[0]!.replies).toMatchObject([{ id }]);
  });

  test('records nothing whose file another process took away meanwhile', async () => {
    await sent();
    afterAnnounced = async () => {
      sleep();
      expect((await started().of(PACK))[0]!.replies).toEqual([]);
    };
    const late = follow.answered({ pack: PACK }, reply(), 'lawyer');
    await expect(late).rejects.toMatchObject({ code: 'REPLY_TOO_LATE' });
    expect([told.length, kept.replies, kept.blobs.size, kept.announced]).toEqual([1, [], 0, []]);
  });

  test('another process that lost the race for a reply takes no file away', async () => {
    await sent();
    beforeTold = sleep;
    isLogBroken = true;
    beforeDropped = () => {
      kept.announced = [];
    };
    const refused = follow.answered({ pack: PACK }, reply(), 'lawyer');
    await expect(refused).rejects.toThrow('the disk is full');
    expect(kept.blobs.size).toBe(1);
  });
});

describe('a process that ends while it records a reply', () => {
  test('after the log has it: the next process lists it, once, and its file is there', async () => {
    await sent();
    isStoreBroken = true;
    await expect(follow.answered({ pack: PACK }, reply(), 'lawyer')).rejects.toThrow();
    isStoreBroken = false;

    // A day later too: what the log has is not forgotten.
    now = new Date('2026-12-26T19:00:00Z');
    const [first, second] = await Promise.all([started().of(PACK), started().of(PACK)]);
    expect(first).toEqual(second);
    expect(first[0]!.replies).toMatchObject([{ sha256: sha256('the reply') }]);
    const [{ blob }] = first[0]!.replies as [Reply];
    expect([kept.replies.length, kept.announced.length, [...kept.blobs]]).toEqual([1, 0, [blob]]);
    expect(told.filter(({ kind }) => kind === 'answered')).toHaveLength(1);
  });

  test('before the log has it: nobody may rely on it, and its file goes after a day', async () => {
    await sent();
    await follow.answered({ pack: PACK }, reply('2026-11-26', 'another'), 'lawyer');
    const [whole] = kept.replies as [Reply];
    kept.blobs.add('left');
    const left = { ...whole, id: 'left', blob: 'left' };
    kept.announced.push({ reply: left, pack: PACK, since: told.length, at: now.toISOString() });

    // It may be another process that records it in this moment.
    expect((await started().of(PACK))[0]!.replies).toEqual([whole]);
    expect(kept.blobs.has('left')).toBe(true);
    now = new Date('2026-11-27T19:00:01Z');
    expect((await started().of(PACK))[0]!.replies).toEqual([whole]);
    expect([[...kept.blobs], kept.announced]).toEqual([[whole.blob], []]);
  });
});
