import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runDalil } from '../builders/run-dalil.ts';
import {
  drawFrame,
  type Sprite,
  type SpriteClip,
  writeSpriteClip,
} from '../builders/sprite-clip.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

// A snapshot of a camera, and a clip of it that shows the street without whoever stands in the snapshot.

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const [width, height] = [322, 190];
const man: Sprite = { colour: [160, 110, 150], boxAt: () => [96, 70, 20, 60] };
const sleeve: Sprite = { colour: [150, 128, 128], boxAt: () => [318, 30, 4, 24] };
const street: SpriteClip = { width, height, frames: 120, fps: 12, noise: 1, sprites: [] };
const passing: Sprite = { colour: [60, 150, 120], boxAt: (f) => [4 * f - 20, 60, 20, 60] };

/** A snapshot as a recorder writes it: JPEG of the frame's own samples. */
async function writeSnapshot(name: string, clip: SpriteClip, filter = 'null'): Promise<void> {
  const raw = at(`${name}.yuv`);
  await writeFile(raw, drawFrame(clip, 7));
  const input = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${clip.width}x${clip.height}`];
  const output = ['-vf', filter, '-q:v', '2', at(name)];
  execFileSync('ffmpeg', ['-v', 'error', ...input, '-i', raw, ...output]);
}

beforeAll(async () => {
  await writeSpriteClip(at('clip.mp4'), { ...street, sprites: [passing] });
  await writeSnapshot('snapshot.jpg', { ...street, sprites: [man, sleeve] });
  await writeSnapshot('dark.jpg', { ...street, brightness: 30 });
  await writeSnapshot('narrow.jpg', { ...street, sprites: [man] }, 'scale=280:190');
  const wall: Sprite = { colour: [120, 128, 128], stripes: 6, boxAt: () => [0, 0, 352, height] };
  await writeSnapshot('elsewhere.jpg', { ...street, width: 352, sprites: [wall] });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const propose = (still: string, ...more: string[]) =>
  runDalil(['analyse', at(still), '--plan', at(`${still}.json`), ...more]);
const planOf = async (still: string) => JSON.parse(await readFile(at(`${still}.json`), 'utf8'));

test('whoever is not in the clip’s empty scene is proposed to be covered; a person looks before that counts', async () => {
  const proposed = await propose('snapshot.jpg', '--same-camera', at('clip.mp4'));
  expect([proposed.code, proposed.err]).toEqual([0, expect.stringContaining('Look at the still')]);
  const plan = await planOf('snapshot.jpg');
  const redact = () =>
    runDalil([
      ...['redact', at('snapshot.jpg'), '--plan', at('snapshot.jpg.json')],
      ...['--out', at('covered.png')],
    ]);
  const early = await redact();
  expect(early.code).not.toBe(0);
  expect(early.err).toContain('needs the picture reviewed');
  plan.reviewedFrames = [[0, 1]];
  await writeFile(at('snapshot.jpg.json'), JSON.stringify(plan));
  expect((await redact()).code).toBe(0);

  const { data, info } = await sharp(at('covered.png')).raw().toBuffer({ resolveWithObject: true });
  const bright = (x: number, y: number) => data[3 * (y * info.width + x)]! > 0;
  let covered = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = [man, sleeve].some(({ boxAt }) => {
        const [x0, y0, w, h] = boxAt(0)!;
        return x >= x0 && x < x0 + w && y >= y0 && y < y0 + h;
      });
      if (inside) expect([x, y, bright(x, y)]).toEqual([x, y, false]);
      if (!bright(x, y)) covered++;
    }
  }
  expect(covered / (width * height)).toBeLessThan(0.45);
});

test('a still in the recorder’s own pixels is stretched to the clip’s', async () => {
  expect((await propose('narrow.jpg', '--same-camera', at('clip.mp4'))).code).toBe(0);
  const { cover } = await planOf('narrow.jpg');
  const [x, y, w, h] = man.boxAt(0)!.map((side, at) => (at % 2 === 0 ? (side * 280) / 322 : side));
  const covers = cover.some(({ keyframes: [{ box }] }: { keyframes: [{ box: number[] }] }) => {
    const [bx, by, bw, bh] = box as [number, number, number, number];
    return bx <= x! && by <= y! && bx + bw >= x! + w! && by + bh >= y! + h!;
  });
  expect(covers).toBe(true);
});

test('where no scene tells anything, all of it is covered', async () => {
  const proposed = await propose('dark.jpg', '--same-camera', at('clip.mp4'));
  expect(proposed.code).toBe(0);
  expect(await planOf('dark.jpg')).toMatchObject({ mode: 'all', cover: [] });
});

describe('refused by name', () => {
  test('a still of another place and size', async () => {
    const refused = await propose('elsewhere.jpg', '--same-camera', at('clip.mp4'));
    expect(refused.code).not.toBe(0);
    expect(refused.err).toContain('has another size');
  });

  test('a still without a clip, or with what only clips have', async () => {
    for (const options of [[], ['--same-camera', at('clip.mp4'), '--pictures', at('pictures')]]) {
      const refused = await propose('snapshot.jpg', ...options);
      expect([refused.code, refused.out]).toEqual([2, '']);
    }
  });
});
