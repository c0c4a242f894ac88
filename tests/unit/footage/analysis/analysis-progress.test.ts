import { expect, test } from 'vitest';
import {
  type AnalysisProgress,
  createProgressKeeper,
  progressPlaces,
} from '../../../../server/footage/analysis/analysis-progress.ts';
import { append } from '../../../../server/footage/analysis/growing-numbers.ts';
import { newWatchState } from '../../../../server/footage/analysis/watch-foreground.ts';
import { createThrowawayWork } from '../../../../server/footage/copy/throwaway-work.ts';
import { frameGrid } from '../../../../server/footage/frame-grid.ts';
import { createMemoryBlobs } from '../../../fakes/memory-blobs.ts';

function progressOf(frames: number): AnalysisProgress {
  const watch = newWatchState(frameGrid(64, 48), 1);
  for (let frame = 0; frame < frames; frame++) append(watch.checks, frame);
  return { scene: { lights: [], framesPerSecond: 25 }, ticks: [], watch };
}

const watched = (found: AnalysisProgress | null) => found?.watch.checks.length;

test('of two places the farther is found, and of one that cannot be read the other', async () => {
  const store = createThrowawayWork(createMemoryBlobs());
  const keeper = createProgressKeeper(store, 'this');
  await keeper.keep(progressOf(3));
  await keeper.keep(progressOf(5));
  expect(watched(await createProgressKeeper(store, 'this').find())).toBe(5);
  const broken: typeof store = {
    ...store,
    async find(name) {
      if (name === progressPlaces()[1]) throw new Error('the disk gives nothing');
      return store.find(name);
    },
  };
  expect(watched(await createProgressKeeper(broken, 'this').find())).toBe(3);
});

test('progress of another analysis is none, and none is left at the end', async () => {
  const store = createThrowawayWork(createMemoryBlobs());
  await createProgressKeeper(store, 'that').keep(progressOf(3));
  const keeper = createProgressKeeper(store, 'this');
  expect(await keeper.find()).toBeNull();
  await keeper.keep(progressOf(2));
  expect(watched(await keeper.find())).toBe(2);
  await keeper.end();
  for (const place of progressPlaces()) expect(await store.find(place)).toBeNull();
});
