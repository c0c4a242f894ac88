import { describe, expect, test } from 'vitest';
import { isSamePlace } from '../../../../server/footage/analysis/same-place.ts';
import { separateLights } from '../../../../server/footage/analysis/separate-lights.ts';
import { unstablePlaces } from '../../../../server/footage/analysis/unstable-places.ts';
import { frameGrid } from '../../../../server/footage/frame-grid.ts';

const grid = frameGrid(320, 192);
const cells = grid.cellsX * grid.cellsY;

/** A street of cells as it is read: luma, then chroma half as wide and high. */
function frame(options: {
  seed: number;
  gain?: number;
  chroma?: number;
  add?: (x: number, y: number) => number | null;
}): Uint8Array {
  const { seed, gain = 1, chroma = 120, add = () => null } = options;
  const cellsOf = new Uint8Array((cells * 3) / 2).fill(chroma, cells);
  for (let at = 0; at < cells; at++) {
    const [x, y] = [at % grid.cellsX, Math.floor(at / grid.cellsX)];
    const wall = 70 + 30 * (((x >> 3) + (y >> 2)) % 3) + (((x * 7 + y * 13 + seed * 31) % 5) - 2);
    cellsOf[at] = add(x, y) ?? Math.round(gain * wall);
  }
  return cellsOf;
}
const planesOf = (cellsOf: Uint8Array) =>
  new Uint8Array([...cellsOf.subarray(0, cells), ...new Uint8Array(2 * cells)]);

/** Samples that each stand for so many seconds. */
const lit = (cellsOf: readonly Uint8Array[], seconds: number) =>
  cellsOf.map((of, place) => ({ cells: of, seconds, place }));
const places = (group: readonly { place: number }[] | undefined) =>
  group?.map(({ place }) => place);

describe('lights', () => {
  const day = (seed: number) => frame({ seed });
  // Infrared has no colours, and lights otherwise.
  const night = (seed: number) => frame({ seed, gain: 0.45, chroma: 128 });

  test('are told apart, the longest first, and one that comes back is the same', () => {
    const samples = Array.from({ length: 90 }, (_, at) =>
      at < 20 || at >= 60 ? day(at) : night(at),
    );
    const [first, second, ...more] = separateLights(lit(samples, 2), grid);
    expect(places(first)).toEqual([
      ...Array(20).keys(),
      ...Array.from({ length: 30 }, (_, at) => 60 + at),
    ]);
    expect(places(second)).toEqual(Array.from({ length: 40 }, (_, at) => 20 + at));
    expect(more).toEqual([]);
  });

  test('have no scene of their own when they are short, in samples or in seconds', () => {
    const samples = (count: number) =>
      Array.from({ length: 90 }, (_, at) => (at < 90 - count ? day(at) : night(at)));
    expect(separateLights(lit(samples(15), 10), grid)).toHaveLength(1);
    expect(separateLights(lit(samples(16), 10), grid)).toHaveLength(2);
    expect(separateLights(lit(samples(20), 1.4), grid)).toHaveLength(1);
  });

  test('are not told by what fills a part of the picture, however large', () => {
    const lorry = (seed: number) =>
      frame({ seed, add: (x) => (x < 0.7 * grid.cellsX ? 220 : null) });
    const samples = Array.from({ length: 90 }, (_, at) => (at < 60 ? day(at) : lorry(at)));
    expect(separateLights(lit(samples, 2), grid).map(places)).toEqual([[...samples.keys()]]);
  });

  test('leave all samples together where none lasts', () => {
    const samples = Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? day(at) : night(at)));
    expect(separateLights(lit(samples, 0.5), grid).map(places)).toEqual([[...samples.keys()]]);
  });

  test('are of one place when its edges stay, which a crowd’s do not', () => {
    const crowd = frame({ seed: 3, add: (x, y) => 40 + ((x * 53 + y * 97 + x * y * 11) % 160) });
    expect(isSamePlace(planesOf(day(1)), planesOf(night(2)), grid)).toBe(true);
    expect(isSamePlace(planesOf(day(1)), planesOf(crowd), grid)).toBe(false);
    expect(isSamePlace(planesOf(day(1)), new Uint8Array(3 * cells).fill(20), grid)).toBe(false);
  });
});

describe('unstable places', () => {
  const inDoorway = (x: number, y: number) => x >= 40 && x < 48 && y >= 20 && y < 34;
  const samples = (share: number) =>
    Array.from({ length: 100 }, (_, at) =>
      frame({ seed: 0, add: (x, y) => (at < 100 * share && inDoorway(x, y) ? 200 : null) }),
    );
  const scene = new Uint8Array(3 * cells).fill(120);
  scene.set(frame({ seed: 0 }).subarray(0, cells));

  test('are where a quarter of the samples or more show something else', () => {
    expect(unstablePlaces(samples(0.24), scene, grid)).toEqual([]);
    const [place, ...more] = unstablePlaces(samples(0.4), scene, grid);
    expect(more).toEqual([]);
    expect(place!.share).toBe(0.4);
    expect(place!.box).toEqual([160, 80, 32, 56]);
  });
});
