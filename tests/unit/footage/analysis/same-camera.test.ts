import { expect, test } from 'vitest';
import { createAnalyseFootage } from '../../../../server/footage/analysis/analyse-footage.ts';
import { analysisDigest } from '../../../../server/footage/analysis/analysis-bytes.ts';
import { createThrowawayWork } from '../../../../server/footage/copy/throwaway-work.ts';
import { cellCount, frameGrid } from '../../../../server/footage/frame-grid.ts';
import type { FootageMedia, MediaSource, WorkStore } from '../../../../server/footage/ports.ts';
import type { Sprite, SpriteClip } from '../../../builders/sprite-clip.ts';
import { createDrawnMedia, drawnSource } from '../../../fakes/drawn-media.ts';
import { createMemoryBlobs } from '../../../fakes/memory-blobs.ts';

// How much say each recording of a camera has in its empty scene.

const [width, height] = [160, 96];
const woman: Sprite = {
  colour: [230, 128, 128],
  boxAt: (f) => (f === 40 ? [80, 32, 16, 40] : null),
};
const night: SpriteClip = { width, height, frames: 400, fps: 10, sprites: [], brightness: 40 };

/** Analyses one drawn clip with the help of others. */
async function analyse(own: SpriteClip, ...others: SpriteClip[]) {
  const clips = new Map<MediaSource, FootageMedia>(
    [own, ...others].map((clip) => [{ ...drawnSource }, createDrawnMedia(clip)]),
  );
  const media: FootageMedia = {
    ...createDrawnMedia(own),
    withFootage: (source, signal, use) => clips.get(source)!.withFootage(source, signal, use),
  };
  const [source, ...rest] = [...clips.keys()];
  return await createAnalyseFootage({ media })({
    source: source!,
    others: rest.map((other, place) => ({ name: `${place + 1}`, source: other })),
  });
}

const grid = frameGrid(width, height);
/** Luma of the scene where she stands. */
const seenAt = (scene: Uint8Array) => scene.subarray(0, cellCount(grid))[12 * grid.cellsX + 22]!;

test('one sample of a long recording makes no scene, however long it is', async () => {
  // A day with one moment of night in it, and she stands there at that moment.
  const day: SpriteClip = {
    ...{ width, height, frames: 96, fps: 0.002, brightness: 120 },
    sprites: [woman],
    lightAt: (f) => (f === 40 ? -80 : 0),
  };
  const alone = await analyse(night);
  const together = await analyse(night, day);
  expect(Math.abs(seenAt(together.emptyScene) - seenAt(alone.emptyScene))).toBeLessThan(4);
  expect(together.sampledFrames.length).toBeGreaterThan(30);
  // The day is never shown in it: nobody is asked to approve that.
  expect(together.otherLights).toEqual([]);
});

test('every minute has about the same say, and a recorder’s leaping clock has none', async () => {
  const stands: Sprite = { colour: [230, 128, 128], boxAt: () => [80, 32, 16, 40] };
  const own = { ...night, sprites: [stands] };
  const long = { ...night, fps: 2 };
  expect(seenAt((await analyse(own)).emptyScene)).toBeGreaterThan(200);
  expect(seenAt((await analyse(own, long)).emptyScene)).toBeLessThan(100);
  const short = { ...night, frames: 100 };
  expect(seenAt((await analyse(own, short)).emptyScene)).toBeGreaterThan(200);
});

test('what was sampled of a recording before the work broke off is not sampled again', async () => {
  const names = ['morning', 'noon', 'evening'];
  const quick = { ...night, frames: 60 };
  const clips = names.map((_, at) => ({ ...quick, frames: 60 + 10 * at }));
  const blobs = createMemoryBlobs();
  const store = createThrowawayWork(blobs);
  /** Analyses, and tells which of the others were read; breaks off while the third is. */
  async function attempt(kept: WorkStore | undefined, breaksOff: boolean) {
    const read: string[] = [];
    const sources = ['own', ...names].map(() => ({ ...drawnSource }));
    const drawn = [quick, ...clips].map(createDrawnMedia);
    const media: FootageMedia = {
      ...drawn[0]!,
      withFootage(source, signal, use) {
        const place = sources.indexOf(source as (typeof sources)[number]);
        if (place > 0) read.push(names[place - 1]!);
        if (breaksOff && place === 3) throw new Error('power cut');
        return drawn[place]!.withFootage(source, signal, use);
      },
    };
    const analysis = createAnalyseFootage({ media })({
      source: sources[0]!,
      others: names.map((name, at) => ({ name, source: sources[at + 1]! })),
      ...(kept === undefined ? {} : { store: kept }),
    });
    return { read, digest: await analysis.then(analysisDigest, () => null) };
  }
  expect(await attempt(store, true)).toEqual({ read: names, digest: null });
  const resumed = await attempt(store, false);
  expect(resumed.read).toEqual(['evening']);
  expect(resumed.digest).toBe((await attempt(undefined, false)).digest);
  // Nothing of them is left, so that it is all done anew.
  expect((await attempt(store, false)).read).toEqual(names);
});
