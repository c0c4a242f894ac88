import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StreetTruth, TruthBox } from '../../scripts/sample/street-scene/truth.ts';
import { drawStreetScene } from '../../scripts/sample/street-scene.ts';

// The whole story, decoded by ffmpeg, against its own ground truth; a frame of every second is looked at,
// so that few are drawn besides. What the sample itself is made of, the main job tests.

const folder = mkdtempSync(path.join(tmpdir(), 'dalil-test-'));
const LUMA = 1280 * 720;
const FRAMES_PER_SECOND = 2;
/** Every so many frames one is looked at. */
const STRIDE = FRAMES_PER_SECOND;
let clip: string;
let truth: StreetTruth;
let frames: Buffer[];

beforeAll(async () => {
  const paths = await drawStreetScene({
    outDir: folder,
    seed: 'test',
    framesPerSecond: FRAMES_PER_SECOND,
  });
  clip = paths.clipPath;
  truth = JSON.parse(readFileSync(paths.truthPath, 'utf8')) as StreetTruth;
  const args = ['-v', 'error', '-i', clip, '-vf', `select=not(mod(n\\,${STRIDE}))`, '-vsync', '0'];
  const all = execFileSync('ffmpeg', [...args, '-f', 'rawvideo', '-pix_fmt', 'yuv420p', 'pipe:1'], {
    maxBuffer: 2 ** 30,
  });
  const size = LUMA * 1.5;
  frames = Array.from({ length: all.length / size }, (_, i) =>
    all.subarray(i * size, (i + 1) * size),
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Y, U and V at a pixel. */
const at = (frame: Buffer, x: number, y: number): [number, number, number] => {
  const chroma = LUMA + (y >> 1) * 640 + (x >> 1);
  return [frame[y * 1280 + x]!, frame[chroma]!, frame[chroma + LUMA / 4]!];
};

/** BT.709, limited range: what a colour becomes in the clip. */
const yuvOf = ([r, g, b]: readonly [number, number, number]) => [
  16 + (219 / 255) * (0.2126 * r + 0.7152 * g + 0.0722 * b),
  128 + (224 / 255) * ((b - (0.2126 * r + 0.7152 * g + 0.0722 * b)) / 1.8556),
  128 + (224 / 255) * ((r - (0.2126 * r + 0.7152 * g + 0.0722 * b)) / 1.5748),
];

const differs = (a: readonly number[], b: readonly number[], luma: number, chroma: number) =>
  Math.abs(a[0]! - b[0]!) > luma ||
  Math.abs(a[1]! - b[1]!) > chroma ||
  Math.abs(a[2]! - b[2]!) > chroma;

/** What `differs` tells, for every pixel of many frames. */
const changed = (a: Buffer, b: Buffer, x: number, y: number) => {
  const pixel = y * 1280 + x;
  if (Math.abs(a[pixel]! - b[pixel]!) > 48) return true;
  const u = LUMA + (y >> 1) * 640 + (x >> 1);
  const v = u + LUMA / 4;
  return Math.abs(a[u]! - b[u]!) > 14 || Math.abs(a[v]! - b[v]!) > 14;
};

function countIn([x, y, w, h]: TruthBox, matches: (x: number, y: number) => boolean): number {
  let count = 0;
  for (let py = y; py < y + h; py++)
    for (let px = x; px < x + w; px++) if (matches(px, py)) count++;
  return count;
}

describe('the sample clip', () => {
  test('is 60 to 90 s of 1280 × 720 H.264 without sound, dates or encoder marks', () => {
    const told = JSON.parse(
      execFileSync(
        'ffprobe',
        ['-v', 'error', '-of', 'json', '-count_packets', '-show_streams', '-show_format', clip],
        {
          encoding: 'utf8',
        },
      ),
    ) as {
      streams: Array<Record<string, string | number>>;
      format: { duration: string; tags: object };
    };
    expect(told.streams).toHaveLength(1);
    expect(told.streams[0]).toMatchObject({
      codec_name: 'h264',
      width: 1280,
      height: 720,
      pix_fmt: 'yuv420p',
      color_space: 'bt709',
      nb_read_packets: String(truth.frameCount),
    });
    expect(Number(told.format.duration)).toBeGreaterThanOrEqual(60);
    expect(Number(told.format.duration)).toBeLessThanOrEqual(90);
    expect(JSON.stringify(told.format.tags)).not.toMatch(/creation|Lavf|date/i);
  });

  test('tells the story it should', () => {
    const kinds = truth.actors.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'person').length).toBeGreaterThanOrEqual(6);
    expect(kinds).toContain('civilian-car');
    const { frames: stay, actor } = truth.policeStay;
    expect((stay[1] - stay[0]) / truth.framesPerSecond).toBeGreaterThanOrEqual(30);
    // Under half, so that a median of the clip is the street without the car.
    const withCar = truth.frames.filter((list) => list.some((one) => one.actor === actor)).length;
    expect(withCar / truth.frameCount).toBeLessThan(0.65);
    expect((stay[1] - stay[0]) / truth.frameCount).toBeLessThan(0.45);
    const overlapping = (before: boolean) =>
      truth.frames.slice(...stay).filter((list) => {
        const car = list.findIndex((one) => one.actor === actor);
        return list.some((one, i) => {
          const person = truth.actors[one.actor]!.kind === 'person';
          return person && before === i > car && shares(one.box, list[car]!.box);
        });
      }).length;
    // For a second each, so that there is something to look at.
    expect(overlapping(true)).toBeGreaterThan(FRAMES_PER_SECOND);
    expect(overlapping(false)).toBeGreaterThan(FRAMES_PER_SECOND);
    const far = truth.frames.flat().filter(({ actor: one }) => truth.actors[one]!.name === 'far');
    expect(Math.max(...far.map(({ box }) => box[3]))).toBeLessThan(48);
    expect(far.some(({ visiblePx }) => visiblePx > 150)).toBe(true);
  });

  test('shows every person in their own colours where the truth says, and the empty street in other ones', () => {
    for (const [index, { name, kind, colours }] of truth.actors.entries()) {
      if (kind !== 'person') continue;
      const coat = yuvOf(colours.coat!);
      let [seen, told, empty] = [0, 0, 0];
      for (const [i, frame] of frames.entries()) {
        const one = truth.frames[i * STRIDE]!.find(({ actor }) => actor === index);
        if (one === undefined || one.visiblePx < 400) continue;
        const isCoat = (picture: Buffer) => (x: number, y: number) =>
          !differs(at(picture, x, y), coat, 26, 9);
        seen += countIn(one.box, isCoat(frame));
        empty += countIn(one.box, isCoat(frames[0]!));
        told += one.visiblePx;
      }
      if (told === 0) continue;
      // The coat is the largest part of a person: a good third of what can be seen of them.
      expect(seen / told, name).toBeGreaterThan(0.25);
      if (name !== 'dark') expect(empty / told, name).toBeLessThan(0.35);
    }
  });

  test('holds nothing that moves besides what the truth tells', () => {
    const empty = frames[0]!;
    expect(truth.frames[0]).toEqual([]);
    for (const [i, frame] of frames.entries()) {
      const list = truth.frames[i * STRIDE]!;
      const told = new Uint8Array(80 * 45);
      const tell = ([x, y, w, h]: TruthBox, margin: number) => {
        for (
          let ty = Math.max(0, (y - margin) >> 4);
          ty <= Math.min(44, (y + h + margin) >> 4);
          ty++
        ) {
          for (
            let tx = Math.max(0, (x - margin) >> 4);
            tx <= Math.min(79, (x + w + margin) >> 4);
            tx++
          ) {
            told[ty * 80 + tx] = 1;
          }
        }
      };
      tell(truth.captionBox, 2);
      for (const { actor, box, tiles } of list) {
        // A car's shadow reaches out of its box; a person's is fainter than what counts here.
        if (truth.actors[actor]!.kind !== 'person') tell(box, 24);
        for (const [row, from, to] of tiles) tell([from * 16, row * 16, (to - from) * 16, 16], 4);
      }
      // Coding alone changes a pixel here and there; the smallest person changes most of a tile.
      const stray = new Uint16Array(80 * 45);
      for (let y = 0; y < 720; y++) {
        for (let x = 0; x < 1280; x++) {
          const tile = (y >> 4) * 80 + (x >> 4);
          if (told[tile] === 0 && changed(frame, empty, x, y)) stray[tile]!++;
        }
      }
      expect(Math.max(...stray), `frame ${i * STRIDE}`).toBeLessThan(16);
    }
  });

  test('shows the police car’s blue stripe while it stands, and not before or after', () => {
    const { frames: stay, box, plates, windows } = truth.policeStay;
    const isStripe = (frame: Buffer) =>
      countIn(box, (x, y) => at(frame, x, y)[1] > 150 && at(frame, x, y)[0] < 110);
    for (const [i, frame] of frames.entries()) {
      const stands = i * STRIDE >= stay[0] && i * STRIDE < stay[1];
      const moves = truth.frames[i * STRIDE]!.some(({ actor }) => actor === truth.policeStay.actor);
      if (stands) expect(isStripe(frame)).toBeGreaterThan(1500);
      else if (!moves) expect(isStripe(frame)).toBeLessThan(300);
    }
    expect(plates).toHaveLength(1);
    expect(windows.length).toBeGreaterThanOrEqual(3);
    for (const part of [...plates, ...windows]) expect(shares(part, box)).toBe(true);
  });

  test('is marked in every frame', () => {
    const { markBox } = truth;
    const isInk = (frame: Buffer) => (x: number, y: number) => at(frame, x, y)[0] > 190;
    for (const frame of frames) {
      expect(countIn(markBox, isInk(frame)) / (markBox[2] * markBox[3])).toBeGreaterThan(0.2);
    }
  });
});

test('the same seed gives the same bytes, another one others', async () => {
  const draw = async (name: string, seed: string) => {
    const outDir = path.join(folder, name);
    const { clipPath, truthPath } = await drawStreetScene({
      outDir,
      seed,
      seconds: 5,
      framesPerSecond: FRAMES_PER_SECOND,
    });
    const sums = execFileSync('sha256sum', [clipPath, truthPath], { encoding: 'utf8' });
    return sums.split('\n').map((line) => line.slice(0, 64));
  };
  const [one, two, other] = [await draw('a', 's'), await draw('b', 's'), await draw('c', 't')];
  expect(one).toEqual(two);
  expect(other[0]).not.toBe(one[0]);
});

test('without ffmpeg there is one sentence, and no clip', async () => {
  const outDir = path.join(folder, 'none');
  await expect(
    drawStreetScene({ outDir, seed: 's', seconds: 1, ffmpegPath: '/nowhere/ffmpeg' }),
  ).rejects.toThrow('ffmpeg could not be started');
});

function shares(a: TruthBox, b: TruthBox): boolean {
  return a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3];
}
