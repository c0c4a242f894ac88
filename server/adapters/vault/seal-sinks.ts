import type { KeyObject } from 'node:crypto';
import { on } from 'node:events';
import type { FileHandle } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { threadOptions } from '../thread-options.ts';
import { sealChunks } from './blob-chunks.ts';
import type { Batch, SealingThread } from './seal-batch.ts';

/** Where batches of a blob are encrypted and written, in the order they come. */
export interface SealSink {
  /**
   * Takes a batch, and does not wait until it is written.
   *
   * @returns an array of the same size, to be filled for the next one.
   * @throws what writing an earlier batch failed with.
   */
  take(batch: Batch): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Waits until everything is written, and lets go of what it holds, also after a failure. It may be
   * called again, and one that encrypts here may then be used on.
   */
  end(): Promise<void>;
}

/** A blob that is being written. */
export interface BlobWriting {
  readonly file: FileHandle;
  readonly key: KeyObject;
  readonly blobId: string;
}

/** Encrypts in this thread. */
export function sealHere({ file, key, blobId }: BlobWriting): SealSink {
  let writing: Promise<void> = Promise.resolve();
  return {
    async take(batch) {
      const sealed = sealChunks(key, blobId, batch, batch.bytes.subarray(0, batch.filled));
      await writing;
      writing = writeAll(file, sealed);
      // It is awaited before the next write; until then its failure is not an unhandled one.
      writing.catch(() => {});
      return batch.bytes;
    },
    end: () => writing,
  };
}

/** Threads at work in this process: more than there are processors would only take memory. */
let threads = 0;

/**
 * Encrypts and writes in a thread of its own, which is given each batch and gives it back: a second
 * processor then does half of the work.
 *
 * @returns null while as many blobs as there are processors are written so.
 */
export function sealInThread({ file, key, blobId }: BlobWriting): SealSink | null {
  if (threads >= availableParallelism()) return null;
  const workerData: SealingThread = { fd: file.fd, key, blobId };
  const program = new URL('./seal-thread.ts', import.meta.url);
  // Without what Node was told for the main program: some of that is refused for a file.
  const worker = new Worker(program, { ...threadOptions(), workerData, execArgv: [] });
  threads += 1;
  worker.once('exit', () => {
    threads -= 1;
  });
  // The iterator throws what the thread throws, and ends should the thread end unasked.
  const given = on(worker, 'message', { close: ['exit'] });
  /** Batches that the thread has not given back: two, after the first was taken. */
  let away = 0;
  const back = async () => {
    const others = away - 1;
    // Should it throw, then none comes back any more.
    away = 0;
    const { value, done } = await given.next();
    if (done) throw new Error('The thread that encrypts ended before its work was done.');
    away = others;
    return value[0] as Uint8Array<ArrayBuffer>;
  };
  return {
    async take(batch) {
      const { length } = batch.bytes;
      worker.postMessage(batch, [batch.bytes.buffer]);
      away += 1;
      return away === 1 ? new Uint8Array(length) : await back();
    },
    async end() {
      try {
        while (away > 0) (await back()).fill(0);
      } finally {
        await worker.terminate();
      }
    },
  };
}

/** Writes buffers in order, on after a short write: the rest then says why, or goes through. */
async function writeAll(file: FileHandle, buffers: Buffer[]): Promise<void> {
  const bytes = buffers.reduce((sum, buffer) => sum + buffer.length, 0);
  const { bytesWritten } = await file.writev(buffers);
  if (bytesWritten === bytes) return;
  const rest = Buffer.concat(buffers).subarray(bytesWritten);
  for (let at = 0; at < rest.length; ) {
    at += (await file.write(rest, at)).bytesWritten;
  }
}
