import { durations, type FrameIndex } from './frame-index.ts';

/** How a time in a clip is written: seconds, minutes and seconds, or hours too, with a fraction. */
export const CLIP_TIME = /^(?:(?:(\d{1,3}):)?([0-5]?\d):)?(\d{1,6})(?:\.(\d{1,6}))?$/;

/** Reads a time such as `00:01:23.400` or `83.4`, in microseconds; null for anything else. */
export function parseClipTime(text: string): number | null {
  const [whole, hours = '0', minutes, seconds, fraction = ''] = CLIP_TIME.exec(text) ?? [];
  if (whole === undefined) return null;
  if (minutes !== undefined && Number(seconds) >= 60) return null;
  const inSeconds = (Number(hours) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds);
  return inSeconds * 1_000_000 + Number(fraction.padEnd(6, '0'));
}

/**
 * The frame that is on the screen at a time, counted from the first frame as players do: the last
 * one that begins no later. Null after the end of the last frame.
 *
 * Beginnings are rounded down to whole microseconds, so that a frame's own time, written with six
 * places, gives that frame.
 */
export function frameAtTime(index: FrameIndex, microseconds: number): number | null {
  const { ticks, timeBase } = index;
  if (ticks.length === 0) return null;
  const startOf = (tick: number) => ((tick - ticks[0]!) * timeBase[0] * 1_000_000) / timeBase[1];
  const last = ticks.length - 1;
  const [lastShown] = durations(index, [last, last + 1]);
  if (microseconds >= startOf(ticks[last]! + lastShown!)) return null;
  let [low, high] = [0, last];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (Math.floor(startOf(ticks[middle]!)) <= microseconds) low = middle;
    else high = middle - 1;
  }
  return low;
}
