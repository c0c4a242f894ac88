/** Side of a tile in pixels: a macroblock of H.264, so that covering ends where coding blocks end. */
export const TILE_PX = 16;

/**
 * The displayed frame (rotation applied, square pixels, even sides) and the two grids over it:
 * tiles, which are covered or not, and cells, in which motion is looked for.
 */
export interface FrameGrid {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly tilesX: number;
  readonly tilesY: number;
  /** Side of a cell in pixels: 4, or 8 for frames wider or higher than 1,920. */
  readonly cellPx: number;
  readonly cellsX: number;
  readonly cellsY: number;
}

/** Lays both grids over a displayed frame; they reach beyond it to the next multiple of a tile. */
export function frameGrid(widthPx: number, heightPx: number): FrameGrid {
  const tilesX = Math.ceil(widthPx / TILE_PX);
  const tilesY = Math.ceil(heightPx / TILE_PX);
  const cellPx = Math.max(widthPx, heightPx) > 1920 ? 8 : 4;
  return {
    widthPx,
    heightPx,
    tilesX,
    tilesY,
    cellPx,
    cellsX: (tilesX * TILE_PX) / cellPx,
    cellsY: (tilesY * TILE_PX) / cellPx,
  };
}

/** Cells of one plane. */
export function cellCount(grid: FrameGrid): number {
  return grid.cellsX * grid.cellsY;
}
