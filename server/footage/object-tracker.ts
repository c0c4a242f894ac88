import { type Box, likeness, sharedArea } from './box.ts';
import { createDwellRecorder, type DwellRecorder } from './dwell-recorder.ts';
import type { FootageObject } from './footage-object.ts';
import type { FrameGrid } from './frame-grid.ts';

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

const SAME_STATE_BONUS = 0.5;
const LEAST_AFFINITY = 0.1;

/**
 * Makes a tracker: each object takes the sighting that lies most upon its last box, standing ones
 * first where it stands. Two people who cross may swap numbers, so a number proposes what to look
 * at and never clears anybody.
 *
 * @param patienceFrames - how long an object may be out of sight before its number ends.
 * @param leastFrames - shorter-lived ones are no objects.
 */
export function createObjectTracker(options: {
  grid: FrameGrid;
  matureFrames: number;
  patienceFrames: number;
  leastFrames: number;
}): ObjectTracker {
  const { grid, matureFrames, patienceFrames, leastFrames } = options;
  let live: Track[] = [];
  const ended: Track[] = [];

  return {
    observe(frameNumber, sightings, frame) {
      const pairs = live.flatMap((track) =>
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
        follow(track, sighting, frameNumber, frame);
      }
      for (const sighting of sightings) {
        if (taken.has(sighting)) continue;
        const track = {
          from: frameNumber,
          to: frameNumber,
          last: sighting,
          boxes: [],
          dwell: createDwellRecorder(grid, matureFrames),
        };
        live.push(track);
        follow(track, sighting, frameNumber, frame);
      }
      const lost = (track: Track) => frameNumber - track.to >= patienceFrames;
      ended.push(...live.filter(lost));
      live = live.filter((track) => !lost(track));
      for (const track of live) if (track.to <= frameNumber) track.dwell.absent(frameNumber);
    },
    objects() {
      return [...ended, ...live]
        .filter((track) => track.to - track.from >= leastFrames)
        .sort((a, b) => a.from - b.from || a.to - b.to || a.boxes[0]![0] - b.boxes[0]![0])
        .map((track, at) => ({
          number: at + 1,
          span: [track.from, track.to],
          boxes: Int16Array.from(track.boxes.flat()),
          dwell: track.dwell.longest(),
        }));
    },
  };
}

interface Track {
  readonly from: number;
  to: number;
  last: Sighting;
  readonly boxes: Box[];
  readonly dwell: DwellRecorder;
}

function affinity(track: Track, sighting: Sighting): number {
  const { last } = track;
  const smaller = Math.min(last.box[2] * last.box[3], sighting.box[2] * sighting.box[3]);
  const inside = sharedArea(last.box, sighting.box) / smaller;
  if (inside === 0) return 0;
  const same = last.standing === sighting.standing ? SAME_STATE_BONUS : 0;
  return likeness(last.box, sighting.box) + 0.2 * inside + same;
}

function follow(track: Track, sighting: Sighting, frameNumber: number, frame: Uint8Array): void {
  // Where it was out of sight it is taken to have been where it was last seen.
  for (let missed = track.to; missed < frameNumber; missed++) track.boxes.push(track.last.box);
  track.boxes.push(sighting.box);
  track.to = frameNumber + 1;
  track.last = sighting;
  if (sighting.standing) track.dwell.stands(frameNumber, sighting.box, frame);
  else track.dwell.absent(frameNumber);
}
