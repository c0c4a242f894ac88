import type { FrameGrid } from '../frame-grid.ts';
import { cellDeviation } from './deviation.ts';

/** A picture of something that stands still, as planes of cells over a part of the frame. */
export interface KnownPicture {
  /** In cells. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Y, U and V of width × height cells, one after the other. */
  readonly planes: Uint8Array;
}

/** Cuts a part out of a frame of cells; the part must lie inside. */
export function cutPicture(
  frame: Uint8Array,
  grid: FrameGrid,
  part: Pick<KnownPicture, 'x' | 'y' | 'width' | 'height'>,
): Uint8Array {
  const { x, y, width, height } = part;
  const planes = new Uint8Array(3 * width * height);
  for (let plane = 0; plane < 3; plane++) {
    for (let row = 0; row < height; row++) {
      const from = (plane * grid.cellsY + y + row) * grid.cellsX + x;
      planes.set(frame.subarray(from, from + width), (plane * height + row) * width);
    }
  }
  return planes;
}

/** Lowers the scores of cells that look as `picture` does, to how far they are from it. */
export function matchPicture(
  frame: Uint8Array,
  picture: KnownPicture,
  grid: FrameGrid,
  scores: Uint8Array,
): void {
  const cells = scores.length;
  const pictureCells = picture.width * picture.height;
  for (let row = 0; row < picture.height; row++) {
    for (let column = 0; column < picture.width; column++) {
      const cell = (picture.y + row) * grid.cellsX + picture.x + column;
      if (scores[cell] === 0) continue;
      const place = row * picture.width + column;
      const distance = cellDeviation(frame, cell, cells, picture.planes, place, pictureCells);
      if (distance < scores[cell]!) scores[cell] = distance;
    }
  }
}
