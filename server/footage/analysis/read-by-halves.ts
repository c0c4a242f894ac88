import { crc32 } from 'node:zlib';
import { type AIMS, aimAt } from '../chunk-spans.ts';
import { FootageError } from '../errors.ts';
import type { OpenFootage, Packets } from '../ports.ts';

/** Below that, starting another tool takes longer than half of the frames. */
const LEAST_FRAMES = 200;
/** So many frames behind the middle are read by both, and must be the same. */
const READ_TWICE = 8;
/** So many frames may come before the time of the first of them does; more do not come so far apart. */
const MOST_EARLY = 64;

/** Which half of the clip a frame is of. */
export type Half = 0 | 1;

/** Thrown through a reading to end it: enough was read, or nothing is to be gained by it any more. */
const ENOUGH = new Error('enough was read');

/**
 * Decodes a clip by two tools at once, the second from a key frame in the middle on. A decoder has one
 * thread, and while it works alone the other processors have nothing to do.
 *
 * Containers lie about their times, and damaged pictures are made up from what was decoded before. So
 * the second half counts only where both tools saw the same frames behind the middle, as many frames
 * came as there are packets, each key frame has its place among them, and nothing was amiss.
 *
 * @param onFrame - given the frames of each half in their order, those of both by turns; the array is
 *   overwritten after it returns.
 * @returns the times of all frames, as one reading from the start gives them; null where halves cannot
 *   be trusted: then what was handed over is to be forgotten, and the clip read from its start.
 * @throws what `onFrame` throws, and whatever else is no fault of the recording.
 */
export async function readByHalves(options: {
  footage: Pick<OpenFootage, 'facts' | 'readCells'>;
  packets: Packets;
  onFrame: (frame: Uint8Array, frameNumber: number, half: Half) => void;
}): Promise<number[] | null> {
  const { footage, packets, onFrame } = options;
  const { facts } = footage;
  const middle = facts.times === 'container' ? middleKeyFrame(packets) : null;
  if (middle === null) return null;
  const placeOf = new Map(packets.keyTicks.map((tick, at) => [tick, packets.keyPlaces[at]]));
  const earlier = { ticks: [] as number[], checks: [] as number[] };
  const later = { ticks: [] as number[], checks: [] as number[], frames: 0 };
  let failed = false;
  /** Two fields of one picture are two packets; other files say less than the truth. */
  const refuseElsewhere = (tick: number, frameNumber: number) => {
    const place = placeOf.get(tick);
    if (place !== undefined && place !== frameNumber) throw ENOUGH;
  };

  const readFirst = async () => {
    const enough = () =>
      Math.min(earlier.ticks.length - middle.place, earlier.checks.length) >= READ_TWICE;
    await footage
      .readCells({
        onTick(tick) {
          refuseElsewhere(tick, earlier.ticks.length);
          earlier.ticks.push(tick);
          if (enough()) throw ENOUGH;
        },
        onFrame(frame, frameNumber) {
          if (failed) throw ENOUGH;
          if (frameNumber < middle.place) onFrame(frame, frameNumber, 0);
          else if (earlier.checks.length < READ_TWICE) earlier.checks.push(crc32(frame));
          if (enough()) throw ENOUGH;
        },
      })
      .catch(unlessEnough);
    if (!enough()) throw ENOUGH;
  };

  const readSecond = async (aim: keyof typeof AIMS) => {
    const aimTick = aimAt(middle.tick, middle.next, facts.timeBase, aim);
    // Not handed on before it is known that the first is the frame that was asked for.
    const early: Uint8Array[] = [];
    const take = (frame: Uint8Array, at: number) => {
      if (failed) throw ENOUGH;
      later.frames++;
      if (at < READ_TWICE) later.checks.push(crc32(frame));
      onFrame(frame, middle.place + at, 1);
    };
    await footage.readCells({
      entry: { aimTick, fromTick: middle.tick, toTick: null },
      strict: true,
      onTick(tick) {
        if (later.ticks.length === 0 && tick !== middle.tick) throw ENOUGH;
        refuseElsewhere(tick, middle.place + later.ticks.length);
        later.ticks.push(tick);
        for (const [at, frame] of early.splice(0).entries()) take(frame, at);
      },
      onFrame(frame, at) {
        if (later.ticks.length > 0) return take(frame, at);
        if (failed || early.length === MOST_EARLY) throw ENOUGH;
        early.push(frame.slice());
      },
    });
  };

  /** Where one way to jump leads elsewhere, the other one may not; what fails later has failed. */
  const readSecondSomehow = async () => {
    await readSecond('indexed').catch(async (error: unknown) => {
      if (failed || later.ticks.length > 0) throw error;
      await readSecond('searched');
    });
  };

  const failing = (error: unknown) => {
    failed = true;
    throw error;
  };
  const ends = await Promise.allSettled([
    readFirst().catch(failing),
    readSecondSomehow().catch(failing),
  ]);
  const faults = ends.filter((end) => end.status === 'rejected').map(({ reason }) => reason);
  const foreign = faults.find((fault) => fault !== ENOUGH && !(fault instanceof FootageError));
  if (foreign !== undefined) throw foreign;
  // What else is amiss is not asked: reading from the start tells.
  if (faults.length > 0) return null;
  const { place } = middle;
  const same =
    earlier.checks.every((check, at) => check === later.checks[at]) &&
    earlier.ticks.every((tick, at) => at < place || tick === later.ticks[at - place]);
  const all = later.frames === later.ticks.length && place + later.frames === packets.shown;
  if (!same || !all) return null;
  return [...earlier.ticks.slice(0, place), ...later.ticks];
}

/** The key frame nearest to the middle; null where there is none that is worth it, or no place is sure. */
function middleKeyFrame({ keyTicks, keyPlaces, shown, timed }: Packets) {
  if (shown < LEAST_FRAMES || timed < shown) return null;
  const keys = keyTicks
    .map((tick, at) => ({ tick, place: keyPlaces[at]! }))
    .sort((a, b) => a.place - b.place);
  const off = (place: number) => Math.abs(place - shown / 2);
  let nearest = 0;
  for (const [at, { place }] of keys.entries()) {
    if (off(place) < off(keys[nearest]!.place)) nearest = at;
  }
  const key = keys[nearest];
  if (key === undefined || off(key.place) > shown / 4) return null;
  return { ...key, next: keys[nearest + 1]?.tick ?? null };
}

function unlessEnough(error: unknown): void {
  if (error !== ENOUGH) throw error;
}
