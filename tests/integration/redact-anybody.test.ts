import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { proposePlan } from '../../server/footage/plan/propose-plan.ts';
import { randomClips } from '../builders/random-clips.ts';
import { createRedactionRun, type RedactionRun } from '../builders/redaction-run.ts';
import {
  decodeClip,
  type Sprite,
  type SpriteClip,
  survivingPixels,
} from '../builders/sprite-clip.ts';

// The smallest scenes in which somebody was once left uncovered, and a few drawn at random.

describe('anybody', () => {
  let run: RedactionRun;
  beforeAll(async () => {
    run = await createRedactionRun();
  });
  afterAll(() => run.close());

  /** Redacts a clip as a person would and gives the frames in which something of a sprite survives. */
  async function leaksOf(clip: SpriteClip, approved: boolean) {
    const { width, height, frames, sprites } = clip;
    const file = await run.draw(clip, 'mkv');
    const analysis = await run.analyse(file);
    const proposed = proposePlan(analysis);
    const approval = approved ? { approvedBy: 'lawyer' } : {};
    const plan = { ...proposed, emptyScene: { ...proposed.emptyScene, ...approval } };
    const { outcome, out } = await run.redact(file, { analysis, plan });
    expect(outcome.passed).toBe(true);
    const shown = await decodeClip(out, width, height);
    expect(shown).toHaveLength(frames);
    return shown.flatMap((planes, frame) =>
      sprites.flatMap(({ boxAt }, sprite) => {
        const box = boxAt(frame);
        const pixels = box === null ? 0 : survivingPixels(planes, width, height, box);
        return pixels === 0 ? [] : [{ sprite, frame, pixels }];
      }),
    );
  }

  test('drawn at random: not one pixel survives', async () => {
    await fc.assert(
      fc.asyncProperty(randomClips, async ({ clip, approved }) => {
        expect(await leaksOf(clip, approved)).toEqual([]);
      }),
      { seed: 20261127, numRuns: 2, endOnFailure: true },
    );
  });

  test('a distant man whose width is divided among cells of the grid', async () => {
    const man: Sprite = {
      tint: true,
      colour: [16, -5, 10],
      boxAt: (f) => [8 * f - 6, 130, 5, 12],
    };
    const clip = { width: 320, height: 192, frames: 40, fps: 12, noise: 0, sprites: [man] };
    expect(await leaksOf(clip, true)).toEqual([]);
  });

  test('a hand’s breadth at the edge of a picture whose sides are no multiple of a cell', async () => {
    const peeping: Sprite = {
      tint: true,
      colour: [16, 0, 0],
      boxAt: (f) => (f > 10 && f < 25 ? [315, 25, 5, 16] : null),
    };
    const clip = { width: 318, height: 190, frames: 50, fps: 12, noise: 1, sprites: [peeping] };
    expect(await leaksOf(clip, true)).toEqual([]);
  });

  test('a coloured sleeve in the last cell, whose chroma reaches beyond the picture', async () => {
    const sleeve: Sprite = {
      tint: true,
      colour: [0, 6, 0],
      boxAt: (f) => (f > 10 && f < 25 ? [320, 64, 4, 16] : null),
    };
    const clip = { width: 324, height: 192, frames: 50, fps: 12, noise: 0, sprites: [sleeve] };
    expect(await leaksOf(clip, true)).toEqual([]);
  });

  test('a car that drives in within the first second and then stands for good', async () => {
    const car: Sprite = {
      colour: [170, 140, 118],
      boxAt: (f) => [Math.min(0, 14 * f - 120), 60, 120, 70],
    };
    const clip = { width: 320, height: 192, frames: 80, fps: 12, sprites: [car] };
    expect(await leaksOf(clip, false)).toEqual([]);
  });
});
