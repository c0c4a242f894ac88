import { type Box, clip } from './box.ts';
import { type FrameGrid, TILE_PX } from './frame-grid.ts';

/**
 * Which tiles of one frame are covered: tilesX × tilesY bytes, {@link COVERED} or 0. Rendering,
 * proof and coverage figures read nothing else.
 */
export type TileMap = Uint8Array;

/** The value of a covered tile. */
export const COVERED = 255;

/** A map with nothing covered. */
export function emptyTileMap(grid: FrameGrid): TileMap {
  return new Uint8Array(grid.tilesX * grid.tilesY);
}

/**
 * Covers every tile that `box` touches, with a margin; what lies outside the frame is left out. It makes
 * no object: it is called for every box of hours of footage.
 */
export function setTouched(map: TileMap, grid: FrameGrid, box: Box, marginPx = 0): void {
  const x0 = Math.max(0, box[0] - marginPx);
  const y0 = Math.max(0, box[1] - marginPx);
  const x1 = Math.min(grid.widthPx, box[0] + box[2] + marginPx);
  const y1 = Math.min(grid.heightPx, box[1] + box[3] + marginPx);
  if (x1 <= x0 || y1 <= y0) return;
  const [left, right] = [Math.floor(x0 / TILE_PX), Math.ceil(x1 / TILE_PX)];
  setTiles(map, grid, COVERED, left, Math.floor(y0 / TILE_PX), right, Math.ceil(y1 / TILE_PX));
}

/** Sets the tiles whose middle lies in `box`: the fairest likeness of the box, neither more nor less. */
export function setMostly(map: TileMap, grid: FrameGrid, box: Box, value = COVERED): void {
  const inside = clip(box, grid.widthPx, grid.heightPx);
  if (inside === null) return;
  const [x, y, width, height] = inside;
  const [left, right] = [Math.round(x / TILE_PX), Math.round((x + width) / TILE_PX)];
  setTiles(
    map,
    grid,
    value,
    left,
    Math.round(y / TILE_PX),
    right,
    Math.round((y + height) / TILE_PX),
  );
}

function setTiles(
  map: TileMap,
  grid: FrameGrid,
  value: number,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
): void {
  for (let y = y0; y < y1; y++) {
    map.fill(value, y * grid.tilesX + x0, y * grid.tilesX + x1);
  }
}
