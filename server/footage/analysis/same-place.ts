import { FootageError } from '../errors.ts';
import { cellCount, type FrameGrid } from '../frame-grid.ts';
import { medianOf } from './empty-scene.ts';

/** Light alone leaves kerbs and windows where they are: below this, edges have little in common. */
const LEAST_LIKENESS = 0.35;

/**
 * Tells whether two scenes show one place in two lights. What stands in the way has edges of its own: a
 * crowd or a lorry that fills the picture for a while is no light, nor is a camera that was turned.
 *
 * @param a - cells, luma in front, which alone counts; `b` likewise.
 */
export function isSamePlace(a: Uint8Array, b: Uint8Array, grid: FrameGrid): boolean {
  return likeness(edgesOf(a, grid), edgesOf(b, grid)) >= LEAST_LIKENESS;
}

/**
 * Refuses recordings that are said to be of one camera and show another place than the first.
 *
 * @param samples - of each recording, frames of cells as they are read.
 * @throws {FootageError} `OTHER_CAMERA`.
 */
export function refuseOtherPlace(
  samples: readonly (readonly Uint8Array[])[],
  grid: FrameGrid,
): void {
  if (samples.length < 2) return;
  const [own, ...others] = samples.map(medianOf);
  if (!others.every((other) => isSamePlace(other, own!, grid))) throw otherCamera();
}

/** Says that a recording is not of the camera that it was named for. */
export function otherCamera(): FootageError {
  return new FootageError(
    'OTHER_CAMERA',
    'A recording that was named as one of the same camera shows another place or has another size, or its light is too different to tell. Leave it out: the camera may have been moved or set anew.',
  );
}

/** How steep luma is at each cell, in levels. */
function edgesOf(planes: Uint8Array, { cellsX, ...grid }: FrameGrid): Float64Array {
  const edges = new Float64Array(cellCount({ cellsX, ...grid }));
  for (let at = cellsX; at < edges.length - cellsX; at++) {
    const across = planes[at + 1]! - planes[at - 1]!;
    const down = planes[at + cellsX]! - planes[at - cellsX]!;
    edges[at] = Math.hypot(across, down);
  }
  return edges;
}

/** Pearson's correlation, −1 to 1; 0 where one of them is even. */
function likeness(a: Float64Array, b: Float64Array): number {
  const mean = (values: Float64Array) => values.reduce((sum, v) => sum + v, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let together = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let at = 0; at < a.length; at++) {
    const [offA, offB] = [a[at]! - meanA, b[at]! - meanB];
    together += offA * offB;
    squaresA += offA * offA;
    squaresB += offB * offB;
  }
  return squaresA > 0 && squaresB > 0 ? together / Math.sqrt(squaresA * squaresB) : 0;
}
