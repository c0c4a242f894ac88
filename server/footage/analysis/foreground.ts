import { type Box, clip } from '../box.ts';
import { cellCount, type FrameGrid } from '../frame-grid.ts';
import { type Component, takeComponents } from './components.ts';
import { createLightOffset, scoreDeviation } from './deviation.ts';
import { joinFragments } from './join-fragments.ts';
import { type KnownPicture, matchPicture } from './known-picture.ts';

/** Deviation that is evidence by itself, in levels of 0–255; half of it is weak evidence. */
export const DEFAULT_THRESHOLD = 14;

// Evidence adds up over neighbouring cells. A distant person is a few cells, none of them filled: what
// their clothes differ by is divided among these. So many thresholds together are no noise, be it one
// cell or five weak ones.
const BODY_MASS = 2.5;
const LIGHTING_SHARE = 0.45;
const MOST_COMPONENTS = 400;

/** What one frame shows that the empty scene does not. */
export interface Foreground {
  /** Boxes of all that differs, in pixels, not yet padded. */
  readonly boxes: readonly Box[];
  /** The same before parts that are near each other were joined to one box. */
  readonly parts: readonly Box[];
  /** True when light or view changed as a whole: the one box is the whole frame. */
  readonly wholeFrame: boolean;
}

/** Looks for foreground in the frames of one clip; holds scratch space, so use one per pass. */
export interface ForegroundDetector {
  /** Evidence that counts as weak, in levels. */
  readonly weak: number;
  /** Deviation of every cell of the last frame, 0 where it is less than weak; overwritten by the next call. */
  readonly scores: Uint8Array;
  /**
   * The cells of the last frame with at least weak evidence; overwritten by the next call. Walk them by
   * their places: `of` makes an object of each, and of hours of footage there are billions.
   */
  active(): Int32Array;
  /** @param pictures - what is also known to stand there; a cell that matches one is no foreground. */
  detect(frame: Uint8Array, pictures?: readonly KnownPicture[]): Foreground;
}

/** Makes a detector for frames of cells against the empty scene's planes. */
export function createForegroundDetector(options: {
  grid: FrameGrid;
  emptyScene: Uint8Array;
  threshold: number;
}): ForegroundDetector {
  const { grid, emptyScene, threshold } = options;
  const cells = cellCount(grid);
  const scores = new Uint8Array(cells);
  const scratch = new Uint8Array(cells);
  const stack = new Int32Array(cells);
  const activeCells = new Int32Array(cells);
  let activeCount = 0;
  const lightOffset = createLightOffset(cells);
  const evidence = {
    weak: Math.max(2, Math.floor(threshold / 2)),
    strong: threshold,
  };
  const everything: readonly Box[] = [[0, 0, grid.widthPx, grid.heightPx]];
  const whole: Foreground = {
    boxes: everything,
    parts: everything,
    wholeFrame: true,
  };

  return {
    weak: evidence.weak,
    scores,
    active: () => activeCells.subarray(0, activeCount),
    detect(frame, pictures = []) {
      const offset = lightOffset(frame, emptyScene);
      activeCount = scoreDeviation({
        frame,
        background: emptyScene,
        lightOffset: offset,
        least: evidence.weak,
        scores,
        active: activeCells,
      });
      for (const picture of pictures) matchPicture(frame, picture, grid, scores);
      if (pictures.length > 0)
        activeCount = stillActive(scores, evidence.weak, activeCells, activeCount);
      const seeds = activeCells.subarray(0, activeCount);
      let strongCells = 0;
      for (let at = 0; at < activeCount; at++) if (scores[seeds[at]!]! >= threshold) strongCells++;
      if (strongCells > LIGHTING_SHARE * cells) return whole;
      scratch.set(scores);
      const found = takeComponents(scratch, grid.cellsX, evidence, stack, seeds).filter(isBody);
      if (found.length > MOST_COMPONENTS) return whole;
      const parts = found
        .map((component) => pixelBox(component, grid.cellPx))
        .map((box) => clip(box, grid.widthPx, grid.heightPx))
        .filter((box) => box !== null);
      return { boxes: joinFragments(parts), parts, wholeFrame: false };
    },
  };

  function isBody(component: Component): boolean {
    if (component.mass >= BODY_MASS * threshold) return true;
    return component.strongCells > 0 && component.cells >= 2;
  }
}

/** Leaves those cells on the list that still have weak evidence. @returns how many there are. */
function stillActive(scores: Uint8Array, weak: number, active: Int32Array, of: number): number {
  let count = 0;
  for (let at = 0; at < of; at++) {
    const cell = active[at]!;
    if (scores[cell]! >= weak) active[count++] = cell;
  }
  return count;
}

/** The box of a component in pixels. */
export function pixelBox(component: Component, cellPx: number): Box {
  return [
    component.x0 * cellPx,
    component.y0 * cellPx,
    (component.x1 - component.x0) * cellPx,
    (component.y1 - component.y0) * cellPx,
  ];
}
