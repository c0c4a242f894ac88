import { crc32 } from 'node:zlib';
import type { Box } from '../box.ts';
import { cellCount, type FrameGrid } from '../frame-grid.ts';
import type { FrameSpan } from '../frame-span.ts';
import type { FootageAnalysis } from './analysis.ts';
import {
  addParts,
  type BesideSwitch,
  type CarriedPlace,
  carriedPlaces,
  newBesideSwitch,
} from './carried-places.ts';
import { spreadChroma } from './cell-planes.ts';
import { takeComponents } from './components.ts';
import {
  createDoubtfulPlaces,
  type DoubtState,
  leastFramesLookedAt,
  newDoubtState,
} from './doubtful-places.ts';
import {
  createForegroundDetector,
  type Foreground,
  type ForegroundDetector,
  pixelBox,
} from './foreground.ts';
import { addFrame, boxesAt, type GrowingBoxes, growingBoxes, packBoxes } from './frame-boxes.ts';
import { append, contentOf, type GrowingNumbers, growingUint32 } from './growing-numbers.ts';
import { joinFragments } from './join-fragments.ts';
import { linkMoves } from './link-moves.ts';
import {
  createObjectTracker,
  newTrackerState,
  type Sighting,
  type TrackerState,
} from './object-tracker.ts';
import { createStandingCells, newStandingState, type StandingState } from './standing-cells.ts';

/** What watching a whole clip finds. */
export type Watched = Pick<
  FootageAnalysis,
  'frameChecks' | 'foreground' | 'wholeFrames' | 'doubtfulPlaces' | 'carriedPlaces' | 'objects'
> & {
  /** For each light, the frames that were compared with its scene. */
  readonly spans: readonly (readonly FrameSpan[])[];
};

/** All that a watch remembers from frame to frame. Plain data, to be written down and gone on with. */
export interface WatchState {
  /** CRC-32 of the cells of each frame that was watched. */
  readonly checks: GrowingNumbers<Uint32Array<ArrayBuffer>>;
  readonly boxes: GrowingBoxes;
  readonly wholeFrames: number[];
  /**
   * From which frame on which light was taken to be, the first from the beginning; and the frames from
   * the first to the last in which anything was looked for in it.
   */
  readonly lights: {
    readonly from: number;
    readonly light: number;
    seen: FrameSpan | null;
    readonly beside: BesideSwitch;
  }[];
  readonly standing: StandingState;
  /** For each light: what is in doubt by night is seen by night alone. */
  readonly doubts: readonly DoubtState[];
  readonly tracker: TrackerState;
}

/** What a watch knows before the first frame; `lights` is how many scenes it is given. */
export function newWatchState(grid: FrameGrid, lights: number): WatchState {
  const cells = cellCount(grid);
  return {
    checks: growingUint32(),
    boxes: growingBoxes(),
    wholeFrames: [],
    lights: [{ from: 0, light: 0, seen: null, beside: newBesideSwitch() }],
    standing: newStandingState(cells),
    doubts: Array.from({ length: lights }, () => newDoubtState(cells)),
    tracker: newTrackerState(),
  };
}

const MATURE_SECONDS = 1.5;
const PATIENCE_SECONDS = 2;
const LEAST_SECONDS = 0.4;
const LEAST_OBJECT_CELLS = 8;
/** Around the moment at which one light gives way to another everything is covered for so long. */
const SWITCH_SECONDS = 0.5;

/**
 * Goes through a clip once, frame by frame in order: finds the foreground, follows objects, notes
 * what stands still and where the empty scene may not be empty.
 *
 * Each frame is compared with the scene of the light that the frame before had. Only where that tells
 * nothing, because everything differs, the other scenes are tried; what nothing explains is covered
 * whole, and so are the frames around a change.
 *
 * @param options.scenes - planes of cells, one for each light.
 * @param options.state - what was seen until now; frames go on behind those that it has.
 */
