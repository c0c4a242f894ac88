import { invalidRange, unknownBlob } from '../../server/adapters/vault/vault-error.ts';
import type { BlobStore } from '../../server/kernel/blobs.ts';
import { startSha256 } from '../../server/kernel/digest.ts';
import { newId, type RandomBytes } from '../../server/kernel/ids.ts';

const STEP_BYTES = 64 * 1024;

/** A blob store that keeps plain bytes in memory and behaves like the vault's. */
export function createMemoryBlobs(options: { random?: RandomBytes } = {}): BlobStore {
  const kept = new Map<string, Buffer>();

  function bytesOf(id: string): Buffer {
    const bytes = kept.get(id);
    if (bytes === undefined) throw unknownBlob();
    return bytes;
  }

  return {
    async put(source) {
      const parts: Uint8Array[] = [];
      const digest = startSha256();
      for await (const part of source) {
        digest.update(part);
        parts.push(Uint8Array.from(part));
      }
      const id = newId(options.random);
      const bytes = Buffer.concat(parts);
      kept.set(id, bytes);
      return { id, sha256: digest.digest(), sizeBytes: bytes.length };
    },
    async *read(id, range) {
      const bytes = bytesOf(id);
      const { start, end } = range ?? { start: 0, end: bytes.length };
      const whole = Number.isSafeInteger(start) && Number.isSafeInteger(end);
      if (!whole || start < 0 || end < start || end > bytes.length) throw invalidRange();
      for (let at = start; at < end; at += STEP_BYTES) {
        yield Uint8Array.from(bytes.subarray(at, Math.min(end, at + STEP_BYTES)));
      }
    },
    async sizeOf(id) {
      return bytesOf(id).length;
    },
    async destroy(id) {
      kept.delete(id);
    },
  };
}
