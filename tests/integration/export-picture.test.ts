import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileMediaSource } from '../../server/adapters/ffmpeg/ffmpeg-file-source.ts';
import { createSharpPictures } from '../../server/adapters/sharp-pictures.ts';
import type { FootageAnalysis } from '../../server/footage/analysis/analysis.ts';
import {
  createExportPicture,
  type ExportPicture,
} from '../../server/footage/analysis/export-pictures.ts';
import { createRedactionRun, type RedactionRun } from '../builders/redaction-run.ts';
import type { Sprite } from '../builders/sprite-clip.ts';

// A yellow car waits for a third of the clip; somebody in blue walks past it.

const car: Sprite = {
  colour: [200, 60, 150],
  boxAt: (f) => (f < 30 || f >= 80 ? null : [100, 96, 112, 64]),
};
const passer: Sprite = { colour: [60, 180, 110], boxAt: (f) => [5 * f - 150, 112, 16, 52] };

describe('pictures to approve', () => {
  let run: RedactionRun;
  let file: string;
  let analysis: FootageAnalysis;
  let exportPicture: ExportPicture;
  beforeAll(async () => {
    run = await createRedactionRun();
    file = await run.draw({
      width: 320,
      height: 192,
      frames: 150,
      fps: 12,
      sprites: [car, passer],
    });
    analysis = await run.analyse(file);
    exportPicture = createExportPicture({ media: run.media, codec: createSharpPictures() });
  });
  afterAll(() => run.close());

  const pixelsOf = async (png: Uint8Array) => {
    const { data, info } = await sharp(png)
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) => [
      ...data.subarray(3 * (y * info.width + x), 3 * (y * info.width + x) + 3),
    ];
    return { at, width: info.width, height: info.height };
  };

  test('the empty scene is at full size and shows neither', async () => {
    const source = fileMediaSource(file);
    const { png, box } = await exportPicture({ source, analysis, picture: { light: 0 } });
    expect(box).toEqual([0, 0, 320, 192]);
    const { at, width, height } = await pixelsOf(png);
    expect([width, height]).toEqual([320, 192]);
    for (const [x, y] of [
      [150, 120],
      [40, 130],
      [200, 150],
    ] as const) {
      const [r, g, b] = at(x, y) as [number, number, number];
      // The street is grey.
      expect(Math.max(r, g, b) - Math.min(r, g, b)).toBeLessThan(16);
    }
  });

  test('an object’s picture shows it where it stood, without who passed', async () => {
    const { number } = analysis.objects.find(({ dwell }) => dwell !== null)!;
    const source = fileMediaSource(file);
    const { png, box } = await exportPicture({ source, analysis, picture: { object: number } });
    const { at, width, height } = await pixelsOf(png);
    expect([width, height]).toEqual([box[2], box[3]]);
    for (const x of [110, 140, 160, 180, 200]) {
      const [r, g, b] = at(x - box[0], 130 - box[1]) as [number, number, number];
      expect(r).toBeGreaterThan(200);
      expect(g).toBeGreaterThan(170);
      expect(b).toBeLessThan(140);
    }
  });

  test('there is none of an object that is not there', async () => {
    const job = { source: fileMediaSource(file), analysis, picture: { object: 99 } };
    await expect(exportPicture(job)).rejects.toMatchObject({ code: 'PLAN_INVALID' });
  });
});
