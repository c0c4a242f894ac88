import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';

// The layout of a blob file, format 1: chunks of 64 KiB, each AES-256-GCM under the blob's own key,
// in the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption
// and its Nonce-Reuse Misuse-Resistance, 2015) with the nonce of age (C2SP age.md, "Payload"):
// eleven bytes of counter, one byte that is 1 in the last chunk. Only a blob of no bytes has an
// empty last chunk. The id is authenticated with every chunk, so chunks of other blobs do not fit.

/** Plaintext bytes of every chunk but the last. */
export const CHUNK_BYTES = 64 * 1024;
const TAG = { authTagLength: 16 };
/** File bytes of every chunk but the last. */
export const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG.authTagLength;
/** Number of this layout, kept with each blob. */
export const CHUNK_FORMAT = 1;

/** How many chunks hold so many plaintext bytes. */
export function chunkCount(sizeBytes: number): number {
  return Math.max(1, Math.ceil(sizeBytes / CHUNK_BYTES));
}

/** Size of the file that holds so many plaintext bytes. */
export function sealedSize(sizeBytes: number): number {
  return sizeBytes + chunkCount(sizeBytes) * TAG.authTagLength;
}

/** One chunk of a blob: where it stands is part of what is authenticated. */
export interface ChunkPlace {
  readonly blobId: string;
  readonly index: number;
  readonly last: boolean;
}

/** Chunks that follow each other: the number of the first, and whether the blob ends with them. */
export interface ChunkRun {
  readonly firstChunk: number;
  readonly last: boolean;
}

/**
 * Encrypts chunks that follow each other, under a key that is made ready once for all of them.
 *
 * @param plain - a whole number of chunks, but in the last run of a blob.
 * @returns ciphertexts and tags, to be written one after the other.
 */
export function sealChunks(
  key: KeyObject,
  blobId: string,
  { firstChunk, last }: ChunkRun,
  plain: Uint8Array,
): Buffer[] {
  const count = last ? chunkCount(plain.length) : plain.length / CHUNK_BYTES;
  return Array.from({ length: count }, (_, n) => {
    const place = { blobId, index: firstChunk + n, last: last && n === count - 1 };
    return sealChunk(key, place, plain.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES));
  }).flat();
}

/** Ciphertext and tag of one chunk. */
function sealChunk(key: KeyObject, place: ChunkPlace, plain: Uint8Array): Buffer[] {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(place), TAG);
  cipher.setAAD(aadOf(place));
  const body = cipher.update(plain);
  cipher.final();
  return [body, cipher.getAuthTag()];
}

/** Decrypts a chunk, or returns null when it is not exactly what was written at this place. */
export function openChunk(key: KeyObject, place: ChunkPlace, sealed: Uint8Array): Buffer | null {
  const tagAt = sealed.length - TAG.authTagLength;
  if (tagAt < 0) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(place), TAG);
  decipher.setAAD(aadOf(place));
  decipher.setAuthTag(sealed.subarray(tagAt));
  const plain = decipher.update(sealed.subarray(0, tagAt));
  try {
    decipher.final();
    return plain;
  } catch {
    return null;
  }
}

function nonceOf({ index, last }: ChunkPlace): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(index, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

function aadOf({ blobId }: ChunkPlace): Buffer {
  return Buffer.from(`dalil/v1/blob/${blobId}`, 'utf8');
}
