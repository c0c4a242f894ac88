import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CHUNKING,
  chunksWithin,
  cutAtKeyFrames,
  cutEvenly,
} from '../../../server/footage/chunk-spans.ts';
import type { FrameIndex } from '../../../server/footage/frame-index.ts';

/** A clip of `frames` frames, `rate` a second. */
function clip(frames: number, rate = 10): FrameIndex {
  const ticks = Float64Array.from({ length: frames }, (_, frame) => 500 + frame * 100);
  return { timeBase: [1, rate * 100], ticks, times: 'container', repairedTimes: 0 };
}
const tickOf = (frame: number) => 500 + frame * 100;
const spans = (chunks: ReturnType<typeof cutEvenly>) => chunks.map(({ span }) => [...span]);

describe('the chunks of a clip', () => {
  test('are about half a minute long and begin with key frames', () => {
    const keys = Array.from({ length: 60 }, (_, n) => tickOf(20 * n));
    const chunks = cutAtKeyFrames(clip(1200), keys);
    expect(spans(chunks)).toEqual([
      [0, 300],
      [300, 600],
      [600, 900],
      [900, 1200],
    ]);
    expect(chunks[1]!.entry).toEqual({
      aimTick: tickOf(300) + 140,
      fromTick: tickOf(300),
      toTick: tickOf(600),
    });
    expect(chunks[0]!.entry).toBeNull();
    expect(chunks[3]!.entry).toMatchObject({ toTick: null });
  });

  test('leave no sliver at the end', () => {
    const keys = Array.from({ length: 100 }, (_, n) => tickOf(10 * n));
    expect(spans(cutAtKeyFrames(clip(399), keys))).toEqual([[0, 399]]);
    expect(spans(cutAtKeyFrames(clip(480), keys))).toEqual([[0, 480]]);
    expect(spans(cutAtKeyFrames(clip(520), keys))).toEqual([
      [0, 300],
      [300, 520],
    ]);
  });

  test('are as long as the groups of pictures where those are longer', () => {
    const keys = [0, 700, 1400].map(tickOf);
    expect(spans(cutAtKeyFrames(clip(2000), keys))).toEqual([
      [0, 700],
      [700, 1400],
      [1400, 2000],
    ]);
  });

  test('never begin at a time that no frame has', () => {
    const keys = [tickOf(300) + 1, tickOf(600) - 1, tickOf(610)];
    expect(spans(cutAtKeyFrames(clip(1200), keys))).toEqual([
      [0, 610],
      [610, 1200],
    ]);
  });

  test('hold every frame once, whatever the key frames are; the middle ones are long enough', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.array(fc.integer({ min: -10, max: 5100 }), { maxLength: 200 }),
        (frames, keys) => {
          const chunks = cutAtKeyFrames(clip(frames), keys.map(tickOf));
          expect(chunks[0]!.span[0]).toBe(0);
          expect(chunks.at(-1)!.span[1]).toBe(frames);
          chunks.slice(1).forEach(({ span }, at) => {
            expect(span[0]).toBe(chunks[at]!.span[1]);
            expect(keys).toContain(span[0]);
          });
          for (const { span } of chunks.length > 1 ? chunks : []) {
            // The last frame's own length counts for nothing.
            expect(span[1] - span[0]).toBeGreaterThanOrEqual(10 * CHUNKING.leastSeconds);
          }
        },
      ),
    );
  });

  test('a range takes out of them what lies in it, and moves no cut', () => {
    const keys = Array.from({ length: 60 }, (_, n) => tickOf(20 * n));
    const chunks = cutAtKeyFrames(clip(1200), keys);
    const within = chunksWithin(chunks, [350, 800], clip(1200));
    expect(spans(within)).toEqual([
      [350, 600],
      [600, 800],
    ]);
    expect(within[0]!.entry).toMatchObject({ aimTick: tickOf(300) + 140, fromTick: tickOf(350) });
    expect(within[1]!.entry).toMatchObject({ fromTick: tickOf(600), toTick: tickOf(800) });
  });

  test('are few where each is read from the start', () => {
    expect(spans(cutEvenly(clip(36_000)))).toEqual([
      [0, 9000],
      [9000, 18_000],
      [18_000, 27_000],
      [27_000, 36_000],
    ]);
    expect(spans(cutEvenly(clip(1250)))).toEqual([
      [0, 625],
      [625, 1250],
    ]);
    expect(spans(cutEvenly(clip(1)))).toEqual([[0, 1]]);
  });
});
