import { type Box, clip, grow, likeness, union } from '../box.ts';
import type { FrameGrid } from '../frame-grid.ts';
import { medianOf } from './empty-scene.ts';
import type { Dwell } from './footage-object.ts';
import { cutPicture } from './known-picture.ts';

const MOST_SAMPLES = 24;
const SAME_PLACE = 0.4;
// The inside of a large even car looks still before the car has stopped, and after it has set off.
const WHOLE_PLACE = 0.75;

/** What a recorder remembers. Plain data. */
export interface DwellState {
  best: Dwell | null;
  current: Standing | null;
}

/** Follows the stand-stills of one object and keeps the longest. */
export interface DwellRecorder {
  /** Takes a frame in which the object was seen standing at `box`. */
  stands(frameNumber: number, box: Box, frame: Uint8Array): void;
  /** Takes a frame in which it was not seen standing: moved, or hidden for a moment. */
  absent(frameNumber: number): void;
  /** Ends the recording. */
  longest(): Dwell | null;
}

/**
 * Makes a recorder. The picture of a stand-still is the median of samples across it, taken ever
 * more seldom, so that whoever passes in front for less than half of it is not in the picture.
 *
 * @param matureFrames - how long something had already stood when it is first reported.
 * @param state - of a recorder that was at work before; it is gone on with.
 */
export function createDwellRecorder(
  grid: FrameGrid,
  matureFrames: number,
  state: DwellState,
): DwellRecorder {
  return {
    stands(frameNumber, box, frame) {
      const before = state.current;
      if (before !== null && frameNumber - before.from < matureFrames) {
        // Cells ripen one after another: the place is known when all of them had their time.
        before.box = union(before.box, box);
      } else if (before !== null && likeness(before.box, box) < SAME_PLACE) {
        finish();
      }
      state.current ??= start(frameNumber, box);
      const { current } = state;
      current.to = frameNumber + 1;
      if (frameNumber - current.from < matureFrames) current.ripening.push([frameNumber, box]);
      if (likeness(current.box, box) >= WHOLE_PLACE) current.lastWhole = frameNumber + 1;
      sample(current, frameNumber, frame);
    },
    absent(frameNumber) {
      const { current } = state;
      if (current !== null && frameNumber - current.to > 2 * matureFrames) finish();
    },
    longest() {
      finish();
      return state.best;
    },
  };

  function sample(standing: Standing, frameNumber: number, frame: Uint8Array): void {
    const since = frameNumber - standing.from - matureFrames;
    if (since < 0 || since % standing.every !== 0) return;
    standing.part ??= partOf(standing.box);
    standing.samples.push(cutPicture(frame, grid, standing.part));
    if (standing.samples.length < 2 * MOST_SAMPLES) return;
    standing.samples = standing.samples.filter((_, at) => at % 2 === 0);
    standing.every *= 2;
  }

  function partOf(box: Box): Part {
    const { cellPx, cellsX, cellsY } = grid;
    const cells: Box = [box[0] / cellPx, box[1] / cellPx, box[2] / cellPx, box[3] / cellPx];
    const [x, y, width, height] = clip(grow(cells, 2), cellsX, cellsY)!;
    const x0 = Math.floor(x);
    const y0 = Math.floor(y);
    return {
      x: x0,
      y: y0,
      width: Math.ceil(x + width) - x0,
      height: Math.ceil(y + height) - y0,
    };
  }

  function finish(): void {
    const { current, best } = state;
    if (current?.part) {
      const { box, ripening, samples, part, lastWhole } = current;
      const whole = ripening.find((seen) => likeness(box, seen[1]) >= WHOLE_PLACE);
      const from = Math.max(0, (whole?.[0] ?? current.from) - matureFrames);
      if (best === null || lastWhole - from > best.frames[1] - best.frames[0]) {
        const picture = { ...part, planes: medianOf(samples) };
        state.best = { frames: [from, lastWhole], box, picture };
      }
    }
    state.current = null;
  }
}

function start(frameNumber: number, box: Box): Standing {
  return {
    from: frameNumber,
    to: frameNumber,
    lastWhole: frameNumber + 1,
    box,
    ripening: [],
    samples: [],
    every: 1,
    part: null,
  };
}

type Part = { x: number; y: number; width: number; height: number };

/** A stand-still under way. */
export interface Standing {
  readonly from: number;
  to: number;
  /** Behind the last frame in which all of it was seen standing. */
  lastWhole: number;
  box: Box;
  /** What was seen while its cells ripened, frame by frame. */
  readonly ripening: [frame: number, box: Box][];
  samples: Uint8Array[];
  every: number;
  part: Part | null;
}
