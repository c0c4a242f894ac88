import { beforeEach, expect, test } from 'vitest';
import { createSqliteCustody } from '../../server/adapters/sqlite/sqlite-custody.ts';
import type { Database } from '../../server/adapters/sqlite/sqlite-database.ts';
import { createSqlitePacks } from '../../server/adapters/sqlite/sqlite-packs.ts';
import { createSqliteSubmissions } from '../../server/adapters/sqlite/sqlite-submissions.ts';
import { composeResponses } from '../../server/composition/compose-responses.ts';
import type { CustodyLog } from '../../server/custody/custody-log.ts';
import { readAll } from '../../server/kernel/blobs.ts';
import { systemRandom } from '../../server/kernel/ids.ts';
import type { SubmissionStore } from '../../server/responses/ports.ts';
import { aCustodyLog } from '../builders/custody-log.ts';
import { aVault } from '../builders/open-vault.ts';
import { aSealedPack } from '../builders/sealed-pack.ts';

// The log and the list of replies are two entries in one database, and a file is a third thing: a process
// can end between them. Here it does so by calls that never come back; the next one is composed anew over
// the same database and files.

const DAY = 24 * 60 * 60 * 1_000;
let pack: string;
let database: Database;
let submissions: SubmissionStore;
let custody: CustodyLog;
let vault: Awaited<ReturnType<typeof aVault>>['vault'];
let advance: (ms: number) => void;
let started: (changed?: {
  submissions?: SubmissionStore;
  custody?: CustodyLog;
}) => ReturnType<typeof composeResponses>['followPacks'];

beforeEach(async () => {
  const { draft, sealed } = await aSealedPack();
  pack = draft.id;
  const opened = await aVault();
  database = opened.database;
  vault = opened.vault;
  const { sealer, blobs } = vault;
  const packs = createSqlitePacks({ database, sealer });
  await packs.addDraft(draft, [], 'request');
  await packs.saveSealed(sealed);
  submissions = createSqliteSubmissions({ database, sealer });
  const { log, clock } = aCustodyLog(createSqliteCustody({ database, sealer }));
  custody = log;
  advance = (ms) => clock.advance(ms);
  advance(4 * DAY);
  started = (changed = {}) => {
    const stores = { packs, submissions: changed.submissions ?? submissions } as Parameters<
      typeof composeResponses
    >[0]['stores'];
    return composeResponses({
      ...{ stores, blobs, custody: changed.custody ?? custody, clock, random: systemRandom },
      hasConsentEnded: async () => false,
      letterRules: () => Promise.reject(new Error('no letter here')),
    }).followPacks;
  };
  await started().sent(pack, { sentOn: '2026-11-25', by: 'post' }, 'lawyer');
});

const answered = (follow: ReturnType<typeof started>, text: string) =>
  follow.answered(
    { pack },
    {
      ...{ receivedOn: '2026-11-26', kind: 'formal', fileName: 'reply.pdf' },
      bytes: (async function* () {
        yield new TextEncoder().encode(text);
      })(),
    },
    'lawyer',
  );

/** Records a reply in a process that ends in the moment when it makes a call. */
async function answeredByOneThatEnds(
  text: string,
  process: (ends: () => Promise<never>) => Parameters<typeof started>[0],
) {
  await new Promise<void>((ended, rejected) => {
    const ends = () => new Promise<never>(() => ended());
    answered(started(process(ends)), text).catch(rejected);
  });
}

/** The files of the replies that a new process lists. */
async function listedBy(follow = started()): Promise<string[]> {
  const [{ replies } = { replies: [] }] = await follow.of(pack);
  const files = await Promise.all(replies.map(({ blob }) => readAll(vault.blobs.read(blob))));
  return files.map((file) => Buffer.from(file).toString()).sort();
}

test('a reply that the log swears to is listed by the next process, once', async () => {
  await answeredByOneThatEnds('first', (ends) => ({
    submissions: { ...submissions, addReply: ends },
  }));
  await custody.record({ kind: 'received', role: 'lawyer', detail: { another: 'event' } });
  expect(await submissions.repliesTo(pack)).toEqual([]);
  const { id } = await answered(started(), 'second');
  // What the log has is not forgotten after any time.
  advance(30 * DAY);
  for (const follow of [started(), started()]) {
    expect(await listedBy(follow)).toEqual(['first', 'second']);
    expect(await follow.reply(pack, id)).toMatchObject({ id });
  }
  expect(await submissions.announcedReplies(pack)).toEqual([]);
  expect(await custody.audit()).toMatchObject({ intact: true, size: 4 });
});

test('a reply that was announced and never sworn to goes with its file, after a day', async () => {
  await answeredByOneThatEnds('never', (ends) => ({ custody: { ...custody, record: ends } }));
  const [{ reply } = { reply: undefined }] = await submissions.announcedReplies(pack);
  // What others say under its id, or under another digest, is not of it.
  const role = 'lawyer';
  await custody.record({ kind: 'received', role, detail: { pack, ...told(reply!) } });
  const other = { ...told(reply!), sha256: '0'.repeat(64) };
  await custody.record({ kind: 'answered', role, detail: { pack, ...other } });
  expect(await listedBy()).toEqual([]);
  expect(await submissions.isAnnounced(reply!.id)).toBe(true);
  const follow = started();
  expect(await listedBy(follow)).toEqual([]);
  advance(DAY + 1);
  expect(await listedBy(follow)).toEqual([]);
  expect(await submissions.announcedReplies(pack)).toEqual([]);
  const file = readAll(vault.blobs.read(reply!.blob));
  await expect(file).rejects.toMatchObject({ code: 'BLOB_UNKNOWN' });
});

test('a reply is recorded although the log reports an error, when it has it', async () => {
  const failing: CustodyLog = {
    ...custody,
    async record(event) {
      await custody.record(event);
      throw new Error('the disk was pulled');
    },
  };
  const { id } = await answered(started({ custody: failing }), 'sworn');
  expect(await listedBy()).toEqual(['sworn']);
  expect(await started().reply(pack, id)).toMatchObject({ id });
});

test('no event is opened twice to find out whether it is of a reply', async () => {
  await answeredByOneThatEnds('never', (ends) => ({ custody: { ...custody, record: ends } }));
  const opened: number[] = [];
  const follow = started({
    custody: {
      ...custody,
      async opening(index) {
        opened.push(index);
        return await custody.opening(index);
      },
    },
  });
  for (const text of ['one', 'two']) {
    await custody.record({ kind: 'sent', role: 'lawyer', detail: { text } });
    await answered(follow, text);
    expect(await listedBy(follow)).toHaveLength(text === 'one' ? 1 : 2);
    await listedBy(follow);
  }
  expect(opened).toEqual([2, 4]);
});

test('a row of another pack that was damaged keeps nobody from the replies to this one', async () => {
  await answered(started(), 'here');
  const row = { id: 'odd', at: '', pack_id: 'EP-other', sealed: new Uint8Array(40) };
  await database.insertInto('pack_replies_announced').values(row).execute();
  expect(await listedBy()).toEqual(['here']);
  await expect(submissions.announcedReplies('EP-other')).rejects.toThrow();
});

/** Of a reply what the log has of it. */
function told({ id, sha256, blob }: { id: string; sha256: string; blob: string }) {
  return { id, sha256, blob };
}
