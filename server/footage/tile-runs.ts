import type { Box } from './box.ts';
import { type FrameGrid, TILE_PX } from './frame-grid.ts';
import { COVERED, emptyTileMap, setTouched } from './tile-map.ts';

/** The tiles that any of `boxes` touches, as boxes: one for each run of tiles in a row. */
export function tileRuns(boxes: readonly Box[], grid: FrameGrid): Box[] {
  const map = emptyTileMap(grid);
  for (const box of boxes) setTouched(map, grid, box);
  const runs: Box[] = [];
  for (let ty = 0; ty < grid.tilesY; ty++) {
    const row = map.subarray(ty * grid.tilesX, (ty + 1) * grid.tilesX);
    for (let from = row.indexOf(COVERED); from >= 0; ) {
      let to = from;
      while (to < row.length && row[to] === COVERED) to++;
      runs.push([from * TILE_PX, ty * TILE_PX, (to - from) * TILE_PX, TILE_PX]);
      from = row.indexOf(COVERED, to);
    }
  }
  return runs;
}
