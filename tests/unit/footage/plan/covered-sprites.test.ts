import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAnalyseFootage } from '../../../../server/footage/analysis/analyse-footage.ts';
import { frameGrid } from '../../../../server/footage/frame-grid.ts';
import { createTileCover } from '../../../../server/footage/plan/cover-tiles.ts';
import { proposePlan } from '../../../../server/footage/plan/propose-plan.ts';
import { readPlan } from '../../../../server/footage/plan/read-plan.ts';
import { type RandomClip, randomClips } from '../../../builders/random-clips.ts';
import type { Sprite, SpriteBox } from '../../../builders/sprite-clip.ts';
import { createDrawnMedia, drawnSource } from '../../../fakes/drawn-media.ts';

// Scenes in great number, drawn and not coded: every pixel that somebody changes lies in a covered tile.
// That covered tiles are black in the delivered file is for the tests that decode it.

/** The pixels in which somebody shows, and whose tile is shown. */
async function uncovered({ clip, approved }: RandomClip, people = clip.sprites) {
  const analysis = await createAnalyseFootage({ media: createDrawnMedia(clip) })({
    source: drawnSource,
  });
  const proposed = proposePlan(analysis);
  const approval = approved ? { approvedBy: 'lawyer' } : {};
  const checked = readPlan(
    { ...proposed, emptyScene: { ...proposed.emptyScene, ...approval } },
    analysis,
  );
  const grid = frameGrid(clip.width, clip.height);
  const { foreground } = analysis;
  const tilesAt = createTileCover({ grid, checked, analysis, foreground, kept: [] });
  const leaks: { frame: number; pixels: number; at: string }[] = [];
  for (let frame = 0; frame < clip.frames; frame++) {
    const map = tilesAt(frame);
    const boxes = people.map(({ boxAt }) => boxAt(frame));
    for (const box of boxes) {
      let pixels = 0;
      if (box === null) continue;
      for (let y = Math.max(0, box[1]); y < Math.min(clip.height, box[1] + box[3]); y++) {
        for (let x = Math.max(0, box[0]); x < Math.min(clip.width, box[0] + box[2]); x++) {
          if (map[(y >> 4) * grid.tilesX + (x >> 4)] === 0) pixels++;
        }
      }
      if (pixels > 0) leaks.push({ frame, pixels, at: String(box) });
    }
  }
  return leaks;
}

describe('whoever is drawn into a street', () => {
  test('lies under covered tiles in every frame', async () => {
    await fc.assert(
      fc.asyncProperty(randomClips, async (drawn) => {
        expect(await uncovered(drawn)).toEqual([]);
      }),
      { seed: 20261127, numRuns: 30 },
    );
  });

  const COAT: Sprite['colour'] = [170, 120, 140];
  const step = (frame: number, px: number) => px * (Math.floor(frame / 8) % 2);
  test.each<[string, Sprite['boxAt'][], number?]>([
    ['shifts from foot to foot', [(f) => [140 + step(f, 2), 70, 20, 60]]],
    ['rises and sinks by two pixels', [(f) => [140, 70 + step(f, 2), 20, 60]]],
    ['breathes', [(f) => [140 - step(f, 1), 70, 20 + step(f, 2), 60]]],
    ['stands close by and shifts', [(f) => [120 + step(f, 2), 40, 90, 140]]],
    ['sits at a table and shifts', [(f) => [120 + step(f, 2), 60, 90, 60]]],
    ['turns only the head', [() => [128, 76, 24, 70], (f) => [134 + step(f, 3), 64, 10, 13]]],
    ['fills a third of the picture and shifts', [(f) => [90 + step(f, 2), 27, 140, 165]]],
    [
      'turns only the head, at the upper edge',
      [() => [128, 21, 24, 68], (f) => [134 + step(f, 3), 8, 10, 13]],
    ],
    [
      'turns only the head, far away',
      [() => [140, 78, 12, 36], (f) => [142 + step(f, 3), 70, 7, 8]],
    ],
    ['shifts once', [(f) => [f < 45 ? 140 : 143, 70, 20, 60]]],
    ['creeps', [(f) => [140 + Math.floor(f / 10), 70, 20, 60]]],
    ['is there in the only frame', [() => [140, 70, 20, 60]], 1],
    ['stands in all of five frames', [() => [140, 70, 20, 60]], 5],
  ])(
    'is covered in every frame who %s from the first to the last',
    async (_, boxes, frames = 90) => {
      const sprites = boxes.map((boxAt) => ({ colour: COAT, boxAt }));
      const clip = { width: 320, height: 192, frames, fps: 12, sprites };
      expect(await uncovered({ clip, approved: false })).toEqual([]);
    },
  );

  test('is covered in every frame who shifts now and then in striped clothes, by night', async () => {
    const boxAt = (frame: number): SpriteBox => [frame % 72 < 9 ? 181 : 177, 3, 40, 88];
    const sprites: Sprite[] = [{ colour: [70, 124, 134], stripes: 6, boxAt }];
    const night = { width: 320, height: 192, frames: 150, fps: 15, noise: 5, brightness: 30 };
    expect(await uncovered({ clip: { ...night, sprites }, approved: false })).toEqual([]);
  });

  test('is covered in every frame who shifts while the wind stirs more places than bodies have', async () => {
    const body: Sprite = { colour: COAT, boxAt: (f) => [600 + step(f, 2), 300, 90, 140] };
    const specks = Array.from({ length: 300 }, (_, at): Sprite => {
      const [x, y] = [(at % 25) * 50 + 8, Math.floor(at / 25) * 60 + 4];
      return { colour: COAT, boxAt: (f) => (f % 3 === 0 ? [x, y, 12, 4] : null) };
    });
    const sprites = [body, ...specks];
    const clip = { width: 1280, height: 720, frames: 40, fps: 12, sprites };
    expect(await uncovered({ clip, approved: false }, [body])).toEqual([]);
  });
});
