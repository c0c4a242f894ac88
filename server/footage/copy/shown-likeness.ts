import type { FrameGrid } from '../frame-grid.ts';
import { COVERED, type TileMap } from '../tile-map.ts';

const WINDOW_CELLS = 4;
// The constants of Wang et al., "Image quality assessment: from error visibility to structural
// similarity" (2004), for 8-bit levels.
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

/** How alike the shown parts of one frame and of its original are. */
export interface ShownLikeness {
  /** Windows with nothing covered in them. */
  readonly windows: number;
  /** Mean structural similarity of those windows, at most 1; 1 when there are none. */
  readonly similarity: number;
  /** Greatest difference of mean luma between two windows, in levels. */
  readonly worstShift: number;
}

/** Compares the cells of luma of a copy's frame with the original's, where nothing is covered. */
export function compareShown(
  copyCells: Uint8Array,
  originalCells: Uint8Array,
  map: TileMap,
  grid: FrameGrid,
): ShownLikeness {
  const { cellsX, cellsY, tilesX, cellPx } = grid;
  const cellsPerTile = cellsX / tilesX;
  // The last windows would hang over the frame's end: padding is black on both sides.
  const wholeX = Math.floor(grid.widthPx / cellPx);
  const wholeY = Math.floor(grid.heightPx / cellPx);
  let windows = 0;
  let similarity = 0;
  let worstShift = 0;
  for (let y = 0; y + WINDOW_CELLS <= Math.min(cellsY, wholeY); y += WINDOW_CELLS) {
    for (let x = 0; x + WINDOW_CELLS <= Math.min(cellsX, wholeX); x += WINDOW_CELLS) {
      if (touchesCovered(x, y)) continue;
      let sumA = 0;
      let sumB = 0;
      let sumAA = 0;
      let sumBB = 0;
      let sumAB = 0;
      for (let row = y; row < y + WINDOW_CELLS; row++) {
        for (let at = row * cellsX + x; at < row * cellsX + x + WINDOW_CELLS; at++) {
          const a = copyCells[at]!;
          const b = originalCells[at]!;
          sumA += a;
          sumB += b;
          sumAA += a * a;
          sumBB += b * b;
          sumAB += a * b;
        }
      }
      const n = WINDOW_CELLS * WINDOW_CELLS;
      const meanA = sumA / n;
      const meanB = sumB / n;
      const varianceA = sumAA / n - meanA * meanA;
      const varianceB = sumBB / n - meanB * meanB;
      const covariance = sumAB / n - meanA * meanB;
      similarity +=
        ((2 * meanA * meanB + C1) * (2 * covariance + C2)) /
        ((meanA * meanA + meanB * meanB + C1) * (varianceA + varianceB + C2));
      worstShift = Math.max(worstShift, Math.abs(meanA - meanB));
      windows++;
    }
  }
  return { windows, similarity: windows === 0 ? 1 : similarity / windows, worstShift };

  function touchesCovered(x: number, y: number): boolean {
    const fromX = Math.floor(x / cellsPerTile);
    const toX = Math.floor((x + WINDOW_CELLS - 1) / cellsPerTile);
    const toY = Math.floor((y + WINDOW_CELLS - 1) / cellsPerTile);
    for (let ty = Math.floor(y / cellsPerTile); ty <= toY; ty++) {
      for (let tx = fromX; tx <= toX; tx++) if (map[ty * tilesX + tx] === COVERED) return true;
    }
    return false;
  }
}
