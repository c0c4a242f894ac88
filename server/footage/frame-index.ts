import type { FrameSpan } from './frame-span.ts';

/**
 * The time of every decoded frame in output order. Editing, masks and proof address frames by
 * their number here; packets, edit lists and nominal rates play no part.
 */
export interface FrameIndex {
  /** Seconds per tick as [numerator, denominator]: the source's own time base. */
  readonly timeBase: readonly [number, number];
  /** Strictly increasing, in ticks, one per frame. */
  readonly ticks: Float64Array;
  /** `generated` when the container has no times and the decoder's nominal rate was taken. */
  readonly times: 'container' | 'generated';
  /** At how many frames the times did not increase, and were mended. */
  readonly repairedTimes: number;
}

/** How many frames a single wrong time is given to be made good by those behind it. */
const PATIENCE_FRAMES = 8;

/**
 * No camera waits so long between two frames: its clock was set, or it was started anew, which the
 * demultiplexer of transport streams takes for the 33 bits of its clock having run over.
 */
const LONGEST_GAP_SECONDS = 12 * 3600;
/** Longest time of one frame that an MP4 can state. */
const MOST_TICKS = 0xffff_ffff;

/**
 * Makes an index from the decoder's best-effort times, mending those that do not increase.
 *
 * One that is wrong by itself is set one tick after the frame before. Where the times themselves begin
 * again (a recorder that was started anew into the same file) or leap for half a day, they go on from
 * there, an ordinary frame later: else all that follows would be shown in a moment, or never. So does
 * the last frame, which nothing follows that could tell.
 */
export function frameIndex(
  timeBase: readonly [number, number],
  bestEffortTicks: readonly number[],
  times: FrameIndex['times'],
): FrameIndex {
  const ticks = new Float64Array(bestEffortTicks.length);
  let repairedTimes = 0;
  let shift = 0;
  const longest = Math.min(
    (LONGEST_GAP_SECONDS * timeBase[1]) / timeBase[0],
    MOST_TICKS / timeBase[0],
  );
  let ordinary: number | null = null;
  for (let frame = 0; frame < ticks.length; frame++) {
    const last = frame === 0 ? Number.NEGATIVE_INFINITY : ticks[frame - 1]!;
    const told = bestEffortTicks[frame]! + shift;
    const leap = frame > 0 && told - last > longest;
    if (told > last && !leap) {
      ticks[frame] = told;
      continue;
    }
    repairedTimes++;
    const next = bestEffortTicks.slice(frame + 1, frame + 1 + PATIENCE_FRAMES);
    if (!leap && next.some((tick) => tick + shift > last)) {
      ticks[frame] = last + 1;
    } else {
      ordinary ??= ordinaryTicks(bestEffortTicks);
      ticks[frame] = last + ordinary;
      shift += ticks[frame]! - told;
    }
  }
  return { timeBase, ticks, times, repairedTimes };
}

/** The middle one of the increases between two frames; one tick when there are none. */
function ordinaryTicks(bestEffortTicks: readonly number[]): number {
  const increases = bestEffortTicks
    .map((tick, frame) => (frame === 0 ? 0 : tick - bestEffortTicks[frame - 1]!))
    .filter((ticks) => ticks > 0)
    .sort((a, b) => a - b);
  return increases[increases.length >> 1] ?? 1;
}

/** Mean frames per second over the clip; 25 when fewer than two frames tell nothing. */
export function meanRate(index: FrameIndex): number {
  const count = index.ticks.length;
  if (count < 2) return 25;
  const ticks = index.ticks[count - 1]! - index.ticks[0]!;
  return ((count - 1) * index.timeBase[1]) / (ticks * index.timeBase[0]);
}

/**
 * How long each frame of `range` is shown, in ticks. The last one of a clip, whose end no frame
 * tells, is shown as long as the one before it.
 */
export function durations(index: FrameIndex, range: FrameSpan): number[] {
  const { ticks } = index;
  const shown: number[] = [];
  for (let frame = range[0]; frame < range[1]; frame++) {
    const next = ticks[frame + 1];
    if (next !== undefined) shown.push(next - ticks[frame]!);
    else if (frame > 0) shown.push(ticks[frame]! - ticks[frame - 1]!);
    else shown.push(Math.max(1, Math.round(index.timeBase[1] / index.timeBase[0] / 25)));
  }
  return shown;
}
