import type { Sha256 } from './digest.ts';

/** What is known of a stored blob. `sha256` is the digest of its plaintext: sealed, never a name. */
export interface StoredBlob {
  readonly id: string;
  readonly sha256: Sha256;
  readonly sizeBytes: number;
}

/**
 * Where originals, working copies and packs lie, encrypted. It has no paths: what is inside comes
 * out as bytes only.
 */
export interface BlobStore {
  /** Stores all of `source`; resolves when it is durable. After a throw nothing remains of it. */
  put(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<StoredBlob>;
  /** The plaintext of bytes [start, end), all by default. Rejects when a chunk was tampered with. */
  read(id: string, range?: { start: number; end: number }): AsyncIterable<Uint8Array>;
  /** Plaintext size in bytes; rejects for an unknown or destroyed blob. */
  sizeOf(id: string): Promise<number>;
  /** Destroys the blob's key, then its bytes. Irreversible. */
  destroy(id: string): Promise<void>;
}

/** Reads a whole blob into memory: for small ones (analyses, pictures, letters) only. */
export async function readAll(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  // Who reads may fill one array over and over.
  for await (const part of source) parts.push(new Uint8Array(part));
  return new Uint8Array(Buffer.concat(parts));
}

/** Bytes that are at hand, as a source of one part. */
export async function* onePart(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
