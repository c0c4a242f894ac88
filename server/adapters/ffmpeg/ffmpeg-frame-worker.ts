import { readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

/** What the thread of `ffmpeg-frame-pipe.ts` is given for each stream. */
export interface FrameReading {
  readonly readEnd: number;
  /** Shared memory for one frame each, filled by turns. */
  readonly places: readonly Uint8Array<SharedArrayBuffer>[];
  /** One number, shared: how many frames the other thread is done with. */
  readonly done: Int32Array<SharedArrayBuffer>;
}

/**
 * The thread of `ffmpeg-frame-pipe.ts`: fills one place after another with the next frame and tells of
 * it; null when the stream has ended. A part of a frame at the end is dropped.
 *
 * Reading blocks, and so does waiting for a place: that is what the thread is for. It is done when nobody
 * can write any more, and then free for the next stream.
 */
function readFrames({ readEnd, places, done }: FrameReading): void {
  for (let frameNumber = 0; ; frameNumber++) {
    for (let seen = Atomics.load(done, 0); frameNumber - seen >= places.length; ) {
      Atomics.wait(done, 0, seen);
      seen = Atomics.load(done, 0);
    }
    const frame = places[frameNumber % places.length]!;
    for (let filled = 0; filled < frame.length; ) {
      const bytes = readSync(readEnd, frame, filled, frame.length - filled, null);
      if (bytes === 0) {
        parentPort!.postMessage(null);
        return;
      }
      filled += bytes;
    }
    parentPort!.postMessage(frameNumber);
  }
}

parentPort!.on('message', readFrames);
