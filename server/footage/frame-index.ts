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
  /** How many times did not increase and were set one tick after the frame before. */
  readonly repairedTimes: number;
}

/** Makes an index from the decoder's best-effort times, mending those that do not increase. */
export function frameIndex(
  timeBase: readonly [number, number],
  bestEffortTicks: readonly number[],
  times: FrameIndex['times'],
): FrameIndex {
  const ticks = new Float64Array(bestEffortTicks.length);
  let repairedTimes = 0;
  for (let frame = 0; frame < ticks.length; frame++) {
    const told = bestEffortTicks[frame]!;
    const least = frame === 0 ? Number.NEGATIVE_INFINITY : ticks[frame - 1]! + 1;
    if (told < least) repairedTimes++;
    ticks[frame] = Math.max(told, least);
  }
  return { timeBase, ticks, times, repairedTimes };
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
