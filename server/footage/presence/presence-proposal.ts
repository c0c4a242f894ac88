import type { FootageObject } from '../analysis/footage-object.ts';
import type { FrameIndex } from '../frame-index.ts';
import type { PresenceInterval } from './presence-log.ts';
import { localTimeOf, secondsOf } from './presence-time.ts';

/** Something stood still for a while: a person must say whether it was police, and what. */
export interface PresenceProposal {
  readonly camera: string;
  /** Camera time, to the second, inward. */
  readonly start: string;
  readonly end: string;
  /** Number of the object within its analysis. */
  readonly object: number;
}

/** Shorter stand-stills are people who look about, or cars that give way. */
const SHORTEST_S = 20;

/**
 * Proposes stays from the objects of a recording that stood still.
 *
 * @param recording.startsAt - what the camera's clock shows in frame 0, local time.
 * @returns in order of time; nothing of it is in a log until somebody confirms it.
 * @throws {RangeError} when `startsAt` is no local time.
 */
export function proposePresence(recording: {
  readonly camera: string;
  readonly startsAt: string;
  readonly index: FrameIndex;
  readonly objects: readonly FootageObject[];
  readonly shortestS?: number;
}): PresenceProposal[] {
  const { camera, startsAt, index, objects, shortestS = SHORTEST_S } = recording;
  const momentOf = cameraClock(startsAt, index);
  return objects
    .flatMap(({ number, dwell }) => {
      if (dwell === null) return [];
      const from = Math.ceil(momentOf(dwell.frames[0]));
      const to = Math.floor(momentOf(dwell.frames[1]));
      return to - from >= shortestS ? [{ from, to, number }] : [];
    })
    .sort((a, b) => a.from - b.from)
    .map(({ from, to, number }) => ({
      camera,
      start: localTimeOf(from),
      end: localTimeOf(to),
      object: number,
    }));
}

/**
 * What the whole recording covers, to the second, inward.
 *
 * @throws {RangeError} when `startsAt` is no local time.
 */
export function recordedSpan(startsAt: string, index: FrameIndex): { from: string; to: string } {
  const momentOf = cameraClock(startsAt, index);
  const end = Math.floor(momentOf(index.ticks.length));
  return { from: startsAt, to: localTimeOf(end) };
}

/** What the camera's clock shows at a frame, in seconds. */
function cameraClock(startsAt: string, index: FrameIndex): (frame: number) => number {
  const start = secondsOf(startsAt);
  if (start === null) throw new RangeError('no local time');
  const [numerator, denominator] = index.timeBase;
  const { ticks } = index;
  const first = ticks[0] ?? 0;
  return (frame) => {
    // The end of a stay in the last frame: as long after it as it came after the one before.
    const last = ticks.length - 1;
    const beyond = frame > last ? ticks[last]! + (ticks[last]! - (ticks[last - 1] ?? first)) : null;
    const tick = beyond ?? ticks[frame] ?? first;
    return start + ((tick - first) * numerator) / denominator;
  };
}

/** What a person says of a proposal: everything that no machine can know. */
export type PresenceJudgement = Pick<
  PresenceInterval,
  'kind' | 'source' | 'certainty' | 'note' | 'still'
>;

/** Makes an interval of a proposal that a person has judged. */
export function confirmPresence(
  { camera, start, end }: PresenceProposal,
  judgement: PresenceJudgement,
): PresenceInterval {
  return { camera, start, end, ...judgement };
}
