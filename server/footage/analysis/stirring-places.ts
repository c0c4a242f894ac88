import { type Box, grow } from '../box.ts';
import { cellCount, type FrameGrid } from '../frame-grid.ts';
import { takeComponents } from './components.ts';
import { pixelBox } from './foreground.ts';

const MARKED = 255;
const AROUND = 1;
const LEAST_CELLS = 2;

/**
 * Places of two marked cells and more that touch, and such that nearly touch, as boxes in pixels: stripes
 * leave gaps in an outline, and it is one all the same; but what the wind stirs beside it must not
 * change its shape either, so both are told.
 *
 * @param marked - one plane of cells: 255 where it stirs, else 0.
 */
export function stirringPlaces(marked: Uint8Array, grid: FrameGrid): Box[] {
  const stack = new Int32Array(cellCount(grid));
  const placesOf = (cells: Uint8Array, weak: number, margin: number) =>
    takeComponents(cells, grid.cellsX, { weak, strong: MARKED }, stack)
      .filter(({ strongCells }) => strongCells >= LEAST_CELLS)
      .map((found) => grow(pixelBox(found, grid.cellPx), -margin));
  const near = placesOf(withSurroundings(marked, grid), AROUND, grid.cellPx);
  const places = [...placesOf(marked.slice(), MARKED, 0), ...near];
  return [...new Map(places.map((place) => [place.join(), place])).values()];
}

/** Cells around marked ones join them, and count for nothing else. */
function withSurroundings(marked: Uint8Array, { cellsX, cellsY }: FrameGrid): Uint8Array {
  const joined = new Uint8Array(marked.length);
  for (const [cell, mark] of marked.entries()) {
    if (mark !== MARKED) continue;
    const x = cell % cellsX;
    const y = (cell - x) / cellsX;
    const [left, right] = [Math.max(0, x - 1), Math.min(cellsX, x + 2)];
    for (let row = Math.max(0, y - 1); row < Math.min(cellsY, y + 2); row++) {
      for (let at = row * cellsX + left; at < row * cellsX + right; at++) joined[at] ||= AROUND;
    }
    joined[cell] = MARKED;
  }
  return joined;
}
