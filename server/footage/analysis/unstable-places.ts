import { type Box, clip } from '../box.ts';
import { cellCount, type FrameGrid } from '../frame-grid.ts';
import { spreadChroma } from './cell-planes.ts';
import { compactRegions } from './compact-regions.ts';
import { createLightOffset, scoreDeviation } from './deviation.ts';
import { joinOverlapping } from './join-fragments.ts';

/** A place where the empty scene is little better than a guess. */
export interface UnstablePlace {
  /** In pixels. */
  readonly box: Box;
  /** Greatest part of the samples in which a spot of it was not as the scene shows it, 0.25 to 1. */
  readonly share: number;
}

/** Deviation that counts, in levels: what would be foreground. */
const DEVIATING_LEVELS = 14;
/** A place that is free three quarters of the time is shown as it is, free, whoever comes by. */
const UNSTABLE_SHARE = 0.25;
/** Places that overlap are one to look at, unless they would fill more of the picture. */
const JOINED_MOST_SHARE = 0.3;

/**
 * Finds where samples disagree with the scene that is their median: a car that stood for nearly half of
 * the clip, a busy pavement, a tree in the wind. Somebody must look there before approving the scene.
 *
 * @param samples - frames of cells as they are read.
 * @param emptyScene - planes of cells.
 */
export function unstablePlaces(
  samples: readonly Uint8Array[],
  emptyScene: Uint8Array,
  grid: FrameGrid,
): UnstablePlace[] {
  const cells = cellCount(grid);
  const planes = new Uint8Array(3 * cells);
  const scores = new Uint8Array(cells);
  const active = new Int32Array(cells);
  const counts = new Uint16Array(cells);
  const lightOffset = createLightOffset(cells);
  for (const sample of samples) {
    spreadChroma(sample, grid, planes);
    const deviating = scoreDeviation({
      frame: planes,
      background: emptyScene,
      lightOffset: lightOffset(planes, emptyScene),
      least: DEVIATING_LEVELS,
      scores,
      active,
    });
    for (let at = 0; at < deviating; at++) counts[active[at]!]!++;
  }
  const marked = counts.map((count) => (count >= UNSTABLE_SHARE * samples.length ? 255 : 0));
  const boxes = joinOverlapping(
    compactRegions(Uint8Array.from(marked), grid),
    JOINED_MOST_SHARE * grid.widthPx * grid.heightPx,
  );
  return boxes.flatMap((region) => {
    const box = clip(region, grid.widthPx, grid.heightPx);
    if (box === null) return [];
    return [{ box, share: Number((mostWithin(counts, box, grid) / samples.length).toFixed(2)) }];
  });
}

function mostWithin(counts: Uint16Array, [x, y, width, height]: Box, grid: FrameGrid): number {
  const { cellPx, cellsX } = grid;
  let most = 0;
  for (let row = Math.floor(y / cellPx); row < (y + height) / cellPx; row++) {
    for (let column = Math.floor(x / cellPx); column < (x + width) / cellPx; column++) {
      most = Math.max(most, counts[row * cellsX + column]!);
    }
  }
  return most;
}
