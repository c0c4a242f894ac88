import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FootageAnalysis, pictureDigest } from '../../server/footage/analysis/analysis.ts';
import { proposePlan } from '../../server/footage/plan/propose-plan.ts';
import { createRedactionRun, type RedactionRun } from '../builders/redaction-run.ts';
import {
  decodeClip,
  type Sprite,
  type SpriteBox,
  survivingPixels,
} from '../builders/sprite-clip.ts';

// A car that is kept stands at the kerb, by day and by night, and all that people do at a car happens:
// they pass before and behind it, get out and in, lean on it, and stand beside it for a long while.

const width = 320;
const height = 192;
const frames = 240;
const fps = 12;
const CAR: SpriteBox = [96, 96, 112, 64];
// For less than half of the clip: longer, and it is in the empty scene itself.
const STANDS = [60, 174] as const;
const carX = (f: number) => {
  if (f < STANDS[0]) return CAR[0] + 16 * (STANDS[0] - f);
  return f < STANDS[1] ? CAR[0] : CAR[0] - 16 * (f - STANDS[1]);
};

/** Goes from one side to a place, stays there, and goes on or back. */
const visitor = (
  [from, stops, leaves]: readonly [number, number, number],
  [x, y]: readonly [number, number],
  pace: number,
  size: readonly [number, number] = [16, 52],
): Sprite['boxAt'] => {
  return (f) => {
    if (f < from) return null;
    const at = f < stops ? x - pace * (stops - f) : f < leaves ? x : x + pace * (f - leaves);
    return at > width || at < -size[0] ? null : [at, y, ...size];
  };
};
const onlyBetween = (from: number, to: number, boxAt: Sprite['boxAt']): Sprite['boxAt'] => {
  return (f) => (f >= from && f < to ? boxAt(f) : null);
};

const people = {
  behind: onlyBetween(56, 120, (f) => [6 * (f - 56) - 20, 70, 16, 52]),
  before: onlyBetween(62, 125, (f) => [width - 7 * (f - 62), 116, 16, 60]),
  // Out of the door at (150, 110), and away to the left.
  out: onlyBetween(80, 115, (f) => [150 - 6 * (f - 80), 110, 16, Math.min(54, 10 + 8 * (f - 80))]),
  // To the door, and gone.
  into: onlyBetween(92, 116, (f) => [150 + 8 * (115 - f), 112, 16, 52]),
  leans: visitor([96, 114, 134], [196, 84], 12),
  stands: visitor([118, 134, 168], [120, 112], -14, [18, 60]),
};

describe.each([
  { light: 'day', brightness: 90, car: [200, 140, 118], coats: [60, 118, 140], noise: 2 },
  { light: 'night', brightness: 30, car: [78, 124, 134], coats: [44, 132, 122], noise: 3 },
] as const)('around a kept car by $light', ({ brightness, car, coats, noise }) => {
  let run: RedactionRun;
  let shown: Uint8Array[];
  let analysis: FootageAnalysis;
  let number: number;
  beforeAll(async () => {
    run = await createRedactionRun();
    const body = (boxAt: Sprite['boxAt']): Sprite => ({ colour: coats, boxAt });
    const { behind, ...inFront } = people;
    const sprites: Sprite[] = [
      body(behind),
      { colour: car, boxAt: (f) => [carX(f), CAR[1], CAR[2], CAR[3]] },
      ...Object.values(inFront).map(body),
    ];
    const file = await run.draw({ width, height, frames, fps, sprites, brightness, noise });
    analysis = await run.analyse(file);
    const stood = analysis.objects.filter(({ dwell }) => dwell !== null);
    const longest = stood.sort((a, b) => lengthOf(b) - lengthOf(a))[0]!;
    number = longest.number;
    const proposed = proposePlan(analysis);
    const plan = {
      ...proposed,
      emptyScene: { ...proposed.emptyScene, approvedBy: 'lawyer' },
      keep: [
        {
          id: 'k1',
          object: number,
          picture: pictureDigest(longest),
          approvedBy: 'lawyer',
          details: { shown: true, approvedBy: 'lawyer' },
        },
      ],
    };
    const { outcome, out } = await run.redact(file, { analysis, plan });
    expect(outcome.passed).toBe(true);
    shown = await decodeClip(out, width, height);
  });
  afterAll(() => run.close());
  const lengthOf = ({ dwell }: FootageAnalysis['objects'][number]) =>
    dwell!.frames[1] - dwell!.frames[0];

  test.each(Object.entries(people))('nobody shows: %s', (name, boxAt) => {
    const leaks = shown.flatMap((planes, frame) => {
      const box = boxAt(frame);
      if (box === null) return [];
      const parts = name === 'behind' ? besideCar(box, carX(frame)) : [box];
      const pixels = parts.reduce(
        (sum, part) => sum + survivingPixels(planes, width, height, part),
        0,
      );
      return pixels === 0 ? [] : [{ frame, pixels, box }];
    });
    expect(leaks).toEqual([]);
  });

  test('the car is one object for all its stay, whatever passes, and shows where nobody is', () => {
    const { dwell } = analysis.objects.find((object) => object.number === number)!;
    expect(dwell!.frames[0]).toBeLessThan(STANDS[0] + 8);
    expect(dwell!.frames[1]).toBeGreaterThan(STANDS[1] - 8);
    const visible = (frame: number, part: SpriteBox) =>
      survivingPixels(shown[frame]!, width, height, part) / (part[2] * part[3]);
    expect(visible(66, [112, 112, 80, 32])).toBeGreaterThan(0.9);
    // Of what stands in front of it only the place is covered, however long.
    expect(visible(160, [176, 112, 24, 32])).toBeGreaterThan(0.9);
  });
});

/** The parts of a box that the car does not hide. */
function besideCar([x, y, w, h]: SpriteBox, left: number): SpriteBox[] {
  const right = left + CAR[2];
  const above = Math.max(0, Math.min(h, CAR[1] - y));
  const parts: SpriteBox[] = [[x, y, w, above]];
  const beforeX = Math.max(0, Math.min(w, left - x));
  if (beforeX > 0) parts.push([x, y, beforeX, h]);
  const behindX = Math.max(0, Math.min(w, x + w - right));
  if (behindX > 0) parts.push([x + w - behindX, y, behindX, h]);
  return parts;
}
