import { type Box, grow, union } from './box.ts';
import { takeComponents } from './components.ts';
import { pixelBox } from './foreground.ts';
import { cellCount, type FrameGrid } from './frame-grid.ts';

const MARKED = 255;
const AROUND = 1;
const LEAST_CELLS = 3;
/** How alike the two lines are: what they share of the longer one. */
const ALIKE_SHARE = 0.6;
// How far apart they are, in lengths of the longer one: bodies are some four widths high, and no wider
// than one and a half times their height.
const ABOVE_EACH_OTHER = 4;
const BESIDE_EACH_OTHER = 1.5;
/** A body fills no more of the picture. */
const BODY_MOST_SHARE = 0.3;
/** Of the picture's height. */
const SMALL_SHARE = 0.12;
/** As many lines are those of a camera that trembles, and all the street is outlined. */
const MOST_LINES = 120;

/**
 * Bodies of which only the outline stirs: clothes are even, so that of somebody who shifts by a hand's
 * breadth two lines differ, at the head and the feet, or at both sides, and nothing between them.
 *
 * @param marked - one plane of cells: 255 where it stirs, else 0.
 * @returns a box in pixels around each two lines that may be such ends, and around what is as small as a head.
 */
export function outlinedBodies(marked: Uint8Array, grid: FrameGrid): Box[] {
  const evidence = { weak: AROUND, strong: MARKED };
  const stack = new Int32Array(cellCount(grid));
  const lines = takeComponents(withSurroundings(marked, grid), grid.cellsX, evidence, stack)
    .filter(({ strongCells }) => strongCells >= LEAST_CELLS)
    .map((found) => grow(pixelBox(found, grid.cellPx), -grid.cellPx));
  if (lines.length > MOST_LINES) return [];
  const mostArea = BODY_MOST_SHARE * grid.widthPx * grid.heightPx;
  const bodies = lines.flatMap((a, at) =>
    lines
      .slice(at + 1)
      .filter((b) => areEnds(a, b))
      .map((b) => union(a, b))
      .filter(([, , width, height]) => width * height <= mostArea),
  );
  // Of what is small both sides are one line: a head.
  const small = SMALL_SHARE * grid.heightPx;
  const heads = lines.filter(([, , width, height]) => Math.max(width, height) <= small);
  return [...bodies, ...heads];
}

/** Stripes leave gaps in an outline: cells around marked ones join them, and count for nothing else. */
function withSurroundings(marked: Uint8Array, { cellsX, cellsY }: FrameGrid): Uint8Array {
  const joined = new Uint8Array(marked.length);
  for (const [cell, mark] of marked.entries()) {
    if (mark !== MARKED) continue;
    const x = cell % cellsX;
    const y = (cell - x) / cellsX;
    const [left, right] = [Math.max(0, x - 1), Math.min(cellsX, x + 2)];
    for (let row = Math.max(0, y - 1); row < Math.min(cellsY, y + 2); row++) {
      for (let at = row * cellsX + left; at < row * cellsX + right; at++) joined[at] ||= AROUND;
    }
    joined[cell] = MARKED;
  }
  return joined;
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
