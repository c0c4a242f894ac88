import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stillCover } from '../../../../server/footage/stills/still-cover.ts';
import { readStillPlan } from '../../../../server/footage/stills/still-plan.ts';
import { COVERED } from '../../../../server/footage/tile-map.ts';
import { markedPlan } from '../../../builders/still.ts';

const size = { widthPx: 200, heightPx: 100 };
const read = (plan: unknown) => readStillPlan(plan, size);

/** The code with which a plan is refused; its message must be one sentence or two. */
function refusal(plan: unknown): string {
  try {
    read(plan);
  } catch (error) {
    expect((error as Error).message).toMatch(/^[A-Z].*\.$/s);
    return (error as { code: string }).code;
  }
  return 'accepted';
}

describe('a plan for a still', () => {
  test('is needed', () => {
    expect(refusal(undefined)).toBe('STILL_PLAN_MISSING');
    expect(refusal(null)).toBe('STILL_PLAN_MISSING');
  });

  test.each([
    ['another version', { ...markedPlan(), version: 2 }],
    ['a word', 'marked'],
    ['an unknown field', { ...markedPlan(), blur: true }],
    ['a negative box', markedPlan([-1, 0, 10, 10])],
    ['an empty box', markedPlan([0, 0, 0, 10])],
    ['the mode of clips', { version: 1, mode: 'moving' }],
    ['an analysis', { ...markedPlan(), analysis: 'a'.repeat(64) }],
    ['an empty scene', { ...markedPlan(), emptyScene: { digest: 'a'.repeat(64) } }],
    ['a range without frame 0', { ...markedPlan(), range: [1, 2] }],
    [
      'a box that begins later',
      {
        ...markedPlan(),
        cover: [{ id: 'r', keyframes: [{ frame: 1, box: [0, 0, 9, 9] }], from: 1, to: 2 }],
      },
    ],
    [
      'an object of an analysis to keep',
      {
        version: 1,
        mode: 'all',
        keep: [{ id: 'k', approvedBy: 'lawyer', object: 1, picture: 'a'.repeat(64) }],
      },
    ],
    [
      'a box to keep without details',
      {
        version: 1,
        mode: 'all',
        keep: [
          {
            id: 'k',
            approvedBy: 'lawyer',
            keyframes: [{ frame: 0, box: [0, 0, 9, 9] }],
            from: 0,
            to: 1,
          },
        ],
      },
    ],
  ])('with %s is refused', (_, plan) => {
    expect(refusal(plan)).toBe('STILL_PLAN_INVALID');
  });

  test('must lie inside the picture', () => {
    expect(refusal(markedPlan([190, 90, 10, 10]))).toBe('accepted');
    expect(refusal(markedPlan([191, 90, 10, 10]))).toBe('STILL_PLAN_OUTSIDE_FRAME');
    expect(refusal(markedPlan([190, 91, 10, 10]))).toBe('STILL_PLAN_OUTSIDE_FRAME');
  });

  test('that covers only what was marked needs the picture reviewed', () => {
    expect(refusal({ ...markedPlan([0, 0, 10, 10]), reviewedFrames: [] })).toBe(
      'STILL_NOT_REVIEWED',
    );
    expect(refusal({ ...markedPlan([0, 0, 10, 10]), reviewedFrames: [[1, 9]] })).toBe(
      'STILL_NOT_REVIEWED',
    );
    expect(refusal({ version: 1, mode: 'all' })).toBe('accepted');
  });
});

test('every pixel of every box to cover lies in a covered tile, and no tile without one does', () => {
  const box = fc
    .record({
      x: fc.integer({ min: 0, max: 199 }),
      y: fc.integer({ min: 0, max: 99 }),
      w: fc.integer({ min: 1, max: 200 }),
      h: fc.integer({ min: 1, max: 100 }),
    })
    .map(({ x, y, w, h }): [number, number, number, number] => [
      x,
      y,
      Math.min(w, 200 - x),
      Math.min(h, 100 - y),
    ]);
  fc.assert(
    fc.property(fc.array(box, { maxLength: 4 }), (boxes) => {
      const { grid, map } = stillCover(read(markedPlan(...boxes)), size);
      const wanted = new Uint8Array(map.length);
      for (const [x, y, w, h] of boxes) {
        for (let py = y; py < y + h; py++) {
          for (let px = x; px < x + w; px++) wanted[(py >> 4) * grid.tilesX + (px >> 4)] = COVERED;
        }
      }
      expect(map).toEqual(wanted);
    }),
  );
});
