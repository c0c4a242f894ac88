import { cellDeviation } from './deviation.ts';

/** Which cells show something that is not in the empty scene and has not changed for a while. */
export interface StandingCells {
  /**
   * Takes the next frame in.
   *
   * @param active - the cells that differ from the empty scene in this frame, by at least weak evidence.
   * @returns one plane: 255 where something stands, else 0; overwritten by the next call.
   */
  observe(frame: Uint8Array, active: Int32Array): Uint8Array;
}

/** What is remembered of each cell. Plain data. */
export interface StandingState {
  readonly look: Uint8Array;
  readonly age: Uint16Array;
  /** The frame in which the cell last differed from the empty scene, counted from 1. */
  readonly last: Uint32Array;
  /** How many were seen. */
  frames: number;
}

/** How much faster than it grows the age of a look wears off where the empty scene is seen again. */
const WEAR = 4;

/** What is known before the first frame. */
export function newStandingState(cells: number): StandingState {
  return {
    look: new Uint8Array(3 * cells),
    age: new Uint16Array(cells),
    last: new Uint32Array(cells),
    frames: 0,
  };
}

/**
 * Watches cells for what stands still: a parked car, someone who waits.
 *
 * Each cell remembers one look and how long it was seen. Whoever passes in front interrupts it
 * without wiping it out, so that the car behind stays one object; the empty scene coming back wears
 * it off four times as fast as it grew.
 *
 * @param matureFrames - how long a look must have been seen to count as standing.
 * @param state - what was seen before; it is gone on with.
 */
export function createStandingCells(options: {
  cells: number;
  weak: number;
  matureFrames: number;
  state: StandingState;
}): StandingCells {
  const { cells, weak, matureFrames } = options;
  const { state } = options;
  const { look, age, last } = state;
  const standing = new Uint8Array(cells);
  const oldest = 4 * matureFrames;
  let marked: Int32Array = new Int32Array(0);

  return {
    observe(frame, active) {
      const now = ++state.frames;
      for (let at = 0; at < marked.length; at++) standing[marked[at]!] = 0;
      marked = active.slice();
      for (let at = 0; at < active.length; at++) {
        const i = active[at]!;
        // Cells that are as the scene is are not looked at: what wore off is reckoned when they differ again.
        const seen = Math.max(0, age[i]! - WEAR * (now - 1 - last[i]!));
        last[i] = now;
        if (seen > 0 && cellDeviation(frame, i, cells, look, i, cells) <= weak) {
          age[i] = Math.min(oldest, seen + 1);
          if (seen >= matureFrames) standing[i] = 255;
        } else if (seen >= matureFrames) {
          age[i] = seen - 1;
        } else {
          look[i] = frame[i]!;
          look[cells + i] = frame[cells + i]!;
          look[2 * cells + i] = frame[2 * cells + i]!;
          age[i] = 1;
        }
      }
      return standing;
    },
  };
}
