/** How much more a level of chroma says than one of luma: chroma is steadier, coats are coloured. */
const CHROMA_WEIGHT = 2;
/** Beyond this a change of light is no camera's own small correction, and is left standing. */
const MAX_LIGHT_OFFSET = 10;

/**
 * How far each cell of a frame is from a background, 0 to 255: the greatest of the differences in
 * luma and, weighted, in both chromas. Luma alone misses a pale coat on grey asphalt.
 *
 * @param frame - three planes of cells, Y, U, V, one after the other, chroma spread over two by two
 *   cells as {@link spreadChroma} does; `background` likewise.
 * @param lightOffset - what the whole frame is brighter than the background, taken out of luma.
 * @param cellsX - cells in a row, an even number; so is the number of rows.
 * @param scores - one plane, written.
 */
export function scoreDeviation(
  frame: Uint8Array,
  background: Uint8Array,
  lightOffset: number,
  cellsX: number,
  scores: Uint8Array,
): void {
  const cells = scores.length;
  const lumaAt = (i: number) => Math.min(255, Math.abs(frame[i]! - background[i]! - lightOffset));
  // Four cells share their chroma, so it is compared once: the innermost loop of an analysis.
  for (let row = 0; row < cells; row += 2 * cellsX) {
    for (let i = row, end = row + cellsX; i < end; i += 2) {
      const [u, v, below] = [cells + i, 2 * cells + i, i + cellsX];
      const du = Math.abs(frame[u]! - background[u]!);
      const dv = Math.abs(frame[v]! - background[v]!);
      const chroma = Math.min(255, CHROMA_WEIGHT * Math.max(du, dv));
      scores[i] = Math.max(chroma, lumaAt(i));
      scores[i + 1] = Math.max(chroma, lumaAt(i + 1));
      scores[below] = Math.max(chroma, lumaAt(below));
      scores[below + 1] = Math.max(chroma, lumaAt(below + 1));
    }
  }
}

/** The deviation of one cell between two sets of planes, without any offset. */
export function cellDeviation(
  a: Uint8Array,
  i: number,
  aCells: number,
  b: Uint8Array,
  j: number,
  bCells: number,
): number {
  return Math.max(
    Math.abs(a[i]! - b[j]!),
    CHROMA_WEIGHT * Math.abs(a[aCells + i]! - b[bCells + j]!),
    CHROMA_WEIGHT * Math.abs(a[2 * aCells + i]! - b[2 * bCells + j]!),
  );
}

const histogram = (): Int32Array => new Int32Array(511);

/**
 * What a camera's exposure added to the whole frame: the median of the luma differences, at most
 * {@link MAX_LIGHT_OFFSET} either way. It is one number for all cells, so it cannot hide anybody.
 */
export function createLightOffset(
  cells: number,
): (frame: Uint8Array, background: Uint8Array) => number {
  const counts = histogram();
  const step = 3;
  const half = Math.ceil(cells / step) / 2;
  return (frame, background) => {
    counts.fill(0);
    for (let i = 0; i < cells; i += step) counts[frame[i]! - background[i]! + 255]!++;
    let value = 0;
    for (let seen = counts[0]!; seen < half; seen += counts[value]!) value++;
    return Math.max(-MAX_LIGHT_OFFSET, Math.min(MAX_LIGHT_OFFSET, value - 255));
  };
}
