import { expect, test } from 'vitest';
import { createSqliteCustody } from '../../server/adapters/sqlite/sqlite-custody.ts';
import { createSqlitePacks } from '../../server/adapters/sqlite/sqlite-packs.ts';
import { createSqliteSubmissions } from '../../server/adapters/sqlite/sqlite-submissions.ts';
import { composeResponses } from '../../server/composition/compose-responses.ts';
import { systemRandom } from '../../server/kernel/ids.ts';
import { aCustodyLog } from '../builders/custody-log.ts';
import { aVault } from '../builders/open-vault.ts';
import { aSealedPack } from '../builders/sealed-pack.ts';

// The log and the list of replies are two entries in one database: a process can end between them.

test('a reply that the log swears to is listed by the next process, once', async () => {
  const { draft, sealed } = await aSealedPack();
  const { database, vault } = await aVault();
  const { sealer, blobs } = vault;
  const packs = createSqlitePacks({ database, sealer });
  await packs.addDraft(draft, [], 'request');
  await packs.saveSealed(sealed);
  const submissions = createSqliteSubmissions({ database, sealer });
  const { log: custody, clock } = aCustodyLog(createSqliteCustody({ database, sealer }));
  clock.advance(4 * 24 * 60 * 60 * 1_000);
  const started = (store = submissions) => {
    const stores = { packs, submissions: store } as Parameters<
      typeof composeResponses
    >[0]['stores'];
    return composeResponses({
      ...{ stores, blobs, custody, clock, random: systemRandom },
      hasConsentEnded: async () => false,
      letterRules: () => Promise.reject(new Error('no letter here')),
    }).followPacks;
  };
  const answered = (follow: ReturnType<typeof started>, text: string) =>
    follow.answered(
      { pack: draft.id },
      {
        ...{ receivedOn: '2026-11-26', kind: 'formal', fileName: 'reply.pdf' },
        bytes: (async function* () {
          yield new TextEncoder().encode(text);
        })(),
      },
      'lawyer',
    );
  await started().sent(draft.id, { sentOn: '2026-11-25', by: 'post' }, 'lawyer');
  const ended = { ...submissions, addReply: () => Promise.reject(new Error('ended')) };
  await expect(answered(started(ended), 'first')).rejects.toMatchObject({ code: 'REPLY_UNLISTED' });
  await custody.record({ kind: 'received', role: 'lawyer', detail: { another: 'event' } });
  expect(await submissions.repliesTo(draft.id)).toEqual([]);

  const second = await answered(started(), 'second');
  for (const follow of [started(), started()]) {
    const [{ replies } = { replies: [] }] = await follow.of(draft.id);
    const texts: string[] = [];
    for (const { blob } of replies) {
      const parts = [];
      for await (const part of blobs.read(blob)) parts.push(part);
      texts.push(Buffer.concat(parts).toString());
    }
    expect(texts.sort()).toEqual(['first', 'second']);
    expect(replies).toContainEqual(second);
  }
  expect(await submissions.announcedReplies()).toEqual([]);
  expect(await custody.audit()).toMatchObject({ intact: true, size: 4 });
});
