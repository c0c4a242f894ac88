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

/** Sets every tile that `box` touches; what lies outside the frame is left out. */
export function setTouched(map: TileMap, grid: FrameGrid, box: Box, value = COVERED): void {
  const inside = clip(box, grid.widthPx, grid.heightPx);
  if (inside === null) return;
  const [x, y, width, height] = inside;
  setTiles(map, grid, value, [
    Math.floor(x / TILE_PX),
    Math.floor(y / TILE_PX),
    Math.ceil((x + width) / TILE_PX),
    Math.ceil((y + height) / TILE_PX),
  ]);
}

/** Sets the tiles whose middle lies in `box`: the fairest likeness of the box, neither more nor less. */
export function setMostly(map: TileMap, grid: FrameGrid, box: Box, value = COVERED): void {
  const inside = clip(box, grid.widthPx, grid.heightPx);
  if (inside === null) return;
  const [x, y, width, height] = inside;
  setTiles(map, grid, value, [
    Math.round(x / TILE_PX),
    Math.round(y / TILE_PX),
    Math.round((x + width) / TILE_PX),
    Math.round((y + height) / TILE_PX),
  ]);
}

function setTiles(
  map: TileMap,
  grid: FrameGrid,
  value: number,
  [x0, y0, x1, y1]: [number, number, number, number],
): void {
  for (let y = y0; y < y1; y++) {
    map.fill(value, y * grid.tilesX + x0, y * grid.tilesX + x1);
  }
}
