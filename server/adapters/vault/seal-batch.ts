import type { KeyObject } from 'node:crypto';
import type { ChunkRun } from './blob-chunks.ts';

/** A batch of plaintext, of which the first `filled` bytes count. */
export interface Batch extends ChunkRun {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly filled: number;
}

/** What the thread of `seal-sinks.ts` is given when it starts. */
export interface SealingThread {
  /** The file, open for writing and at its end. */
  readonly fd: number;
  readonly key: KeyObject;
  readonly blobId: string;
}