export function createForegroundWatch(options: {
  grid: FrameGrid;
  scenes: readonly Uint8Array[];
  threshold: number;
  framesPerSecond: number;
  state: WatchState;
}): { observe(frame: Uint8Array, frameNumber: number): void; end(): Watched } {
  const { grid, scenes, threshold, framesPerSecond, state } = options;
  const { checks, boxes, wholeFrames, lights } = state;
  const cells = cellCount(grid);
  const detectors = scenes.map((emptyScene) =>
    createForegroundDetector({ grid, emptyScene, threshold }),
  );
  const { weak } = detectors[0]!;
  const matureFrames = Math.max(6, Math.round(MATURE_SECONDS * framesPerSecond));
  const standingCells = createStandingCells({
    cells,
    weak,
    matureFrames,
    state: state.standing,
  });
  const tracker = createObjectTracker({
    grid,
    matureFrames,
    patienceFrames: Math.round(PATIENCE_SECONDS * framesPerSecond),
    leastFrames: Math.max(3, Math.round(LEAST_SECONDS * framesPerSecond)),
    state: state.tracker,
  });
  const doubtful = state.doubts.map((doubt) => createDoubtfulPlaces(grid, framesPerSecond, doubt));
  const scratch = new Uint8Array(cells);
  const planes = new Uint8Array(3 * cells);
  const stack = new Int32Array(cells);
  const everything: Box = [0, 0, grid.widthPx, grid.heightPx];
  const isHardlySeen = (doubts: readonly DoubtState[]) =>
    doubts.reduce((sum, { frames }) => sum + frames, 0) < leastFramesLookedAt(framesPerSecond);

  return {
    observe(frame, frameNumber) {
      append(checks, crc32(frame));
      spreadChroma(frame, grid, planes);
      const { light, found } = inItsLight(frameNumber);
      addFrame(boxes, found.boxes);
      if (found.wholeFrame) {
        // Nothing is followed through a change of light; objects wait it out.
        wholeFrames.push(frameNumber);
        return;
      }
      const now = lights.at(-1)!;
      now.seen = [now.seen?.[0] ?? frameNumber, frameNumber + 1];
      addParts(now.beside, found.parts, framesPerSecond);
      const detector = detectors[light]!;
      const active = detector.active();
      const standing = standingCells.observe(planes, active);
      doubtful[light]!.observe(detector.scores, standing, active);
      tracker.observe(frameNumber, sightings(detector, standing, active), planes);
    },
    end() {
      const objects = linkMoves(tracker.objects(), matureFrames);
      const switched = coverSwitches();
      const seen = lights.map((begun) => begun.seen).filter((span) => span !== null);
      return {
        frameChecks: contentOf(checks),
        ...switched,
        doubtfulPlaces: isHardlySeen(state.doubts)
          ? [everything]
          : doubtful.flatMap((places, light) =>
              state.doubts[light]!.frames === 0 ? [] : places.places(objects, seen),
            ),
        carriedPlaces: carried(),
        objects,
        spans: scenes.map((_, light) => spansOf(light)),
      };
    },
  };

  /** Looks at the frame in the light that the last one had, and in another where that tells nothing. */
  function inItsLight(frameNumber: number): { light: number; found: Foreground } {
    const { light } = lights.at(-1)!;
    const found = detectors[light]!.detect(planes);
    if (!found.wholeFrame) return { light, found };
    for (const [other, detector] of detectors.entries()) {
      if (other === light) continue;
      const seen = detector.detect(planes);
      if (seen.wholeFrame) continue;
      lights.push({ from: frameNumber, light: other, seen: null, beside: newBesideSwitch() });
      return { light: other, found: seen };
    }
    return { light, found };
  }

  /** The foreground, with the frames around each change of light covered whole, and those of a moment's light. */
  function coverSwitches(): Pick<Watched, 'foreground' | 'wholeFrames'> {
    const foreground = packBoxes(boxes);
    if (lights.length === 1) return { foreground, wholeFrames };
    const around = Math.ceil(SWITCH_SECONDS * framesPerSecond);
    const whole = new Set(wholeFrames);
    for (const { from } of lights.slice(1)) {
      const last = Math.min(checks.length, from + around);
      for (let frame = Math.max(0, from - around); frame < last; frame++) whole.add(frame);
    }
    // Of a light in which hardly a frame was looked at nobody knows who is in its scene.
    for (const [light, doubt] of state.doubts.entries()) {
      if (!isHardlySeen([doubt])) continue;
      for (const [from, to] of spansOf(light)) {
        for (let frame = from; frame < to; frame++) whole.add(frame);
      }
    }
    const covered = growingBoxes();
    for (let frame = 0; frame < checks.length; frame++) {
      addFrame(covered, whole.has(frame) ? [everything] : boxesAt(foreground, frame));
    }
    return { foreground: packBoxes(covered), wholeFrames: [...whole].sort((a, b) => a - b) };
  }

  /** What may stand on unseen behind a switch of light, or have stood so before it. */
  function carried(): CarriedPlace[] {
    const passages = lights.flatMap(({ from, light, seen, beside }, at) => {
      const to = lights[at + 1]?.from ?? checks.length;
      return seen === null ? [] : [{ light, frames: [from, to] as const, seen, beside }];
    });
    if (passages.length < 2) return [];
    return carriedPlaces({
      passages,
      foreground: packBoxes(boxes),
      pictureArea: grid.widthPx * grid.heightPx,
      wholeFrames,
      framesPerSecond,
    });
  }

  function spansOf(light: number): FrameSpan[] {
    return lights.flatMap((begun, at): FrameSpan[] => {
      const to = lights[at + 1]?.from ?? checks.length;
      return begun.light === light && to > begun.from ? [[begun.from, to]] : [];
    });
  }

  /** What stands and what moves, apart: whoever passes a parked car is no part of it. */
  function sightings(
    { scores }: ForegroundDetector,
    standing: Uint8Array,
    active: Int32Array,
  ): Sighting[] {
    // Every component that is taken leaves zeros behind, so the scratch plane is empty each time.
    for (let at = 0; at < active.length; at++) scratch[active[at]!] = standing[active[at]!]!;
    const still = seen(true, { weak: 255, strong: 255 }, active);
    for (let at = 0; at < active.length; at++) {
      const cell = active[at]!;
      scratch[cell] = standing[cell] === 0 ? scores[cell]! : 0;
    }
    return [...still, ...seen(false, { weak, strong: threshold }, active)];
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
