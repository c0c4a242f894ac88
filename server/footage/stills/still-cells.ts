import { cellFrameBytes } from '../analysis/cell-planes.ts';
import { cellCount, type FrameGrid } from '../frame-grid.ts';
import type { StillPixels } from './still-pictures.ts';

/**
 * The cells of a still, as those of a clip are read: mean values, the picture's edge repeated beside it.
 * A still of another size is stretched to the clip's: recorders write their snapshots as they code
 * clips, which may be in pixels that are no squares. Colours become Y′CbCr as JPEG has them (ITU-T T.871), in the range of video: recorders write their
 * snapshots so.
 */
export function cellsOfStill({ rgb, widthPx, heightPx }: StillPixels, grid: FrameGrid): Uint8Array {
  const { cellPx, cellsX, cellsY } = grid;
  const cells = cellCount(grid);
  const frame = new Uint8Array(cellFrameBytes(grid));
  const pixels = cellPx * cellPx;
  const columns = placesIn(cellsX * cellPx, grid.widthPx, widthPx);
  const rows = placesIn(cellsY * cellPx, grid.heightPx, heightPx);
  for (let cellY = 0; cellY < cellsY; cellY += 2) {
    for (let cellX = 0; cellX < cellsX; cellX += 2) {
      const four = [0, 0, 0];
      for (let quarter = 0; quarter < 4; quarter++) {
        const x0 = cellX + (quarter & 1);
        const y0 = cellY + (quarter >> 1);
        const mean = meanAt(x0 * cellPx, y0 * cellPx);
        frame[y0 * cellsX + x0] = lumaOf(mean);
        for (const channel of [0, 1, 2]) four[channel]! += mean[channel]! / 4;
      }
      const at = cells + (cellY / 2) * (cellsX / 2) + cellX / 2;
      frame[at] = chromaOf(four, [-0.168736, -0.331264, 0.5]);
      frame[at + cells / 4] = chromaOf(four, [0.5, -0.418688, -0.081312]);
    }
  }
  return frame;

  function meanAt(fromX: number, fromY: number): number[] {
    const sum = [0, 0, 0];
    for (let row = fromY; row < fromY + cellPx; row++) {
      const start = rows[row]! * widthPx;
      for (let column = fromX; column < fromX + cellPx; column++) {
        const at = 3 * (start + columns[column]!);
        sum[0]! += rgb[at]!;
        sum[1]! += rgb[at + 1]!;
        sum[2]! += rgb[at + 2]!;
      }
    }
    return sum.map((value) => value / pixels);
  }
}

/** For each place along a side of the grid, the nearest pixel of the still. */
function placesIn(count: number, framePx: number, stillPx: number): Uint32Array {
  // Frames of clips have even sides: the last pixel of an odd still stands alone.
  const scale = stillPx === framePx || stillPx === framePx - 1 ? 1 : stillPx / framePx;
  return Uint32Array.from({ length: count }, (_, at) =>
    Math.min(stillPx - 1, Math.floor((at + 0.5) * scale)),
  );
}

function lumaOf([r, g, b]: readonly number[]): number {
  return Math.round(16 + (219 / 255) * (0.299 * r! + 0.587 * g! + 0.114 * b!));
}

function chromaOf([r, g, b]: readonly number[], weights: readonly number[]): number {
  const chroma = weights[0]! * r! + weights[1]! * g! + weights[2]! * b!;
  return Math.round(128 + (224 / 255) * chroma);
}
