import { createSecretKey } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { type Sha256, startSha256 } from '../../kernel/digest.ts';
import { CHUNK_BYTES } from './blob-chunks.ts';
import { sealHere, sealInThread } from './seal-sinks.ts';

/** Bytes of one write, in whole chunks: few large writes are faster than many small ones. */
const BATCH_BYTES = 16 * CHUNK_BYTES;
/** What is longer is worth the start of a thread, which takes as long as these batches do. */
const BATCHES_WITHOUT_THREAD = 16;

/**
 * Encrypts everything of `source` into `file`, in chunks; hashes the plaintext on the way.
 *
 * One batch is encrypted and written while the next one is filled, by a second thread where there is
 * much of it, so memory stays at a few of them, whatever passes through. Errors of the source and of
 * the file are thrown as they are.
 */
export async function sealStream(options: {
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  file: FileHandle;
  key: Uint8Array;
  blobId: string;
}): Promise<{ sha256: Sha256; sizeBytes: number }> {
  const { source, file, blobId } = options;
  const place = { file, key: createSecretKey(options.key), blobId };
  const digest = startSha256();
  let batch = new Uint8Array(BATCH_BYTES);
  let filled = 0;
  let batches = 0;
  let sizeBytes = 0;
  let sink = sealHere(place);

  async function flush(last: boolean): Promise<void> {
    if (batches === BATCHES_WITHOUT_THREAD) {
      await sink.end();
      sink = sealInThread(place) ?? sink;
    }
    digest.update(batch.subarray(0, filled));
    const firstChunk = (batches * BATCH_BYTES) / CHUNK_BYTES;
    batch = await sink.take({ bytes: batch, filled, firstChunk, last });
    sizeBytes += filled;
    filled = 0;
    batches += 1;
  }

  try {
    for await (const part of source) {
      for (let at = 0; at < part.length; ) {
        // A full batch waits for another byte: only then is it known not to be the last.
        if (filled === BATCH_BYTES) await flush(false);
        const step = Math.min(part.length - at, BATCH_BYTES - filled);
        batch.set(part.subarray(at, at + step), filled);
        filled += step;
        at += step;
      }
    }
    await flush(true);
    await sink.end();
  } catch (error) {
    // Whoever opened the file closes it, and nobody may write to it then. What failed first is told.
    await sink.end().catch(() => {});
    throw error;
  } finally {
    // One that went to a thread and did not come back has no length.
    if (batch.length > 0) batch.fill(0);
  }
  return { sha256: digest.digest(), sizeBytes };
}
