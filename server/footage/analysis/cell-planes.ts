import { cellCount, type FrameGrid } from '../frame-grid.ts';

/** Bytes of one frame of cells as it is read: a plane of luma, and two of chroma half as wide and high. */
export function cellFrameBytes(grid: FrameGrid): number {
  return (cellCount(grid) * 3) / 2;
}

/**
 * Spreads the chroma of a frame of cells over all cells, so that every cell has its Y, U and V.
 *
 * @param planes - three planes of cells, written; memory of their own, or from an even place of some.
 */
export function spreadChroma(frame: Uint8Array, grid: FrameGrid, planes: Uint8Array): void {
  const { cellsX, cellsY } = grid;
  const cells = cellsX * cellsY;
  planes.set(frame.subarray(0, cells));
  const halfX = cellsX / 2;
  // Two cells beside each other share their chroma, and are written as one number.
  const pairs = new Uint16Array(planes.buffer, planes.byteOffset, (3 * cells) / 2);
  for (let plane = 1; plane < 3; plane++) {
    const from = cells + ((plane - 1) * cells) / 4;
    for (let y = 0; y < cellsY; y += 2) {
      const row = from + (y / 2) * halfX;
      const first = plane * (cells / 2) + y * halfX;
      for (let x = 0; x < halfX; x++) pairs[first + x] = frame[row + x]! * 0x0101;
      pairs.copyWithin(first + halfX, first, first + halfX);
    }
  }
}
