import { crc32 } from 'node:zlib';
import type { FootageAnalysis } from './analysis.ts';
import type { Box } from './box.ts';
import { spreadChroma } from './cell-planes.ts';
import { takeComponents } from './components.ts';
import { createDoubtfulPlaces } from './doubtful-places.ts';
import { createForegroundDetector, pixelBox } from './foreground.ts';
import { packBoxes } from './frame-boxes.ts';
import { cellCount, type FrameGrid } from './frame-grid.ts';
import { joinFragments } from './join-fragments.ts';
import { linkMoves } from './link-moves.ts';
import { createObjectTracker, type Sighting } from './object-tracker.ts';
import { createStandingCells } from './standing-cells.ts';

/** What watching a whole clip finds. */
export type Watched = Pick<
  FootageAnalysis,
  'frameChecks' | 'foreground' | 'wholeFrames' | 'doubtfulPlaces' | 'objects'
>;

const MATURE_SECONDS = 1.5;
const PATIENCE_SECONDS = 2;
const LEAST_SECONDS = 0.4;
const LEAST_OBJECT_CELLS = 8;

/**
 * Goes through a clip once, frame by frame in order: finds the foreground, follows objects, notes
 * what stands still and where the empty scene may not be empty.
 */
export function createForegroundWatch(options: {
  grid: FrameGrid;
  emptyScene: Uint8Array;
  threshold: number;
  framesPerSecond: number;
}): { observe(frame: Uint8Array, frameNumber: number): void; end(): Watched } {
  const { grid, framesPerSecond } = options;
  const cells = cellCount(grid);
  const detector = createForegroundDetector(options);
  const matureFrames = Math.max(6, Math.round(MATURE_SECONDS * framesPerSecond));
  const standingCells = createStandingCells({ cells, weak: detector.weak, matureFrames });
  const tracker = createObjectTracker({
    grid,
    matureFrames,
    patienceFrames: Math.round(PATIENCE_SECONDS * framesPerSecond),
    leastFrames: Math.max(3, Math.round(LEAST_SECONDS * framesPerSecond)),
  });
  const doubtful = createDoubtfulPlaces(grid, framesPerSecond);
  const scratch = new Uint8Array(cells);
  const planes = new Uint8Array(3 * cells);
  const stack = new Int32Array(cells);
  const boxes: (readonly Box[])[] = [];
  const checks: number[] = [];
  const wholeFrames: number[] = [];

  return {
    observe(frame, frameNumber) {
      checks.push(crc32(frame));
      spreadChroma(frame, grid, planes);
      const { boxes: found, wholeFrame } = detector.detect(planes);
      boxes.push(found);
      if (wholeFrame) {
        // Nothing is followed through a change of light; objects wait it out.
        wholeFrames.push(frameNumber);
        return;
      }
      const standing = standingCells.observe(planes, detector.scores);
      doubtful.observe(detector.scores, standing);
      tracker.observe(frameNumber, sightings(standing), planes);
    },
    end() {
      const objects = linkMoves(tracker.objects(), matureFrames);
      return {
        frameChecks: Uint32Array.from(checks),
        foreground: packBoxes(boxes),
        wholeFrames,
        doubtfulPlaces: doubtful.places(objects),
        objects,
      };
    },
  };

  /** What stands and what moves, apart: whoever passes a parked car is no part of it. */
  function sightings(standing: Uint8Array): Sighting[] {
    const { scores, weak } = detector;
    const active = detector.active();
    // Every component that is taken leaves zeros behind, so the scratch plane is empty each time.
    for (const cell of active) scratch[cell] = standing[cell]!;
    const still = seen(true, { weak: 255, strong: 255 }, active);
    for (const cell of active) scratch[cell] = standing[cell] === 0 ? scores[cell]! : 0;
    return [...still, ...seen(false, { weak, strong: options.threshold }, active)];
  }

  function seen(
    standing: boolean,
    evidence: { weak: number; strong: number },
    active: Int32Array,
  ): Sighting[] {
    const boxes = takeComponents(scratch, grid.cellsX, evidence, stack, active)
      .filter((found) => found.cells >= LEAST_OBJECT_CELLS && found.strongCells > 0)
      .map((found) => pixelBox(found, grid.cellPx));
    return joinFragments(boxes).map((box) => ({ box, standing }));
  }
}
