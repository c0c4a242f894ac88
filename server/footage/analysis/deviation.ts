/** How much more a level of chroma says than one of luma: chroma is steadier, coats are coloured. */
const CHROMA_WEIGHT = 2;
/** Beyond this a change of light is no camera's own small correction, and is left standing. */
const MAX_LIGHT_OFFSET = 10;

/** Two bytes out of every four, each with room above it. */
const EVERY_OTHER_BYTE = 0x00ff00ff;
/** The highest bits of two halves of a word. */
const HIGHEST_BITS = 0x80008000 | 0;

/**
 * How far each cell of a frame is from a background, up to 255: the greatest of the differences in
 * luma and, weighted, in both chromas. Luma alone misses a pale coat on grey asphalt.
 *
 * The innermost loop of an analysis, so four cells are looked at together: most are as the background
 * is, and are passed over. Of each word every other byte is compared at once, in a half of 16 bits; the
 * highest bit of the half stays set as long as the difference is within its limit.
 *
 * @param options.frame - three planes of cells, Y, U, V, one after the other, chroma spread over two by
 *   two cells as {@link spreadChroma} does; `background` likewise. A plane is a multiple of four long.
 * @param options.lightOffset - what the whole frame is brighter than the background, taken out of luma.
 * @param options.least - from 1 to 255: what differs by less is written as 0.
 * @param options.scores - one plane, written.
 * @param options.active - the cells that differ by `least` or more, in their order; written.
 * @returns how many these are.
 */
export function scoreDeviation(options: {
  frame: Uint8Array;
  background: Uint8Array;
  lightOffset: number;
  least: number;
  scores: Uint8Array;
  active: Int32Array;
}): number {
  const { frame, background, lightOffset, least, scores, active } = options;
  const cells = scores.length;
  const words = cells / 4;
  const now = wordsOf(frame);
  const known = wordsOf(background);
  const [mostLuma, mostChroma] = [least - 1, Math.ceil(least / CHROMA_WEIGHT) - 1];
  const brighter = inBothHalves(mostLuma + lightOffset);
  const darker = inBothHalves(mostLuma - lightOffset);
  const either = inBothHalves(mostChroma);
  let count = 0;
  scores.fill(0);
  for (let y = 0, u = words, v = 2 * words; y < words; y++, u++, v++) {
    const evenY = (now[y]! & EVERY_OTHER_BYTE) - (known[y]! & EVERY_OTHER_BYTE);
    const oddY = ((now[y]! >>> 8) & EVERY_OTHER_BYTE) - ((known[y]! >>> 8) & EVERY_OTHER_BYTE);
    const evenU = (now[u]! & EVERY_OTHER_BYTE) - (known[u]! & EVERY_OTHER_BYTE);
    const oddU = ((now[u]! >>> 8) & EVERY_OTHER_BYTE) - ((known[u]! >>> 8) & EVERY_OTHER_BYTE);
    const evenV = (now[v]! & EVERY_OTHER_BYTE) - (known[v]! & EVERY_OTHER_BYTE);
    const oddV = ((now[v]! >>> 8) & EVERY_OTHER_BYTE) - ((known[v]! >>> 8) & EVERY_OTHER_BYTE);
    const within =
      (brighter - evenY) &
      (darker + evenY) &
      (brighter - oddY) &
      (darker + oddY) &
      (either - evenU) &
      (either + evenU) &
      (either - oddU) &
      (either + oddU) &
      (either - evenV) &
      (either + evenV) &
      (either - oddV) &
      (either + oddV);
    if ((within & HIGHEST_BITS) === HIGHEST_BITS) continue;
    for (let cell = 4 * y; cell < 4 * y + 4; cell++) {
      const luma = Math.abs(frame[cell]! - background[cell]! - lightOffset);
      const du = Math.abs(frame[cells + cell]! - background[cells + cell]!);
      const dv = Math.abs(frame[2 * cells + cell]! - background[2 * cells + cell]!);
      const score = Math.min(255, Math.max(luma, CHROMA_WEIGHT * Math.max(du, dv)));
      if (score < least) continue;
      scores[cell] = score;
      active[count++] = cell;
    }
  }
  return count;
}

/** A difference within `most` leaves the highest bit of its half as it is here; half and half are apart. */
function inBothHalves(most: number): number {
  const half = 0x8000 + most;
  return (half << 16) | half;
}

/** The same bytes, four a word; a copy where they begin amid one. */
function wordsOf(bytes: Uint8Array): Int32Array {
  const { buffer, byteOffset, length } = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Int32Array(buffer, byteOffset, length / 4);
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
