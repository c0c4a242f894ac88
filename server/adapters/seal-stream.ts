import { createSecretKey } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { type Sha256, startSha256 } from '../kernel/digest.ts';
import { CHUNK_BYTES, sealChunk } from './vault/blob-chunks.ts';

/** Chunks of one write: few large writes are faster than many small ones. */
const BATCH_CHUNKS = 16;
const BATCH_BYTES = BATCH_CHUNKS * CHUNK_BYTES;

/**
 * Encrypts everything of `source` into `file`, in chunks; hashes the plaintext on the way.
 *
 * One batch is written while the next one is filled, so memory stays at two of them, whatever
 * passes through. Errors of the source and of the file are thrown as they are.
 */
export async function sealStream(options: {
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  file: FileHandle;
  key: Uint8Array;
  blobId: string;
}): Promise<{ sha256: Sha256; sizeBytes: number }> {
  const { source, file, blobId } = options;
  const key = createSecretKey(options.key);
  const digest = startSha256();
  const batch = Buffer.alloc(BATCH_BYTES);
  let filled = 0;
  let chunks = 0;
  let sizeBytes = 0;
  let writing: Promise<void> = Promise.resolve();

  async function flush(final: boolean): Promise<void> {
    const plain = batch.subarray(0, filled);
    digest.update(plain);
    sizeBytes += filled;
    const sealed: Buffer[] = [];
    for (let at = 0; at < filled || (final && chunks === 0); at += CHUNK_BYTES) {
      const last = final && at + CHUNK_BYTES >= filled;
      const place = { blobId, index: chunks, last };
      sealed.push(...sealChunk(key, place, plain.subarray(at, at + CHUNK_BYTES)));
      chunks += 1;
    }
    filled = 0;
    await writing;
    writing = writeAll(file, sealed);
    // It is awaited before the next write; until then its failure is not an unhandled one.
    writing.catch(() => {});
  }

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
  await writing;
  batch.fill(0);
  return { sha256: digest.digest(), sizeBytes };
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
