import { on } from 'node:events';
import { closeSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import { FootageError } from '../../footage/errors.ts';
import { restFrameThread, takeFrameThread } from './ffmpeg-frame-threads.ts';
import type { FrameReading } from './ffmpeg-frame-worker.ts';
import { openNamedPipe } from './named-pipe.ts';

/** Frames under way: one is being looked at, one is read, one lies ready between the two. */
const FRAMES_AHEAD = 3;

/** A way for frames of one size from a tool to this process. */
export interface FramePipe {
  /** Where the tool writes: to be its standard output. */
  readonly writeEnd: number;
  /**
   * Reads on while `onFrame` works. Call it once, after the tool was started: this process then
   * lets go of the writing end, so that the stream ends with the tool.
   *
   * @param onFrame - given an array that is overwritten after it returns.
   * @returns how many whole frames there were, or had been taken when the pipe was closed; a part of a
   *   frame at the end is dropped.
   * @throws {FootageError} `DECODE_FAILED` when what reads the frames ends before the stream does.
   */
  eachFrame(
    onFrame: (frame: Uint8Array, frameNumber: number) => void | Promise<void>,
  ): Promise<number>;
  /** How many frames came through so far: what tells a tool at work from one that is stuck. */
  framesRead(): number;
  /**
   * Releases everything, once. The tool must have ended, or have been killed. No frame is handed over
   * any more, and the one that is being looked at is waited for: what it began would go on otherwise
   * when all of it is thought to be over.
   */
  close(): Promise<void>;
}

/**
 * Opens a pipe for whole frames, which are too much for a stream: there every 64 KiB are an object of
 * their own, and the tool stands still while this thread looks at a frame. Here a second thread
 * reads into the same few arrays over and over. They are shared: handed to and fro, each frame would be
 * an object to be collected, and hours of footage are millions of them.
 *
 * @param workFolder - a private folder; nothing stays in it.
 * @throws {FootageError} `TOOL_MISSING` when no pipe can be made.
 */
export async function openFramePipe(workFolder: string, frameBytes: number): Promise<FramePipe> {
  const { readEnd, writeEnd } = await openNamedPipe(workFolder);
  let writing = true;
  let open = true;
  let thread: Worker | undefined;
  let ended = false;
  let stopped = false;
  let count = 0;
  let taking: Promise<unknown> | undefined;
  const letGo = () => {
    if (writing) closeSync(writeEnd);
    writing = false;
  };
  const takeAll: FramePipe['eachFrame'] = async (onFrame) => {
    letGo();
    const places = Array.from({ length: FRAMES_AHEAD }, () => sharedBytes(frameBytes));
    const done = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const reading: FrameReading = { readEnd, places, done };
    thread = takeFrameThread();
    // The iterator throws what the thread throws, and ends should the thread end unasked.
    const messages = on(thread, 'message', { close: ['exit'] });
    thread.postMessage(reading);
    for await (const [frameNumber] of messages as AsyncIterable<[number | null]>) {
      // Frames lie ready when it is closed.
      if (stopped) break;
      ended = frameNumber === null;
      if (frameNumber === null) break;
      count++;
      const pause = onFrame(places[frameNumber % places.length]!, frameNumber);
      if (pause !== undefined) await pause;
      Atomics.add(done, 0, 1);
      Atomics.notify(done, 0);
    }
    if (!ended && !stopped) throw threadGone();
    return count;
  };
  return {
    writeEnd,
    eachFrame(onFrame) {
      const all = takeAll(onFrame);
      taking = all.catch(() => undefined);
      return all;
    },
    framesRead: () => count,
    async close() {
      if (!open) return;
      open = false;
      stopped = true;
      letGo();
      // Only then the reading end: its number may be another file's as soon as it is closed.
      if (thread !== undefined) await (ended ? restFrameThread(thread) : thread.terminate());
      await taking;
      closeSync(readEnd);
    },
  };
}

/** Shared memory that larger numbers can be read from as well: its end lies at a multiple of eight. */
function sharedBytes(length: number): Uint8Array<SharedArrayBuffer> {
  return new Uint8Array(new SharedArrayBuffer(Math.ceil(length / 8) * 8), 0, length);
}

function threadGone(): FootageError {
  return new FootageError(
    'DECODE_FAILED',
    'What reads the frames of the recording ended before they did. Start the work again.',
  );
}
