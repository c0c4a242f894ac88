import { cellCount, type FrameGrid } from '../frame-grid.ts';
import { spreadChroma } from './cell-planes.ts';
import { createLightOffset, scoreDeviation } from './deviation.ts';

/** Cells that differ by this many levels are not the same place in the same light. */
const OTHER_LEVELS = 14;
/** The part of all cells that must differ: the lamps of a street, or the camera's turn to infrared. */
const OTHER_SHARE = 0.45;
/** In each of so many fields across and down … */
const FIELDS = 4;
/** … this part of the cells must differ, but in a few: a lorry fills half of a picture, and not all of it. */
const FIELD_SHARE = 0.25;
const LEAST_FIELDS = 13;
/** Of what is lit otherwise for a shorter time there is no scene: somebody might stand in all of it. */
const LEAST_SECONDS = 30;
const LEAST_SAMPLES = 16;

/** A frame of a camera, as cells are read, and how much of its recordings it stands for. */
export interface LitSample {
  readonly cells: Uint8Array;
  readonly seconds: number;
}

/**
 * Parts samples of a camera by their light: its picture by night is another one than by day, and the
 * median of both is neither.
 *
 * @param samples - in the order of their recordings.
 * @returns for each light that lasted long enough to have a scene, its samples, the longest first;
 *   all together where none did. What is in no group is lit in a way that has no scene.
 */
export function separateLights<Sample extends LitSample>(
  samples: readonly Sample[],
  grid: FrameGrid,
): Sample[][] {
  const isOther = createLightComparison(grid);
  const groups: Sample[][] = [];
  for (const sample of samples) {
    const same = groups.find(([first]) => !isOther(sample.cells, first!.cells));
    if (same !== undefined) same.push(sample);
    else groups.push([sample]);
  }
  if (groups.length === 1) return groups;
  const lasting = groups
    .filter((group) => group.length >= LEAST_SAMPLES && secondsOf(group) >= LEAST_SECONDS)
    .sort((a, b) => secondsOf(b) - secondsOf(a));
  return lasting.length === 0 ? [[...samples]] : lasting;
}

/** How much of the recordings samples stand for. */
export function secondsOf(samples: readonly LitSample[]): number {
  return samples.reduce((sum, sample) => sum + sample.seconds, 0);
}

/** Tells whether two frames of cells are lit, or looked at, in two ways: nearly everywhere, not in a part. */
function createLightComparison(grid: FrameGrid): (a: Uint8Array, b: Uint8Array) => boolean {
  const cells = cellCount(grid);
  const fieldOf = fieldsOf(grid);
  const size = new Uint32Array(FIELDS * FIELDS);
  for (const field of fieldOf) size[field]!++;
  const [first, second] = [new Uint8Array(3 * cells), new Uint8Array(3 * cells)];
  const scores = new Uint8Array(cells);
  const active = new Int32Array(cells);
  const offset = createLightOffset(cells);
  return (a, b) => {
    spreadChroma(a, grid, first);
    spreadChroma(b, grid, second);
    const all = scoreDeviation({
      frame: first,
      background: second,
      lightOffset: offset(first, second),
      least: OTHER_LEVELS,
      scores,
      active,
    });
    const differ = new Uint32Array(FIELDS * FIELDS);
    for (let at = 0; at < all; at++) differ[fieldOf[active[at]!]!]!++;
    const fields = differ.filter((count, field) => count >= FIELD_SHARE * size[field]!).length;
    return all >= OTHER_SHARE * cells && fields >= LEAST_FIELDS;
  };
}

/** In which field each cell is. */
function fieldsOf(grid: FrameGrid): Uint8Array {
  const { cellsX } = grid;
  const cells = cellCount(grid);
  return new Uint8Array(cells).map((_, cell) => {
    const x = cell % cellsX;
    const down = Math.floor((FIELDS * (cell - x)) / cells);
    return FIELDS * down + Math.floor((FIELDS * x) / cellsX);
  });
}
