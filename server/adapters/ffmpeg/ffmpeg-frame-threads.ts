import { Worker } from 'node:worker_threads';
import { threadOptions } from '../thread-options.ts';

/** Each has the memory of a small process. */
const MOST_AT_REST = 2;

const atRest: Worker[] = [];

/**
 * Gives a thread that reads frames: one that is free, or else a new one, for to start one takes longer than
 * to read a short clip. It keeps the process running until it is given back or terminated.
 */
export function takeFrameThread(): Worker {
  const rested = atRest.pop();
  if (rested !== undefined) {
    rested.ref();
    return rested;
  }
  const thread = new Worker(new URL('./ffmpeg-frame-worker.ts', import.meta.url), threadOptions());
  // Whoever reads by it is told of its errors; at rest nobody is, and it would end the process.
  thread.on('error', () => undefined);
  thread.once('exit', () => {
    const place = atRest.indexOf(thread);
    if (place >= 0) atRest.splice(place, 1);
  });
  return thread;
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
