import { cellDeviation } from './deviation.ts';

/** Which cells show something that is not in the empty scene and has not changed for a while. */
export interface StandingCells {
  /**
   * Takes the next frame in.
   *
   * @param scores - each cell's deviation from the empty scene in this frame.
   * @returns one plane: 255 where something stands, else 0; overwritten by the next call.
   */
  observe(frame: Uint8Array, scores: Uint8Array): Uint8Array;
}

/** What is remembered of each cell. Plain data. */
export interface StandingState {
  readonly look: Uint8Array;
  readonly age: Uint16Array;
}

/** What is known before the first frame. */
export function newStandingState(cells: number): StandingState {
  return { look: new Uint8Array(3 * cells), age: new Uint16Array(cells) };
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
  const { look, age } = options.state;
  const standing = new Uint8Array(cells);
  const oldest = 4 * matureFrames;

  return {
    observe(frame, scores) {
      for (let i = 0; i < cells; i++) {
        standing[i] = 0;
        const seen = age[i]!;
        if (scores[i]! < weak) {
          if (seen > 0) age[i] = seen > 4 ? seen - 4 : 0;
          continue;
        }
        if (seen > 0 && cellDeviation(frame, i, cells, look, i, cells) <= weak) {
          if (seen < oldest) age[i] = seen + 1;
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
