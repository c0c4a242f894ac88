import { createSecretKey } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import {
  CHUNK_BYTES,
  chunkCount,
  openChunk,
  SEALED_CHUNK_BYTES,
  sealedSize,
} from './blob-chunks.ts';
import { VaultError } from './vault-error.ts';

/** Chunks of one read. */
const BATCH_CHUNKS = 16;

/**
 * The plaintext of bytes [start, end) of a blob file, in steps of at most 1 MiB. Only the chunks of
 * the range are read; each is authenticated before any of it is given out.
 *
 * @throws {VaultError} `BLOB_DAMAGED` when the file is longer or shorter than it was, or a chunk is
 *   not the one that was written there.
 */
export async function* openStream(options: {
  file: FileHandle;
  key: Uint8Array;
  blobId: string;
  sizeBytes: number;
  start: number;
  end: number;
}): AsyncGenerator<Uint8Array> {
  const { file, blobId, sizeBytes, start, end } = options;
  const key = createSecretKey(options.key);
  const fileBytes = sealedSize(sizeBytes);
  if ((await file.stat()).size !== fileBytes) throw damaged();
  const lastChunk = chunkCount(sizeBytes) - 1;
  const untilChunk = start < end ? Math.ceil(end / CHUNK_BYTES) : 0;

  const load = async (firstChunk: number) => {
    const from = firstChunk * SEALED_CHUNK_BYTES;
    const wanted = Math.min(untilChunk, firstChunk + BATCH_CHUNKS) * SEALED_CHUNK_BYTES;
    return await readExactly(file, from, Math.min(wanted, fileBytes));
  };

  let firstChunk = Math.floor(start / CHUNK_BYTES);
  let loading = firstChunk < untilChunk ? load(firstChunk) : undefined;
  while (loading !== undefined) {
    const sealed = await loading;
    const next = firstChunk + BATCH_CHUNKS;
    // Reads the next batch while this one is decrypted and used.
    loading = next < untilChunk ? load(next) : undefined;
    loading?.catch(() => {});
    const plain: Buffer[] = [];
    for (let at = 0; at < sealed.length; at += SEALED_CHUNK_BYTES) {
      const index = firstChunk + plain.length;
      const place = { blobId, index, last: index === lastChunk };
      const chunk = openChunk(key, place, sealed.subarray(at, at + SEALED_CHUNK_BYTES));
      if (chunk === null) throw damaged();
      plain.push(chunk);
    }
    const base = firstChunk * CHUNK_BYTES;
    yield Buffer.concat(plain).subarray(Math.max(0, start - base), end - base);
    firstChunk = next;
  }
}

async function readExactly(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(to - from);
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, at, bytes.length - at, from + at);
    if (bytesRead === 0) throw damaged();
    at += bytesRead;
  }
  return bytes;
}

function damaged(): VaultError {
  return new VaultError(
    'BLOB_DAMAGED',
    'A stored file was changed or cut on the disk, so it cannot be used. Restore it from a backup.',
  );
}
