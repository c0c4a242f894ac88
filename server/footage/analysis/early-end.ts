import { FootageError } from '../errors.ts';
import type { Packets, SourceFacts } from '../ports.ts';

/** Twelve hours, at sixty a second: what a recording says of its own length may be wrong. */
const MOST_FRAMES = 12 * 3600 * 60;

/**
 * Refuses a recording that takes too long to look through.
 *
 * @throws {FootageError} `CLIP_TOO_LONG`.
 */
export function refuseTooLong(packets: Packets): void {
  if (packets.shown <= MOST_FRAMES) return;
  throw new FootageError(
    'CLIP_TOO_LONG',
    'The recording is longer than 12 hours. Cut it at the recorder into shorter ones.',
  );
}

/**
 * Refuses a recording of which much fewer frames were decoded than it promises.
 *
 * @param promised - see {@link promisedFrames}.
 * @throws {FootageError} `DECODE_ENDED_EARLY`.
 */
export function refuseEarlyEnd(decoded: number, packets: Packets, promised: number): void {
  if (decoded > 0 && !endedEarly(decoded, packets.shown) && !endedEarly(packets.all, promised)) {
    return;
  }
  throw new FootageError(
    'DECODE_ENDED_EARLY',
    `Only ${decoded} of ${Math.max(packets.shown, promised)} frames can be decoded: the recording is cut off or damaged. Copy it from the recorder again.`,
  );
}

/**
 * How many frames the recording's head promises; of a mere length, as many as its packets are apart.
 * A camera that writes when something moves holds its last picture as it held others before.
 */
export function promisedFrames(
  { promisedFrames, promisedSeconds, timeBase }: SourceFacts,
  packets: Packets,
) {
  if (promisedFrames !== null) return promisedFrames;
  const { ends, all, longestShown } = packets;
  if (promisedSeconds === null || ends === null || all < 2 || ends[1] <= ends[0]) return 0;
  const apart = ((ends[1] - ends[0]) * timeBase[0]) / timeBase[1] / (all - 1);
  const end = ((ends[1] + longestShown) * timeBase[0]) / timeBase[1];
  return all + Math.max(0, Math.floor((promisedSeconds - end) / apart));
}

/**
 * A stream that begins between two key frames loses some frames, an interlaced one may have two
 * packets a frame at its seams; what is cut off loses more.
 */
function endedEarly(decoded: number, promised: number): boolean {
  return decoded < promised - Math.max(8, 0.02 * promised);
}
