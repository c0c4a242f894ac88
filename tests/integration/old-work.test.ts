import { expect, test } from 'vitest';
import { createSqliteJobs } from '../../server/adapters/sqlite/sqlite-jobs.ts';
import { forgetOldWork } from '../../server/adapters/sqlite/sqlite-old-work.ts';
import { createSqliteRecordings } from '../../server/adapters/sqlite/sqlite-recordings.ts';
import { createSqliteWorkStores } from '../../server/adapters/sqlite/sqlite-work-store.ts';
import { analysisWorkVersion, copyWorkVersion } from '../../server/footage/work-version.ts';
import { onePart } from '../../server/kernel/blobs.ts';
import { sha256 } from '../../server/kernel/digest.ts';
import { aVault } from '../builders/open-vault.ts';

const NEW = copyWorkVersion({ ffmpeg: '5.1.8' });
const OLD = copyWorkVersion({ ffmpeg: '5.1.7' });
/** Of an analysis, of which this version of Dalil makes no other. */
const EARLIER = 'another way to analyse';
const VERSIONS = { copy: NEW, analysis: analysisWorkVersion() };
const chunk = sha256('chunk');
const LEASE_MS = 60_000;

/** A vault in which one recording has a piece of each version, and what is asked of it. */
async function aRecording() {
  const { database, vault } = await aVault();
  const { blobs, sealer } = vault;
  await createSqliteRecordings({ database, sealer }).addRecording({
    ...{ id: 'clip', kind: 'clip', blob: 'none', sha256: sha256('clip'), sizeBytes: 1 },
    ...{ fileName: 'clip.mp4', ownerConsent: null, analysisBlob: null, custody: [] },
  });
  const store = (version: string, use: 'copy' | 'analysis', itsBlobs = blobs) =>
    createSqliteWorkStores({ database, ...vault, blobs: itsBlobs, version: async () => version })(
      'clip',
      use,
    );
  await store(OLD, 'copy').keep(chunk, 'old', onePart(Buffer.from('covered')));
  await store(EARLIER, 'analysis').keep(sha256('progress'), 'old', onePart(Buffer.from('people')));
  await store(NEW, 'copy').keep(sha256('another'), 'new', onePart(Buffer.from('covered too')));
  const kept = () => database.selectFrom('recording_work').selectAll().execute();
  const forget = async () => (await forgetOldWork({ database, blobs, versions: VERSIONS }))();
  const jobs = createSqliteJobs({ database, sealer });
  /** A job that is under way in this process, which surely lives. */
  const take = async () => {
    const job = { id: 'job', kind: 'redact-recording', input: null, name: 'job', nowMs: 0 };
    await jobs.add(job);
    const hold = await jobs.claim({
      ...{ kinds: [job.kind], nowMs: 0, leaseUntilMs: LEASE_MS, attemptLimit: 3 },
    });
    return hold!;
  };
  return { database, blobs, store, kept, forget, jobs, take };
}

test('work of another version goes, with its bytes; that of this one stays', async () => {
  const { blobs, store, kept, forget } = await aRecording();
  const before = await kept();
  expect(await forget()).toBe(2);
  expect((await kept()).map(({ version }) => version)).toEqual([NEW]);
  for (const { blob, version } of before) {
    if (version === NEW) expect(await blobs.sizeOf(blob)).toBe('covered too'.length);
    else await expect(blobs.sizeOf(blob)).rejects.toThrow();
  }
  expect(await store(NEW, 'copy').find(chunk)).toBeNull();
  expect((await store(NEW, 'copy').find(sha256('another')))?.facts).toBe('new');
  expect(await forget()).toBe(0);
});

test('an analysis that was begun with other tools stays: it asks itself whether frames are the same', async () => {
  const { store, forget } = await aRecording();
  await store(VERSIONS.analysis, 'analysis').keep(
    sha256('night'),
    'far',
    onePart(Buffer.from('x')),
  );
  expect(await forget()).toBe(2);
  expect((await store(VERSIONS.analysis, 'analysis').find(sha256('night')))?.facts).toBe('far');
});

test('bytes of a recording that was deleted meanwhile are destroyed', async () => {
  const { database, blobs, store } = await aRecording();
  const put: string[] = [];
  const noting: typeof blobs = {
    ...blobs,
    async put(bytes) {
      const blob = await blobs.put(bytes);
      put.push(blob.id);
      await database.deleteFrom('recordings').execute();
      return blob;
    },
  };
  const keeping = store(NEW, 'copy', noting).keep(
    sha256('late'),
    'late',
    onePart(Buffer.from('x')),
  );
  await expect(keeping).rejects.toThrow('FOREIGN KEY');
  expect(put).toHaveLength(1);
  await expect(blobs.sizeOf(put[0]!)).rejects.toThrow();
});

test('nobody finds it from the first step on; its bytes go with the second, or the next time', async () => {
  const { database, blobs, store, kept, forget } = await aRecording();
  const destroy = await forgetOldWork({ database, blobs, versions: VERSIONS });
  expect(await store(OLD, 'copy').find(chunk)).toBeNull();
  // Anew, by the same name, while the old one is still there.
  await store(NEW, 'copy').keep(chunk, 'anew', onePart(Buffer.from('covered anew')));
  expect(await destroy(AbortSignal.abort())).toBe(0);
  expect(await kept()).toHaveLength(4);
  expect(await forget()).toBe(2);
  expect((await store(NEW, 'copy').find(chunk))?.facts).toBe('anew');
});

test('what was kept before versions were noted goes as well', async () => {
  const { database, kept, forget } = await aRecording();
  await database.updateTable('recording_work').set({ version: null }).execute();
  expect(await forget()).toBe(3);
  expect(await kept()).toEqual([]);
});

test('nothing goes while a process that lives does a job; it goes once it has ended', async () => {
  const { store, kept, forget, jobs, take } = await aRecording();
  const hold = await take();
  const before = await kept();
  expect(await forget()).toBe(0);
  expect(await kept()).toEqual(before);
  expect((await store(OLD, 'copy').find(chunk))?.facts).toBe('old');
  await jobs.end(hold, { state: 'done', output: null }, 1);
  expect(await forget()).toBe(2);
});

test('a job of a process that died keeps nothing', async () => {
  const { database, forget, take } = await aRecording();
  await take();
  // No process has this number: it is above what Linux gives.
  await database.updateTable('jobs').set({ holder: '4194305.1' }).execute();
  expect(await forget()).toBe(2);
});

test('what could not be destroyed comes again, and is brought to its end', async () => {
  const { database, blobs, store, kept, forget } = await aRecording();
  const [first] = (await kept()).filter(({ version }) => version === OLD);
  const before = await kept();
  // What cannot be destroyed is there still, though found by nobody.
  const failing = forgetOldWork({
    database,
    versions: VERSIONS,
    blobs: {
      async destroy() {
        throw new Error('the disk is full');
      },
    },
  });
  expect(await (await failing)()).toBe(0);
  expect(await store(OLD, 'copy').find(chunk)).toBeNull();
  expect((await kept()).map(({ blob }) => blob).sort()).toEqual(
    before.map(({ blob }) => blob).sort(),
  );
  expect(await forget()).toBe(2);
  expect((await kept()).map(({ version }) => version)).toEqual([NEW]);
  await expect(blobs.sizeOf(first!.blob)).rejects.toThrow();
});
