import { describe, expect, test } from 'vitest';
import {
  addParts,
  carriedPlaces,
  newBesideSwitch,
} from '../../../../server/footage/analysis/carried-places.ts';
import {
  addFrame,
  growingBoxes,
  packBoxes,
} from '../../../../server/footage/analysis/frame-boxes.ts';
import { joinFragments } from '../../../../server/footage/analysis/join-fragments.ts';
import type { Box } from '../../../../server/footage/box.ts';

const framesPerSecond = 5;
const LENGTH = 100;
const somebody: Box = [100, 40, 20, 60];

/** What is carried where `boxesAt` gives the foreground, and each hundred frames are of the next light. */
function carried(
  lights: readonly number[],
  boxesAt: (frame: number) => readonly Box[],
  wholeFrames: readonly number[] = [],
) {
  const boxes = growingBoxes();
  for (let frame = 0; frame < LENGTH * lights.length; frame++) {
    addFrame(boxes, joinFragments(boxesAt(frame)));
  }
  const passages = lights.map((light, at) => {
    const frames = [LENGTH * at, LENGTH * (at + 1)] as const;
    const beside = newBesideSwitch();
    for (let frame = frames[0]; frame < frames[1]; frame++) {
      if (!wholeFrames.includes(frame)) addParts(beside, boxesAt(frame), framesPerSecond);
    }
    return { light, frames, seen: frames, beside };
  });
  return carriedPlaces({
    passages,
    foreground: packBoxes(boxes),
    pictureArea: 320 * 192,
    wholeFrames,
    framesPerSecond,
  });
}
const seenIn = (from: number, to: number) => (frame: number) =>
  frame >= from && frame < to ? [somebody] : [];

describe('a place is carried through a switch of light', () => {
  test('where somebody was seen right before it, or right behind it', () => {
    expect(carried([0, 1], seenIn(60, 100))).toEqual([{ box: somebody, frames: [100, 200] }]);
    expect(carried([0, 1], seenIn(100, 140))).toEqual([{ box: somebody, frames: [0, 100] }]);
    expect(carried([0, 1], seenIn(20, 90))).toEqual([]);
  });

  test('where the frames between tell nothing', () => {
    const between = Array.from({ length: 30 }, (_, at) => 85 + at);
    expect(carried([0, 1], seenIn(60, 85), between)).toEqual([
      { box: somebody, frames: [100, 200] },
    ]);
  });

  test('as it was before the camera began to switch', () => {
    const most: Box = [0, 0, 320, 150];
    const at = (from: number) => (frame: number) =>
      frame < from ? seenIn(60, 100)(frame) : frame < 100 ? [most] : [];
    expect(carried([0, 1], at(90))).toEqual([{ box: somebody, frames: [100, 200] }]);
    // What is so for long is no switch: a crowd.
    expect(carried([0, 1], at(70))).toEqual([{ box: most, frames: [100, 200] }]);
  });

  test('on into a third light, but not into the one in which it was seen', () => {
    expect(carried([0, 1, 2], seenIn(60, 100)).map(({ frames }) => frames)).toEqual([
      [100, 200],
      [200, 300],
    ]);
    expect(carried([0, 1, 0], seenIn(60, 100)).map(({ frames }) => frames)).toEqual([[100, 200]]);
  });

  test('though it shows for some seconds, until exposure has settled', () => {
    expect(carried([0, 1], seenIn(60, 130))).toContainEqual({ box: somebody, frames: [100, 200] });
  });

  test('though somebody else is seen before a part of it', () => {
    const one = ([x, y, w, h]: Box): Box => [x, y, Math.round(0.6 * w), h];
    const at = (frame: number) => (frame < 60 ? [] : [frame < 100 ? somebody : one(somebody)]);
    expect(carried([0, 1], at)).toContainEqual({ box: somebody, frames: [100, 200] });
  });

  test('not where it is seen on both sides for long', () => {
    expect(carried([0, 1], seenIn(40, 180))).toEqual([]);
  });

  test('not where it is two parts on one side and one on the other', () => {
    const [head, legs] = [
      [100, 40, 20, 20],
      [100, 64, 20, 36],
    ] as const;
    const at = (frame: number) => (frame < 100 ? [head, legs] : [somebody]);
    expect(carried([0, 1], at)).toEqual([]);
  });

  test('not where it was seen to walk on, or to come', () => {
    const walker = (frame: number): Box[] => [[3 * frame - 250, 40, 20, 60]];
    expect(carried([0, 1], walker)).toEqual([]);
  });
});
