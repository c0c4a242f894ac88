import type { Box } from '../box.ts';
import { type FrameGrid, TILE_PX } from '../frame-grid.ts';
import { takeComponents } from './components.ts';
import { pixelBox } from './foreground.ts';

/** Of a cell and its eight neighbours, how many must be marked for the cell to count. */
const DENSE = 5;
// A large region that fills little of its box winds about: its tiles are taken, not its box. A
// smaller one is taken as a box whatever its shape, so that no silhouette is left.
const LARGE_SHARE = 0.4;
const COMPACT_FILL = 0.6;

/**
 * The regions of marked cells as boxes in pixels: one box for most, rows of tiles for a large one
 * that winds about. Lines and single cells are left out.
 *
 * @param marked - one plane of cells: 255 marked, else 0.
 */
export function compactRegions(marked: Uint8Array, grid: FrameGrid): Box[] {
  const dense = denseCells(marked, grid.cellsX);
  const stack = new Int32Array(dense.length);
  const scratch = dense.slice();
  return takeComponents(scratch, grid.cellsX, { weak: 255, strong: 255 }, stack).flatMap(
    (region) => {
      const width = region.x1 - region.x0;
      const fill = region.cells / (width * (region.y1 - region.y0));
      const box = pixelBox(region, grid.cellPx);
      const large = box[2] * box[3] > LARGE_SHARE * grid.widthPx * grid.heightPx;
      return large && fill < COMPACT_FILL ? tileRows(dense, grid, box) : [box];
    },
  );
}

function denseCells(marked: Uint8Array, width: number): Uint8Array {
  const dense = new Uint8Array(marked.length);
  const height = marked.length / width;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (marked[y * width + x] === 0) continue;
      let near = 0;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          if (marked[ny * width + nx] !== 0) near++;
        }
      }
      if (near >= DENSE) dense[y * width + x] = 255;
    }
  }
  return dense;
}

/** The tiles of `box` that hold a dense cell, joined along each row of tiles. */
function tileRows(dense: Uint8Array, grid: FrameGrid, box: Box): Box[] {
  const rows: Box[] = [];
  const perTile = TILE_PX / grid.cellPx;
  const holdsDense = (tx: number, ty: number) => {
    for (let y = ty * perTile; y < (ty + 1) * perTile; y++) {
      const from = y * grid.cellsX + tx * perTile;
      if (dense.subarray(from, from + perTile).includes(255)) return true;
    }
    return false;
  };
  const lastX = Math.ceil((box[0] + box[2]) / TILE_PX);
  const lastY = Math.ceil((box[1] + box[3]) / TILE_PX);
  for (let ty = Math.floor(box[1] / TILE_PX); ty < lastY; ty++) {
    let from = -1;
    for (let tx = Math.floor(box[0] / TILE_PX); tx <= lastX; tx++) {
      const marked = tx < lastX && holdsDense(tx, ty);
      if (marked && from < 0) from = tx;
      if (marked || from < 0) continue;
      rows.push([from * TILE_PX, ty * TILE_PX, (tx - from) * TILE_PX, TILE_PX]);
      from = -1;
    }
  }
  return rows;
}
