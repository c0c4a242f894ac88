import { hkdfSync } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { fromHex, startSha256 } from '../kernel/digest.ts';
import type { WorkSecret } from './work-secret.ts';

const PURPOSE = 'dalil/analysis-work/2';
const KEY_BYTES = 32;

/** The key of work on recordings: who has only the recordings, or only this machine, has not the key. */
export interface RecordingsKey {
  /** Null when there is no secret on this machine, so that nothing can have been kept. */
  find(): Promise<Uint8Array | null>;
  /** The same for what is to be kept; null when it must not be. */
  make(): Promise<Uint8Array | null>;
}

/**
 * Derives the key from the machine's secret and the recordings' own bytes (HKDF of both, with SHA-256).
 * The secret makes it known to nobody who was handed the recordings; their bytes bind the work to them.
 *
 * The recordings are read to their ends when the key is first needed, which is after they were looked
 * at. What became another file since this was called, as one that is still being copied does, has no key.
 *
 * @param options.sourcePaths - the recordings that the work is made of, in order.
 * @param options.onRead - told how many bytes of how many were read.
 */
export function createRecordingsKey(options: {
  sourcePaths: readonly string[];
  secret: WorkSecret;
  onRead?: ((done: number, total: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}): RecordingsKey {
  const { sourcePaths, secret, onRead, signal } = options;
  const before = statesOf(sourcePaths);
  let read: Promise<Uint8Array> | undefined;
  const derived = async (bySecret: Uint8Array | null) => {
    if (bySecret === null) return null;
    const known = await before;
    if (known === null) return null;
    read ??= digestsOf(sourcePaths, known.sizeBytes, onRead, signal);
    const material = Buffer.concat([bySecret, await read]);
    if ((await statesOf(sourcePaths))?.state !== known.state) return null;
    return new Uint8Array(hkdfSync('sha256', material, new Uint8Array(0), PURPOSE, KEY_BYTES));
  };
  return {
    find: async () => derived(await secret.find()),
    make: async () => derived(await secret.make()),
  };
}

/** What tells whether files are as they were; null when one cannot be asked. */
async function statesOf(sourcePaths: readonly string[]) {
  try {
    const states = await Promise.all(sourcePaths.map((file) => stat(file, { bigint: true })));
    const state = states.map(({ dev, ino, size, mtimeNs }) => [dev, ino, size, mtimeNs].join(' '));
    const sizeBytes = Number(states.reduce((sum, { size }) => sum + size, 0n));
    return { state: state.join('\n'), sizeBytes };
  } catch {
    return null;
  }
}

async function digestsOf(
  sourcePaths: readonly string[],
  sizeBytes: number,
  onRead: ((done: number, total: number) => void) | undefined,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const digests: Uint8Array[] = [];
  let done = 0;
  for (const sourcePath of sourcePaths) {
    const digest = startSha256();
    for await (const part of createReadStream(sourcePath, { highWaterMark: 1_048_576 })) {
      signal?.throwIfAborted();
      digest.update(part as Buffer);
      done += (part as Buffer).length;
      onRead?.(done, Math.max(done, sizeBytes));
    }
    digests.push(fromHex(digest.digest()));
  }
  return Buffer.concat(digests);
}
