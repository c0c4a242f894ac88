import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { FrameGrid } from '../frame-grid.ts';
import type { CopyFrame } from '../ports.ts';
import { COVERED, type TileMap } from '../tile-map.ts';
import { checkCoveredPixels } from './covered-pixels.ts';
import { compareShown } from './shown-likeness.ts';

/** Below this a shown frame is not the original's: another frame, or damaged. */
const LEAST_SIMILARITY = 0.85;
/** More than this between two windows' brightness is another picture, not coding. */
const MOST_SHIFT = 24;

const count = z.int().min(0);

/** What was found in the frames of a copy, or of a chunk of it. */
export const frameFindingsSchema = z.strictObject({
  /** How many frames came out when the copy was decoded. */
  frames: count,
  tiles: count,
  faultyTiles: count,
  /** How far covered pixels are from black, in levels. */
  worstInside: z.number(),
  worstAtEdge: z.number(),
  unlikeFrames: count,
  leastSimilarity: z.number(),
  worstShift: z.number(),
  /** Frames beside which another original lay than the analysed one, or none. */
  otherOriginals: count,
  /** Sum over the frames of the share that is covered. */
  coveredShare: z.number(),
  whollyCovered: count,
  nothingCovered: count,
});

/** What was found in the frames of a copy, or of a chunk of it. */
export type FrameFindings = z.infer<typeof frameFindingsSchema>;

/** Judges the frames of a copy one by one, beside the original's. Knows no tool. */
export interface FrameJudge {
  /**
   * @param original - the original's frame of cells; null when it has no such frame.
   * @param at - number of the frame among those that are judged.
   */
  frame(copy: CopyFrame, original: Uint8Array | null, map: TileMap, at: number): void;
  findings(): FrameFindings;
}

/**
 * Makes a judge for some frames.
 *
 * @param frameChecks - CRC-32 of the original's frames of cells, as analysed, in the same order.
 */
export function createFrameJudge(grid: FrameGrid, frameChecks: Uint32Array): FrameJudge {
  const found = { ...NOTHING };
  return {
    frame(copy, original, map, at) {
      found.frames++;
      const pixels = checkCoveredPixels(copy, map, grid);
      found.tiles += pixels.tiles;
      found.faultyTiles += pixels.faultyTiles;
      found.worstInside = Math.max(found.worstInside, pixels.worstInside);
      found.worstAtEdge = Math.max(found.worstAtEdge, pixels.worstAtEdge);
      found.coveredShare += pixels.tiles / map.length;
      if (pixels.tiles === map.length) found.whollyCovered++;
      if (!map.includes(COVERED)) found.nothingCovered++;
      if (original === null || crc32(original) !== frameChecks[at]) {
        found.otherOriginals++;
        return;
      }
      const likeness = compareShown(copy.cells, original, map, grid);
      found.leastSimilarity = Math.min(found.leastSimilarity, likeness.similarity);
      found.worstShift = Math.max(found.worstShift, likeness.worstShift);
      if (likeness.similarity < LEAST_SIMILARITY || likeness.worstShift > MOST_SHIFT) {
        found.unlikeFrames++;
      }
    },
    findings: () => ({ ...found }),
  };
}

/** Whether every frame was there, covered as it had to be, and otherwise the original's. */
export function areProved(findings: FrameFindings, frames: number): boolean {
  const { faultyTiles, unlikeFrames, otherOriginals } = findings;
  return findings.frames === frames && faultyTiles + unlikeFrames + otherOriginals === 0;
}

/** The findings of chunks, in their order, as those of the whole. */
export function joinFindings(parts: readonly FrameFindings[]): FrameFindings {
  return parts.reduce(
    (sum, part) => ({
      frames: sum.frames + part.frames,
      tiles: sum.tiles + part.tiles,
      faultyTiles: sum.faultyTiles + part.faultyTiles,
      worstInside: Math.max(sum.worstInside, part.worstInside),
      worstAtEdge: Math.max(sum.worstAtEdge, part.worstAtEdge),
      unlikeFrames: sum.unlikeFrames + part.unlikeFrames,
      leastSimilarity: Math.min(sum.leastSimilarity, part.leastSimilarity),
      worstShift: Math.max(sum.worstShift, part.worstShift),
      otherOriginals: sum.otherOriginals + part.otherOriginals,
      coveredShare: sum.coveredShare + part.coveredShare,
      whollyCovered: sum.whollyCovered + part.whollyCovered,
      nothingCovered: sum.nothingCovered + part.nothingCovered,
    }),
    NOTHING,
  );
}

const NOTHING: FrameFindings = {
  frames: 0,
  tiles: 0,
  faultyTiles: 0,
  worstInside: 0,
  worstAtEdge: 0,
  unlikeFrames: 0,
  leastSimilarity: 1,
  worstShift: 0,
  otherOriginals: 0,
  coveredShare: 0,
  whollyCovered: 0,
  nothingCovered: 0,
};
