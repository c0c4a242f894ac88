import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/**
 * Cuts a stream of raw video into frames.
 *
 * @param onFrame - given one array that is overwritten after it returns.
 * @returns how many whole frames there were; a part of a frame at the end is dropped.
 */
export async function eachFrame(
  stream: Readable,
  frameBytes: number,
  onFrame: (frame: Uint8Array, frameNumber: number) => void | Promise<void>,
): Promise<number> {
  const frame = new Uint8Array(frameBytes);
  let filled = 0;
  let count = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    for (let at = 0; at < chunk.length; ) {
      const taken = Math.min(chunk.length - at, frameBytes - filled);
      frame.set(chunk.subarray(at, at + taken), filled);
      at += taken;
      filled += taken;
      if (filled < frameBytes) break;
      const pause = onFrame(frame, count++);
      if (pause !== undefined) await pause;
      filled = 0;
    }
  }
  return count;
}

/** Reads the times out of what ffmpeg's framecrc writes: `stream, dts, pts, duration, size, crc`. */
export async function framecrcTimes(
  stream: Readable,
  onTime: (time: number) => void,
): Promise<void> {
  for await (const line of createInterface({
    input: stream,
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    if (line.startsWith('#')) continue;
    const pts = Number(line.split(',')[2]);
    if (Number.isFinite(pts)) onTime(pts);
  }
}
