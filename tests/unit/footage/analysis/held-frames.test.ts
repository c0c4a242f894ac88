import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHeldFrames } from '../../../../server/footage/analysis/held-frames.ts';

test('held frames come out as they went in, whatever their number and size', () => {
  const clip = fc.integer({ min: 1, max: 70 }).chain((frameBytes) =>
    fc.array(fc.uint8Array({ minLength: frameBytes, maxLength: frameBytes }), {
      minLength: 1,
      maxLength: 30,
    }),
  );
  fc.assert(
    fc.property(clip, (frames) => {
      const held = createHeldFrames(frames[0]!.length, { leftBytes: 1_000_000 });
      // The same memory every time, as readers of tools hand it over.
      const place = new Uint8Array(frames[0]!.length);
      for (const frame of frames) {
        place.set(frame);
        expect(held.hold(place)).toBe(true);
      }
      const out = Array.from(held.take()!, (frame) => frame.slice());
      expect(out).toEqual(frames);
    }),
    { numRuns: 300 },
  );
});

test('frames that take more room than they may are let go, and said to be', () => {
  const held = createHeldFrames(5_000, { leftBytes: 20_000 });
  const answers = Array.from({ length: 40 }, () => held.hold(randomBytes(5_000)));
  expect(answers[0]).toBe(true);
  expect(answers.at(-1)).toBe(false);
  expect(held.take()).toBeNull();
});

test('a picture that stays takes next to no room', () => {
  const picture = Uint8Array.from({ length: 40_000 }, (_, at) => (at * at) >> 5);
  const held = createHeldFrames(picture.length, { leftBytes: 200_000 });
  for (let frame = 0; frame < 1_000; frame++) expect(held.hold(picture)).toBe(true);
  expect(held.take()).not.toBeNull();
});

test('of those that share a room the other lets go as well', () => {
  const room = { leftBytes: 100_000 };
  const [many, few] = [createHeldFrames(5_000, room), createHeldFrames(5_000, room)];
  // One alone has all of it.
  for (let frame = 0; frame < 16; frame++) expect(many.hold(randomBytes(5_000))).toBe(true);
  expect(few.hold(randomBytes(5_000))).toBe(true);
  while (many.hold(randomBytes(5_000)));
  expect(few.hold(randomBytes(5_000))).toBe(false);
  expect([many.take(), few.take()]).toEqual([null, null]);
});
