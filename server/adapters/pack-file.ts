import { createPublicKey, type KeyObject } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { startSha256 } from '../kernel/digest.ts';
import { VerificationError } from '../verification/errors.ts';
import type { Digests, PackBytes } from '../verification/ports.ts';

const PART_BYTES = 1_048_576;

/** Digests by the machine's own libraries. */
export const nodeDigests: Digests = { startSha256, crc32 };

/**
 * Opens a pack that lies in a file and hands it to `use`.
 *
 * @throws {VerificationError} `PACK_UNREADABLE` when there is no such file or it may not be read.
 */
export async function withPackFile<Result>(
  file: string,
  use: (pack: PackBytes) => Promise<Result>,
): Promise<Result> {
  const handle = await open(file, 'r').catch(unreadable);
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) return unreadable(new Error('not a file'));
    return await use({
      sizeBytes: stats.size,
      read: (start, end) => readAhead(handle, start, Math.min(end, stats.size)),
    });
  } finally {
    await handle.close();
  }
}

/** The next part is read while the last one is being hashed; the two buffers take turns. */
async function* readAhead(
  handle: FileHandle,
  start: number,
  end: number,
): AsyncIterable<Uint8Array> {
  const length = Math.min(PART_BYTES, Math.max(0, end - start));
  const buffers = [Buffer.allocUnsafe(length), Buffer.allocUnsafe(length)] as const;
  const readAt = (at: number, turn: 0 | 1) =>
    handle.read(buffers[turn], 0, Math.min(length, end - at), at);
  let at = start;
  let turn: 0 | 1 = 0;
  let coming = at < end ? readAt(at, turn) : null;
  while (coming !== null) {
    const { bytesRead } = await coming;
    if (bytesRead === 0) return;
    const part = buffers[turn].subarray(0, bytesRead);
    at += bytesRead;
    turn = turn === 0 ? 1 : 0;
    coming = at < end ? readAt(at, turn) : null;
    // Nobody may be listening any more when this one fails.
    coming?.catch(() => {});
    yield part;
  }
}

/**
 * A public key that somebody brought, as canonical PEM.
 *
 * @throws {VerificationError} `PACK_UNREADABLE` when it is no public P-256 key.
 */
export function readPublicKey(bytes: Uint8Array): string {
  const pem = publicPemOf(bytes, (key) => key.asymmetricKeyDetails?.namedCurve === 'prime256v1');
  if (pem !== null) return pem;
  throw new VerificationError(
    'PACK_UNREADABLE',
    'The key is no public P-256 key in PEM. Ask the organisation for its key again.',
  );
}

/**
 * The public key of a custody log that somebody brought, as canonical PEM.
 *
 * @throws {VerificationError} `PACK_UNREADABLE` when it is no public Ed25519 key.
 */
export function readLogKey(bytes: Uint8Array): string {
  const pem = publicPemOf(bytes, (key) => key.asymmetricKeyType === 'ed25519');
  if (pem !== null) return pem;
  throw new VerificationError(
    'PACK_UNREADABLE',
    'The key of the log is no public Ed25519 key in PEM. Ask the organisation for the log’s key again.',
  );
}

function publicPemOf(bytes: Uint8Array, fits: (key: KeyObject) => boolean): string | null {
  try {
    const key = createPublicKey(Buffer.from(bytes));
    return fits(key) ? (key.export({ type: 'spki', format: 'pem' }) as string) : null;
  } catch {
    return null;
  }
}

function unreadable(cause: unknown): never {
  throw new VerificationError(
    'PACK_UNREADABLE',
    'The pack cannot be opened. Check its name and that it may be read.',
    { cause },
  );
}
