/** How much more a level of chroma says than one of luma: chroma is steadier, coats are coloured. */
const CHROMA_WEIGHT = 2;
/** Beyond this a change of light is no camera's own small correction, and is left standing. */
const MAX_LIGHT_OFFSET = 10;

/**
 * How far each cell of a frame is from a background, 0 to 255: the greatest of the differences in
 * luma and, weighted, in both chromas. Luma alone misses a pale coat on grey asphalt.
 *
 * @param frame - three planes of cells, Y, U, V, one after the other; `background` likewise.
 * @param lightOffset - what the whole frame is brighter than the background, taken out of luma.
 * @param scores - one plane, written.
 */
export function scoreDeviation(
  frame: Uint8Array,
  background: Uint8Array,
  lightOffset: number,
  scores: Uint8Array,
): void {
  const cells = scores.length;
  for (let i = 0, u = cells, v = 2 * cells; i < cells; i++, u++, v++) {
    // Math.max of two at a time: that takes no branch, which of more it does, in every cell.
    const dy = Math.abs(frame[i]! - background[i]! - lightOffset);
    const du = Math.abs(frame[u]! - background[u]!);
    const dv = Math.abs(frame[v]! - background[v]!);
    scores[i] = Math.min(255, Math.max(dy, CHROMA_WEIGHT * Math.max(du, dv)));
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
