import { crc32 } from 'node:zlib';
import { checkCoveredPixels } from './covered-pixels.ts';
import type { FrameGrid } from './frame-grid.ts';
import type { CopyFacts, CopyFrame } from './ports.ts';
import type { ProofCheck, ProofCheckName } from './proof-record.ts';
import { compareShown } from './shown-likeness.ts';
import { COVERED, type TileMap } from './tile-map.ts';

/** Below this a shown frame is not the original's: another frame, or damaged. */
const LEAST_SIMILARITY = 0.85;
/** More than this between two windows' brightness is another picture, not coding. */
const MOST_SHIFT = 24;

/** What a copy must be. */
export interface ExpectedCopy {
  readonly grid: FrameGrid;
  /** CRC-32 of the original's frames of cells, as analysed, in the order of the copy. */
  readonly frameChecks: Uint32Array;
  /** Ticks of `timeBase` for which each frame is shown. */
  readonly durations: readonly number[];
  readonly timeBase: readonly [number, number];
}

/** Judges a copy from what was read back: frame by frame, then as a whole. Knows no tool. */
export interface CopyJudge {
  /** @param original - the original's frame of cells; null when it has no such frame. */
  frame(copy: CopyFrame, original: Uint8Array | null, map: TileMap, frame: number): void;
  /** All checks, passed or not, with counts. */
  verdict(facts: CopyFacts, originalFrames: number): ProofCheck[];
  coverage(): { meanShare: number; framesWhollyCovered: number; framesWithNothingCovered: number };
}

/** Makes a judge for one copy. */
export function createCopyJudge(expected: ExpectedCopy): CopyJudge {
  const { grid, frameChecks, durations } = expected;
  const frames = durations.length;
  const tally = { tiles: 0, faultyTiles: 0, worstInside: 0, worstAtEdge: 0 };
  const shown = { windows: 0, faultyFrames: 0, leastSimilarity: 1, worstShift: 0 };
  const covered = { share: 0, whole: 0, none: 0 };
  let judged = 0;
  let otherOriginals = 0;

  return {
    frame(copy, original, map, frame) {
      judged++;
      const pixels = checkCoveredPixels(copy, map, grid);
      tally.tiles += pixels.tiles;
      tally.faultyTiles += pixels.faultyTiles;
      tally.worstInside = Math.max(tally.worstInside, pixels.worstInside);
      tally.worstAtEdge = Math.max(tally.worstAtEdge, pixels.worstAtEdge);
      covered.share += pixels.tiles / map.length;
      if (pixels.tiles === map.length) covered.whole++;
      if (!map.includes(COVERED)) covered.none++;
      if (original === null || crc32(original) !== frameChecks[frame]) {
        otherOriginals++;
        return;
      }
      const likeness = compareShown(copy.cells, original, map, grid);
      shown.windows += likeness.windows;
      shown.leastSimilarity = Math.min(shown.leastSimilarity, likeness.similarity);
      shown.worstShift = Math.max(shown.worstShift, likeness.worstShift);
      if (likeness.similarity < LEAST_SIMILARITY || likeness.worstShift > MOST_SHIFT) {
        shown.faultyFrames++;
      }
    },
    verdict(facts, originalFrames) {
      const missing = Math.abs(facts.frames - frames) + Math.abs(facts.ticks.length - frames);
      const odd = oddIntervals(facts);
      const streams = facts.streams.length === 1 && facts.streams[0] === 'video' ? 0 : 1;
      return [
        check('frames-equal-index', frames, missing, `${facts.frames} frames decoded`),
        check(
          'original-as-analysed',
          originalFrames,
          otherOriginals + Math.abs(originalFrames - frames),
          'each frame of the original read again',
        ),
        check(
          'covered-tiles-constant',
          tally.tiles,
          tally.faultyTiles,
          `farthest from black: ${tally.worstInside} levels inside, ${tally.worstAtEdge} at edges`,
        ),
        check(
          'shown-area-similar',
          judged,
          shown.faultyFrames,
          `least similarity ${shown.leastSimilarity.toFixed(3)}, greatest shift ${shown.worstShift.toFixed(1)} levels`,
        ),
        check('one-video-stream', facts.streams.length, streams, facts.streams.join(', ')),
        check('nothing-foreign', facts.frames, facts.foreign.length, facts.foreign.join(', ')),
        check('intervals-equal', frames, odd, 'each frame shown as long as in the original'),
      ];
    },
    coverage: () => ({
      meanShare: judged === 0 ? 0 : Number((covered.share / judged).toFixed(4)),
      framesWhollyCovered: covered.whole,
      framesWithNothingCovered: covered.none,
    }),
  };

  function oddIntervals(facts: CopyFacts): number {
    const { timeBase } = expected;
    const expectedTick = timeBase[0] / timeBase[1];
    const tick = facts.timeBase[0] / facts.timeBase[1];
    let odd = facts.ticks[0] === 0 ? 0 : 1;
    for (let frame = 0; frame + 1 < Math.min(frames, facts.ticks.length); frame++) {
      const seconds = (facts.ticks[frame + 1]! - facts.ticks[frame]!) * tick;
      if (Math.abs(seconds - durations[frame]! * expectedTick) > tick) odd++;
    }
    return odd;
  }
}

function check(name: ProofCheckName, looked: number, faults: number, note: string): ProofCheck {
  return { name, passed: faults === 0, looked, faults, note: note === '' ? 'none' : note };
}
