import { type Box, union } from '../box.ts';
import type { FrameGrid } from '../frame-grid.ts';

/** How alike the two lines are: what they share of the longer one. */
const ALIKE_SHARE = 0.6;
// How far apart they are, in lengths of the longer one: bodies are some four widths high, and no wider
// than one and a half times their height.
const ABOVE_EACH_OTHER = 4;
const BESIDE_EACH_OTHER = 1.5;
/** So many are no street that can be made out. */
const MOST_LINES = 2_500;

/**
 * Bodies of which only the outline stirs: clothes are even, so that of somebody who shifts by a hand's
 * breadth two lines differ, at the head and the feet, or at both sides, and nothing between them.
 *
 * @param lines - places that stir, in pixels, of two cells and more.
 * @returns a box in pixels around each two lines that may be such ends, however large; of more lines than
 *   can be told apart the whole picture.
 */
export function outlinedBodies(lines: readonly Box[], grid: FrameGrid): Box[] {
  if (lines.length > MOST_LINES) return [[0, 0, grid.widthPx, grid.heightPx]];
  return lines.flatMap((a, at) =>
    lines
      .slice(at + 1)
      .filter((b) => areEnds(a, b))
      .map((b) => union(a, b)),
  );
}

function areEnds(a: Box, b: Box): boolean {
  const [, , width, height] = union(a, b);
  const wider = Math.max(a[2], b[2]);
  const higher = Math.max(a[3], b[3]);
  const above = a[2] + b[2] - width >= ALIKE_SHARE * wider;
  const beside = a[3] + b[3] - height >= ALIKE_SHARE * higher;
  if (above && height - a[3] - b[3] <= ABOVE_EACH_OTHER * wider) return true;
  return beside && width - a[2] - b[2] <= BESIDE_EACH_OTHER * higher;
}
