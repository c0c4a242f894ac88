import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkCoveredPixels } from '../../../../server/footage/copy/covered-pixels.ts';
import { type FrameGrid, frameGrid } from '../../../../server/footage/frame-grid.ts';

/** Black planes from a place in memory on: nothing may depend on how they are aligned. */
function blackFrame({ widthPx, heightPx }: FrameGrid, place: number) {
  const luma = widthPx * heightPx;
  const bytes = new Uint8Array(place + (luma * 3) / 2).fill(128);
  bytes.fill(16, place, place + luma);
  return {
    y: bytes.subarray(place, place + luma),
    u: bytes.subarray(place + luma, place + (luma * 5) / 4),
    v: bytes.subarray(place + (luma * 5) / 4),
  };
}

/** The same rule, told pixel by pixel: how near is the closest tile that is shown? */
function oracle(frame: ReturnType<typeof blackFrame>, map: Uint8Array, grid: FrameGrid) {
  const faulty = new Set<number>();
  const found = { worstInside: 0, worstAtEdge: 0 };
  const shown = (tx: number, ty: number) =>
    tx >= 0 && ty >= 0 && tx < grid.tilesX && ty < grid.tilesY && map[ty * grid.tilesX + tx] === 0;
  for (const [name, black, divisor, reach, limit, edgeLimit] of [
    ['y', 16, 1, 4, 6, 40],
    ['u', 128, 2, 2, 6, 24],
    ['v', 128, 2, 2, 6, 24],
  ] as const) {
    const side = 16 / divisor;
    const width = grid.widthPx / divisor;
    const height = grid.heightPx / divisor;
    frame[name].forEach((value, at) => {
      const x = at % width;
      const y = (at - x) / width;
      const tx = Math.floor(x / side);
      const ty = Math.floor(y / side);
      if (map[ty * grid.tilesX + tx] !== 255) return;
      // The last tiles may be cut off by the frame's end.
      const right = Math.min(width, (tx + 1) * side) - 1;
      const bottom = Math.min(height, (ty + 1) * side) - 1;
      const around = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => [dx, dy] as const));
      const atEdge = around.some(([dx, dy]) => {
        if (!shown(tx + dx, ty + dy)) return false;
        const nearX = dx < 0 ? x - tx * side < reach : dx > 0 && right - x < reach;
        const nearY = dy < 0 ? y - ty * side < reach : dy > 0 && bottom - y < reach;
        return nearX || nearY;
      });
      const distance = Math.abs(value - black);
      const worst = atEdge ? 'worstAtEdge' : 'worstInside';
      found[worst] = Math.max(found[worst], distance);
      if (distance > (atEdge ? edgeLimit : limit)) faulty.add(ty * grid.tilesX + tx);
    });
  }
  const tiles = map.filter((tile) => tile === 255).length;
  return { tiles, faultyTiles: faulty.size, ...found };
}

test('sees every pixel of every covered tile, whatever the size of the frame', () => {
  const spots = fc.array(
    fc.record({
      plane: fc.constantFrom('y' as const, 'u' as const, 'v' as const),
      at: fc.nat(10_000),
      value: fc.nat(255),
    }),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 16, max: 40 }),
      fc.integer({ min: 16, max: 40 }),
      fc.array(fc.boolean(), { minLength: 25, maxLength: 25 }),
      spots,
      fc.constantFrom(0, 1, 8),
      (halfWidth, halfHeight, covered, faults, place) => {
        const grid = frameGrid(2 * halfWidth, 2 * halfHeight);
        const map = Uint8Array.from({ length: grid.tilesX * grid.tilesY }, (_, tile) =>
          covered[tile % 25] ? 255 : 0,
        );
        const frame = blackFrame(grid, place);
        for (const { plane, at, value } of faults) frame[plane][at % frame[plane].length] = value;
        expect(checkCoveredPixels(frame, map, grid)).toEqual(oracle(frame, map, grid));
      },
    ),
    { numRuns: 500 },
  );
});

test.each([
  [34, 34, 1],
  [64, 48, 0],
])(
  'one level off, in any single pixel of a covered frame of %i × %i, is measured',
  (widthPx, heightPx, place) => {
    const grid = frameGrid(widthPx, heightPx);
    const map = new Uint8Array(grid.tilesX * grid.tilesY).fill(255);
    const frame = blackFrame(grid, place);
    for (const plane of [frame.y, frame.u, frame.v]) {
      for (let at = 0; at < plane.length; at++) {
        plane[at]!++;
        expect(checkCoveredPixels(frame, map, grid).worstInside).toBe(1);
        plane[at]!--;
      }
    }
    expect(checkCoveredPixels(frame, map, grid).worstInside).toBe(0);
  },
);
