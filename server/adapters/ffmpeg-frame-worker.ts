import { readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * The thread of `ffmpeg-frame-pipe.ts`: fills every array it is handed with the next frame and hands
 * it back; null when the stream has ended. A part of a frame at the end is dropped.
 *
 * Reading blocks: that is what the thread is for. It ends when nobody can write any more.
 */
const { readEnd } = workerData as { readEnd: number };
const main = parentPort!;

main.on('message', (frame: Uint8Array<ArrayBuffer>) => {
  for (let filled = 0; filled < frame.length; ) {
    const bytes = readSync(readEnd, frame, filled, frame.length - filled, null);
    if (bytes === 0) {
      main.postMessage(null);
      main.close();
      return;
    }
    filled += bytes;
  }
  main.postMessage(frame, [frame.buffer]);
});
