import { expect, test } from 'vitest';
import { createSqliteRecordings } from '../../server/adapters/sqlite/sqlite-recordings.ts';
import { createSqliteWorkStores } from '../../server/adapters/sqlite/sqlite-work-store.ts';
import { createAnalyseFootage } from '../../server/footage/analysis/analyse-footage.ts';
import { createAnalyseRecording } from '../../server/footage/analysis/analyse-recording.ts';
import type { FootageMedia, MediaSource } from '../../server/footage/ports.ts';
import { onePart } from '../../server/kernel/blobs.ts';
import { sha256 } from '../../server/kernel/digest.ts';
import { aVault } from '../builders/open-vault.ts';
import type { SpriteClip } from '../builders/sprite-clip.ts';
import { createDrawnMedia, drawnSource } from '../fakes/drawn-media.ts';

// What an analysis keeps on its way shows people. It must not outlive the need for it.

const street: SpriteClip = { width: 160, height: 96, frames: 60, fps: 10, sprites: [] };

/** A vault with three recordings of a camera, the last of which does what `atEvening` does when it is read. */
async function aCamera(atEvening: () => Promise<void>) {
  const { database, vault } = await aVault();
  const { blobs, sealer } = vault;
  const recordings = createSqliteRecordings({ database, sealer });
  const workStores = createSqliteWorkStores({ database, ...vault, version: async () => 'this' });
  const drawn = createDrawnMedia(street);
  const sources = new Map<MediaSource, string>();
  for (const id of ['clip', 'noon', 'evening']) {
    await recordings.addRecording({
      ...{ id, kind: 'clip', blob: id, sha256: sha256(id), sizeBytes: 1, fileName: `${id}.mp4` },
      ...{ ownerConsent: null, analysisBlob: null, custody: [] },
    });
    sources.set({ ...drawnSource }, id);
  }
  const media: FootageMedia = {
    ...drawn,
    async withFootage(source, signal, use) {
      if (sources.get(source) === 'evening') await atEvening();
      return await drawn.withFootage(source, signal, use);
    },
  };
  const analyseRecording = createAnalyseRecording({
    blobs,
    recordings,
    sourceOf: (blob) => [...sources].find(([, id]) => id === blob)![0],
    analyseFootage: createAnalyseFootage({ media }),
    workOf: (id) => workStores(id, 'analysis'),
    recordCustody: async () => ({ index: 0 }),
  });
  const pieces = async () =>
    (
      await database
        .selectFrom('recording_work')
        .select('blob')
        .where('recording_id', '=', 'clip')
        .execute()
    ).map(({ blob }) => blob);
  return { analyseRecording, database, blobs, workStores, pieces };
}

test('an analysis that was broken off leaves nothing when the clip is analysed in another way', async () => {
  const { analyseRecording, blobs, database, workStores, pieces } = await aCamera(async () => {
    throw new Error('power cut');
  });
  const sameCamera = ['noon', 'evening'];
  await expect(analyseRecording('clip', { sameCamera })).rejects.toThrow('power cut');
  const left = await pieces();
  expect(left).toHaveLength(1);
  // Of a version of Dalil that named pieces otherwise, and of a copy that may be made again.
  const earlier = await blobs.put([Buffer.from('a frame')]);
  await database
    .insertInto('recording_work')
    .values({
      recording_id: 'clip',
      name: 'bare',
      blob: earlier.id,
      sealed_facts: Buffer.of(0),
      version: null,
    })
    .execute();
  const copies = workStores('clip', 'copy');
  await copies.keep(sha256('chunk'), 'of a copy', onePart(Buffer.from('covered')));
  const neighbours = workStores('noon', 'analysis');
  await neighbours.keep(sha256('progress'), null, onePart(Buffer.from('another clip')));
  await analyseRecording('clip');
  expect(await pieces()).toHaveLength(1);
  expect((await copies.find(sha256('chunk')))?.facts).toBe('of a copy');
  expect(await neighbours.find(sha256('progress'))).not.toBeNull();
  for (const blob of [...left, earlier.id]) await expect(blobs.sizeOf(blob)).rejects.toThrow();
});

test('an analysis that still runs loses nothing to one that ends, and clears up after both', async () => {
  const reached = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const { analyseRecording, pieces } = await aCamera(async () => {
    reached.resolve();
    await goOn.promise;
  });
  const sameCamera = ['noon', 'evening'];
  const slow = analyseRecording('clip', { sameCamera });
  await reached.promise;
  const before = await pieces();
  expect(before).toHaveLength(1);
  await analyseRecording('clip');
  expect(await pieces()).toEqual(before);
  goOn.resolve();
  await slow;
  expect(await pieces()).toEqual([]);
});

test('an analysis that fails beside one that ended well leaves nothing, nor a second one of the two', async () => {
  const reached = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const { analyseRecording, database, pieces } = await aCamera(async () => {
    reached.resolve();
    await goOn.promise;
  });
  const sameCamera = ['noon', 'evening'];
  const fails = analyseRecording('clip', { sameCamera });
  await reached.promise;
  await Promise.all([analyseRecording('clip'), analyseRecording('clip')]);
  expect(await pieces()).toHaveLength(1);
  goOn.reject(new Error('power cut'));
  await expect(fails).rejects.toThrow('power cut');
  expect(await pieces()).toEqual([]);
  // That of the recording, and no other.
  expect(await database.selectFrom('blobs').select('id').execute()).toHaveLength(1);
});

test('an analysis that fails leaves what it can go on from', async () => {
  let fails = true;
  const { analyseRecording, pieces } = await aCamera(async () => {
    if (fails) throw new Error('power cut');
  });
  const sameCamera = ['noon', 'evening'];
  await expect(analyseRecording('clip', { sameCamera })).rejects.toThrow('power cut');
  const left = await pieces();
  await expect(analyseRecording('clip', { sameCamera })).rejects.toThrow('power cut');
  expect(await pieces()).toEqual(left);
  fails = false;
  await analyseRecording('clip', { sameCamera });
  expect(await pieces()).toEqual([]);
});
