import { describe, expect, test } from 'vitest';
import { cellFrameBytes } from '../../../../server/footage/analysis/cell-planes.ts';
import {
  createForegroundWatch,
  newWatchState,
} from '../../../../server/footage/analysis/watch-foreground.ts';
import { cellCount, frameGrid } from '../../../../server/footage/frame-grid.ts';

const grid = frameGrid(320, 192);
const cells = cellCount(grid);
const framesPerSecond = 12;

/** A street in the light of `level`, with edges that no other light has: planes as scenes are. */
function scene(level: number, edge: number): Uint8Array {
  const planes = new Uint8Array(3 * cells).fill(128);
  for (let i = 0; i < cells; i++) planes[i] = level + (i % edge < edge / 2 ? 0 : 60);
  return planes;
}

/** The same as a frame: full luma, and chroma of two cells by two. */
function frameOf(planes: Uint8Array): Uint8Array {
  const frame = new Uint8Array(cellFrameBytes(grid)).fill(128);
  frame.set(planes.subarray(0, cells));
  return frame;
}

function watch(lights: readonly number[]) {
  const scenes = [scene(40, 8), scene(150, 6)];
  const state = newWatchState(grid, scenes.length);
  const watching = createForegroundWatch({ grid, scenes, threshold: 14, framesPerSecond, state });
  for (const [frame, light] of lights.entries()) {
    watching.observe(frameOf(scenes[light]!), frame);
  }
  return watching.end();
}
const times = (light: number, frames: number) => Array.from({ length: frames }, () => light);
const everything = [[0, 0, 320, 192]];

describe('a recording with two scenes', () => {
  test('that one of them explains is not in doubt for what the other would show', () => {
    expect(watch(times(0, 240)).doubtfulPlaces).toEqual([]);
  });

  test('is in doubt as a whole where both together were hardly looked at', () => {
    expect(watch([...times(0, 5), ...times(1, 4)]).doubtfulPlaces).toEqual(everything);
  });

  test('has every frame covered whole that is of a light that it had for a moment', () => {
    const { wholeFrames, doubtfulPlaces } = watch([...times(0, 9), ...times(1, 100)]);
    for (let frame = 0; frame < 9; frame++) expect(wholeFrames).toContain(frame);
    expect(wholeFrames).not.toContain(60);
    expect(doubtfulPlaces).not.toEqual(everything);
  });
});
