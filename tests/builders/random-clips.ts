import fc from 'fast-check';
import type { Sprite, SpriteBox, SpriteClip } from './sprite-clip.ts';

// People and vehicles of any size, colour, pace and path, in the bounds of what a camera can see.

const FRAMES = 60;
const LEAST_LUMA = 12;
const LEAST_CHROMA = 8;

/** Differs from the street in luma alone, in chroma alone, or in both. */
const colours = fc.oneof(
  fc.record({
    tint: fc.constant(true),
    colour: fc.oneof(
      strength(LEAST_LUMA, 40).map((luma) => [luma, 0, 0] as const),
      strength(LEAST_CHROMA, 30).map((blue) => [0, blue, 0] as const),
      strength(LEAST_CHROMA, 30).map((red) => [0, 0, red] as const),
    ),
  }),
  fc.record({
    tint: fc.constant(false),
    colour: fc.tuple(
      fc.constantFrom(20, 40, 200, 230),
      fc.integer({ min: 96, max: 160 }),
      fc.integer({ min: 96, max: 160 }),
    ),
  }),
);

function strength(least: number, most: number): fc.Arbitrary<number> {
  return fc
    .tuple(fc.boolean(), fc.integer({ min: least, max: most }))
    .map(([darker, levels]) => (darker ? -levels : levels));
}

/** Width over height in tenths: people, cars, vans. */
const shapes = fc.constantFrom(4, 4, 5, 20, 24);

interface Path {
  readonly from: number;
  readonly leftward: boolean;
  /** Pixels a frame, across and down. */
  readonly pace: number;
  readonly sinks: number;
  /** Where in tenths of the way it stops, and for how many frames. */
  readonly stop: readonly [at: number, frames: number];
  readonly turnsBack: boolean;
  readonly height: number;
}

const paths: fc.Arbitrary<Path> = fc.record({
  from: fc.integer({ min: 0, max: 20 }),
  leftward: fc.boolean(),
  pace: fc.oneof(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 20, max: 70 })),
  sinks: fc.integer({ min: -1, max: 1 }),
  stop: fc.tuple(fc.integer({ min: 2, max: 8 }), fc.constantFrom(0, 0, 8, 16)),
  turnsBack: fc.boolean(),
  height: fc.integer({ min: -1, max: 8 }),
});

const scenes = fc.record({
  size: fc.constantFrom([320, 192], [318, 190], [352, 240]),
  fps: fc.constantFrom(8, 12, 25),
  approved: fc.boolean(),
  night: fc.boolean(),
  noise: fc.constantFrom(0, 2, 5),
  coder: fc.constantFrom(
    ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23'],
    ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '30', '-g', '250'],
    ['-c:v', 'mpeg4', '-q:v', '5'],
    ['-c:v', 'mjpeg', '-q:v', '6'],
  ),
  flash: fc.option(fc.tuple(fc.integer({ min: 10, max: 50 }), fc.constantFrom(-25, 30, 60))),
  moving: fc.array(
    fc.record({ look: colours, shape: shapes, high: fc.constantFrom(16, 24, 40, 70), path: paths }),
    { minLength: 1, maxLength: 3 },
  ),
});

function placeAt(path: Path, frame: number, [w, h]: readonly number[], size: readonly number[]) {
  const [width, height] = size as [number, number];
  const since = frame - path.from;
  if (since < 0) return null;
  const stopsAt = (path.stop[0] * width) / 10;
  let way = path.pace * since;
  if (way > stopsAt) way = Math.max(stopsAt, way - path.pace * path.stop[1]);
  if (path.turnsBack && way > 0.7 * width) way = 1.4 * width - way;
  const x = Math.round(path.leftward ? width - way : way - w!);
  const y = Math.round((path.height * height) / 10 + path.sinks * since * 0.5);
  const inside = x < width && x + w! > 0 && y < height && y + h! > 0;
  return inside ? ([x, y, w!, h!] as SpriteBox) : null;
}

/** A clip, and whether a person has approved its empty scene. */
export interface RandomClip {
  readonly clip: SpriteClip;
  readonly approved: boolean;
}

/** Clips of {@link FRAMES} frames in which up to three people or vehicles go their ways. */
export const randomClips: fc.Arbitrary<RandomClip> = scenes.map((scene) => {
  const { size, fps, noise, coder, night, flash, approved } = scene;
  const [width, height] = size as [number, number];
  const sprites = scene.moving.map(({ look, shape, high, path }): Sprite => {
    const measure = [Math.max(6, Math.round((high * shape) / 10)), high];
    return { ...look, boxAt: (frame) => placeAt(path, frame, measure, size) };
  });
  const lightAt = (frame: number) =>
    flash !== null && frame >= flash[0] && frame < flash[0] + 6 ? flash[1] : 0;
  const brightness = night ? 35 : 80;
  return {
    clip: { width, height, frames: FRAMES, fps, sprites, noise, coder, brightness, lightAt },
    // Whoever is long in one place is in the median: nobody would approve that scene.
    approved: approved && !staysLong(sprites, size),
  };
});

/** Whether some place is taken for a good part of the clip. */
function staysLong(sprites: readonly Sprite[], [width, height]: readonly number[]): boolean {
  for (let y = 0; y < height!; y += 8) {
    for (let x = 0; x < width!; x += 8) {
      let taken = 0;
      for (let frame = 0; frame < FRAMES; frame++) {
        const boxes = sprites.map(({ boxAt }) => boxAt(frame));
        if (boxes.some((box) => box !== null && holds(box, x, y))) taken++;
      }
      if (taken > 0.4 * FRAMES) return true;
    }
  }
  return false;
}

function holds([left, top, width, height]: SpriteBox, x: number, y: number): boolean {
  return x >= left && x < left + width && y >= top && y < top + height;
}
