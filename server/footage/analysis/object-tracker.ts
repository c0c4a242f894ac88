import { type Box, likeness, sharedArea } from '../box.ts';
import type { FrameGrid } from '../frame-grid.ts';
import { createDwellRecorder, type DwellRecorder, type DwellState } from './dwell-recorder.ts';
import type { FootageObject } from './footage-object.ts';
import { append, contentOf, type GrowingNumbers, growingInt16 } from './growing-numbers.ts';

/** One thing seen in one frame. */
export interface Sighting {
  readonly box: Box;
  readonly standing: boolean;
}

/** Follows foreground from frame to frame. */
export interface ObjectTracker {
  observe(frameNumber: number, sightings: readonly Sighting[], frame: Uint8Array): void;
  /** Ends the tracking; objects in the order of first appearance, numbered from 1. */
  objects(): FootageObject[];
}

/** What a tracker remembers. Plain data. */
export interface TrackerState {
  live: Track[];
  /** Those that ended and were objects. */
  readonly ended: Omit<FootageObject, 'number'>[];
}

/** What a tracker knows before the first frame. */
export function newTrackerState(): TrackerState {
  return { live: [], ended: [] };
}

const SAME_STATE_BONUS = 0.5;
const LEAST_AFFINITY = 0.1;

/**
 * Makes a tracker: each object takes the sighting that lies most upon its last box, standing ones
 * first where it stands. Two people who cross may swap numbers, so a number proposes what to look
 * at and never clears anybody.
 *
 * @param patienceFrames - how long an object may be out of sight before its number ends.
 * @param leastFrames - shorter-lived ones are no objects.
 * @param state - of a tracker that was at work before; it is gone on with.
 */
export function createObjectTracker(options: {
  grid: FrameGrid;
  matureFrames: number;
  patienceFrames: number;
  leastFrames: number;
  state: TrackerState;
}): ObjectTracker {
  const { grid, matureFrames, patienceFrames, leastFrames, state } = options;
  const dwellOf = (track: Track) => createDwellRecorder(grid, matureFrames, track.dwell);

  return {
    observe(frameNumber, sightings, frame) {
      const pairs = state.live.flatMap((track) =>
        sightings.map((sighting) => ({
          track,
          sighting,
          affinity: affinity(track, sighting),
        })),
      );
      pairs.sort((a, b) => b.affinity - a.affinity);
      const taken = new Set<Track | Sighting>();
      for (const { track, sighting, affinity } of pairs) {
        if (affinity < LEAST_AFFINITY || taken.has(track) || taken.has(sighting)) continue;
        taken.add(track);
        taken.add(sighting);
        follow(track, dwellOf(track), sighting, frameNumber, frame);
      }
      for (const sighting of sightings) {
        if (taken.has(sighting)) continue;
        const track: Track = {
          from: frameNumber,
          to: frameNumber,
          last: sighting,
          boxes: growingInt16(),
          dwell: { best: null, current: null },
        };
        state.live.push(track);
        follow(track, dwellOf(track), sighting, frameNumber, frame);
      }
      const lost = (track: Track) => frameNumber - track.to >= patienceFrames;
      for (const track of state.live) if (lost(track)) end(track);
      state.live = state.live.filter((track) => !lost(track));
      for (const track of state.live) {
        if (track.to <= frameNumber) dwellOf(track).absent(frameNumber);
      }
    },
    objects() {
      for (const track of state.live) end(track);
      state.live = [];
      return state.ended
        .sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1] || a.boxes[0]! - b.boxes[0]!)
        .map((object, at) => ({ number: at + 1, ...object }));
    },
  };

  function end(track: Track): void {
    if (track.to - track.from < leastFrames) return;
    state.ended.push({
      span: [track.from, track.to],
      boxes: contentOf(track.boxes),
      dwell: dwellOf(track).longest(),
    });
  }
}

/** Something that is followed. Plain data. */
interface Track {
  readonly from: number;
  to: number;
  last: Sighting;
  readonly boxes: GrowingNumbers<Int16Array<ArrayBuffer>>;
  readonly dwell: DwellState;
}

function affinity(track: Track, sighting: Sighting): number {
  const { last } = track;
  const smaller = Math.min(last.box[2] * last.box[3], sighting.box[2] * sighting.box[3]);
  const inside = sharedArea(last.box, sighting.box) / smaller;
  if (inside === 0) return 0;
  const same = last.standing === sighting.standing ? SAME_STATE_BONUS : 0;
  return likeness(last.box, sighting.box) + 0.2 * inside + same;
}

function follow(
  track: Track,
  dwell: DwellRecorder,
  sighting: Sighting,
  frameNumber: number,
  frame: Uint8Array,
): void {
  // Where it was out of sight it is taken to have been where it was last seen.
  for (let missed = track.to; missed < frameNumber; missed++) {
    append(track.boxes, ...track.last.box);
  }
  append(track.boxes, ...sighting.box);
  track.to = frameNumber + 1;
  track.last = sighting;
  if (sighting.standing) dwell.stands(frameNumber, sighting.box, frame);
  else dwell.absent(frameNumber);
}
