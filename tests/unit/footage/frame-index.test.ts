import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { durations, frameIndex } from '../../../server/footage/frame-index.ts';

const ticksOf = (told: readonly number[]) => [...frameIndex([1, 1000], told, 'container').ticks];

describe('the times of frames', () => {
  test('are the told ones where these increase, however unevenly', () => {
    const told = [-40, 0, 40, 41, 5000, 5040];
    expect(ticksOf(told)).toEqual(told);
    expect(frameIndex([1, 1000], told, 'container').repairedTimes).toBe(0);
  });

  test('one that is wrong by itself moves no other', () => {
    const told = [0, 40, 80, 20, 160, 200, 240];
    expect(ticksOf(told)).toEqual([0, 40, 80, 81, 160, 200, 240]);
  });

  test('two frames of one moment follow each other', () => {
    expect(ticksOf([0, 40, 40, 80, 120])).toEqual([0, 40, 41, 80, 120]);
  });

  test('of the last frame, told wrong, leave it and the one before as long as others', () => {
    const index = frameIndex([1, 1000], [0, 40, 80, 120, 120], 'container');
    expect([...index.ticks]).toEqual([0, 40, 80, 120, 160]);
    // A tool that lets no time fall back tells the same one from there on.
    const stuck = frameIndex([1, 1000], [0, 40, 80, 80, 80, 80], 'container');
    expect(durations(stuck, [0, 6])).toEqual([40, 40, 40, 40, 40, 40]);
  });

  test('that begin again go on, with the intervals they have', () => {
    const once = Array.from({ length: 20 }, (_, frame) => 40 * frame);
    const index = frameIndex([1, 1000], [...once, ...once, ...once], 'container');
    expect([...index.ticks]).toEqual(Array.from({ length: 60 }, (_, frame) => 40 * frame));
    expect(index.repairedTimes).toBe(2);
    expect(new Set(durations(index, [0, 60]))).toEqual(new Set([40]));
  });

  test('that leap for half a day go on, and shorter gaps stay', () => {
    const day = 24 * 3600 * 1000;
    expect(ticksOf([0, 40, 80, day, day + 40])).toEqual([0, 40, 80, 120, 160]);
    expect(ticksOf([0, 40, 80, 3_600_000, 3_600_040])).toEqual([0, 40, 80, 3_600_000, 3_600_040]);
    // A frame of an hour and a half cannot be stated in microseconds.
    const micro = frameIndex([1, 1_000_000], [0, 40_000, 5.4e9, 5.4e9 + 40_000], 'container');
    expect([...micro.ticks]).toEqual([0, 40_000, 80_000, 120_000]);
  });

  test('always increase, one for each frame, and never lose an interval that increased', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1 }), (told) => {
        const { ticks, repairedTimes } = frameIndex([1, 1000], told, 'container');
        expect(ticks).toHaveLength(told.length);
        for (let at = 1; at < ticks.length; at++) expect(ticks[at]).toBeGreaterThan(ticks[at - 1]!);
        const falls = told.slice(1).filter((tick, at) => tick <= told[at]!).length;
        if (falls === 0) expect(repairedTimes).toBe(0);
        else expect(repairedTimes).toBeGreaterThan(0);
      }),
    );
  });

  test('are made good in a moment, even where all are the same', () => {
    const began = performance.now();
    expect(ticksOf(Array(300_000).fill(7)).at(-1)).toBe(300_006);
    // Not a measure of speed: with a sort for every frame this would take hours.
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});
