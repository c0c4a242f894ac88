import type { Box } from '../box.ts';
import { type FrameGrid, frameGrid, TILE_PX } from '../frame-grid.ts';
import { holds } from '../frame-span.ts';
import { interpolateBox } from '../plan/interpolate-box.ts';
import { COVERED, emptyTileMap, setTouched, type TileMap } from '../tile-map.ts';
import type { StillPixels } from './still-pictures.ts';
import type { StillPlan } from './still-plan.ts';

/** Which tiles of a still are covered. */
export interface StillCover {
  readonly grid: FrameGrid;
  readonly map: TileMap;
}

/**
 * Rasterises a plan for a still: a box to cover takes every tile that it touches, a box to keep
 * shows only the tiles that lie wholly in it. `cover` beats `keep`.
 */
export function stillCover(
  plan: StillPlan,
  size: { readonly widthPx: number; readonly heightPx: number },
): StillCover {
  const grid = frameGrid(size.widthPx, size.heightPx);
  const map = emptyTileMap(grid);
  if (plan.mode === 'all') map.fill(COVERED);
  for (const rule of plan.keep) {
    if (!('keyframes' in rule) || rule.from > 0 || !holds(rule.releasedFrames, 0)) continue;
    showWithin(map, grid, interpolateBox(rule.keyframes, 0));
  }
  for (const { details } of plan.keep) {
    if (details === undefined || !('covered' in details)) continue;
    for (const box of details.covered) setTouched(map, grid, box);
  }
  for (const { keyframes } of plan.cover) setTouched(map, grid, interpolateBox(keyframes, 0));
  return { grid, map };
}

/** Paints the covered tiles opaque black, in place. */
export function paintCover(pixels: StillPixels, { grid, map }: StillCover): void {
  const { rgb, widthPx, heightPx } = pixels;
  for (let y = 0; y < heightPx; y++) {
    const row = Math.floor(y / TILE_PX) * grid.tilesX;
    for (let tx = 0; tx < grid.tilesX; tx++) {
      if (map[row + tx] !== COVERED) continue;
      const from = y * widthPx + tx * TILE_PX;
      const to = y * widthPx + Math.min(widthPx, (tx + 1) * TILE_PX);
      rgb.fill(0, 3 * from, 3 * to);
    }
  }
}

/** Tiles at the right and the lower border of the picture are whole when they are so inside it. */
function showWithin(map: TileMap, grid: FrameGrid, [x, y, width, height]: Box): void {
  const end = (at: number, frame: number) =>
    at >= frame ? Math.ceil(frame / TILE_PX) : Math.floor(at / TILE_PX);
  const x1 = end(x + width, grid.widthPx);
  const y1 = end(y + height, grid.heightPx);
  const x0 = Math.ceil(x / TILE_PX);
  for (let ty = Math.ceil(y / TILE_PX); ty < y1; ty++) {
    if (x0 < x1) map.fill(0, ty * grid.tilesX + x0, ty * grid.tilesX + x1);
  }
}
