import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frameAtTime, parseClipTime } from '../../../server/footage/clip-time.ts';
import { frameIndex } from '../../../server/footage/frame-index.ts';

describe('parseClipTime', () => {
  test.each([
    ['00:01:23.400', 83_400_000],
    ['1:23.4', 83_400_000],
    ['83.4', 83_400_000],
    ['0', 0],
    ['100:00:00', 360_000_000_000],
    ['0.000001', 1],
  ])('%s', (text, microseconds) => {
    expect(parseClipTime(text)).toBe(microseconds);
  });

  test.each(['', '-1', '1:75', '1:60:00', '1.', '.5', '1e3', '1,5', '0.0000001', ' 1', '1:2:3:4'])(
    'refuses %j',
    (text) => {
      expect(parseClipTime(text)).toBe(null);
    },
  );
});

describe('frameAtTime', () => {
  const clip = fc
    .record({
      start: fc.integer({ min: -90_000, max: 90_000 }),
      steps: fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 40 }),
      timeBase: fc.constantFrom<[number, number]>([1, 90_000], [1, 1000], [1001, 30_000]),
    })
    .map(({ start, steps, timeBase }) => {
      let tick = start;
      return frameIndex(timeBase, [start, ...steps.map((step) => (tick += step))], 'container');
    });

  test('a frame’s own time, and the moment before the next one, give the frame', () => {
    fc.assert(
      fc.property(clip, (index) => {
        const { ticks, timeBase } = index;
        const at = (tick: number) =>
          Math.floor(((tick - ticks[0]!) * timeBase[0] * 1e6) / timeBase[1]);
        for (let frame = 0; frame < ticks.length; frame++) {
          expect(frameAtTime(index, at(ticks[frame]!))).toBe(frame);
          const next = ticks[frame + 1];
          if (next !== undefined && at(next) - 1 >= at(ticks[frame]!)) {
            expect(frameAtTime(index, at(next) - 1)).toBe(frame);
          }
        }
      }),
    );
  });

  test('there is none after the last frame’s end', () => {
    const index = frameIndex([1, 25], [10, 11, 12], 'container');
    expect(frameAtTime(index, 119_999)).toBe(2);
    expect(frameAtTime(index, 120_000)).toBe(null);
    expect(frameAtTime(frameIndex([1, 25], [], 'container'), 0)).toBe(null);
  });
});
