import { Worker } from 'node:worker_threads';
import { threadOptions } from '../thread-options.ts';

/** Each has the memory of a small process. */
const MOST_AT_REST = 4;

const atRest: Worker[] = [];

/**
 * Gives a thread that reads frames: one that is free, or else a new one, for to start one takes longer than
 * to read a short clip. It keeps the process running until it is given back or terminated.
 */
export function takeFrameThread(): Worker {
  const rested = atRest.pop();
  if (rested === undefined) {
    return new Worker(new URL('./ffmpeg-frame-worker.ts', import.meta.url), threadOptions());
  }
  rested.ref();
  return rested;
}

/** Takes a thread back whose stream has ended; one that still reads is to be terminated instead. */
export async function restFrameThread(thread: Worker): Promise<void> {
  if (atRest.length >= MOST_AT_REST) {
    await thread.terminate();
    return;
  }
  thread.unref();
  atRest.push(thread);
}
