import { createCRC32, createSHA256, type IHasher } from 'hash-wasm';
import type { RunningSha256, Sha256 } from '../kernel/digest.ts';
import type { Digests } from '../verification/ports.ts';

// WebCrypto has no running digest, so a file of gigabytes would have to lie in memory. WebAssembly is
// compiled in the background and used at once afterwards, as the verifier needs it.

const ready = Promise.all([createSHA256(), createSHA256(), createCRC32()]);
let whole: IHasher | undefined;

/**
 * SHA-256 over the concatenation of parts, as {@link startSha256} but for bytes that are all there.
 *
 * @throws {Error} before {@link prepareDigests} has resolved.
 */
export function digestParts(parts: readonly (Uint8Array | string)[]): IHasher {
  if (whole === undefined) throw new Error('the digests are not ready');
  whole.init();
  for (const part of parts) whole.update(part);
  return whole;
}

/** Makes the digests ready, once for all packs. Running ones may take turns: each keeps its state. */
export async function prepareDigests(): Promise<Digests> {
  const [first, running, crc] = await ready;
  whole = first;
  let leave: (() => void) | null = null;
  let last = 0;
  return {
    startSha256(): RunningSha256 {
      leave?.();
      running.init();
      let state: Uint8Array | null = null;
      const keep = () => {
        state = running.save();
      };
      leave = keep;
      const comeBack = () => {
        if (leave === keep) return;
        leave?.();
        running.load(state!);
        leave = keep;
      };
      return {
        update(chunk) {
          comeBack();
          running.update(chunk);
        },
        digest() {
          comeBack();
          leave = null;
          return running.digest('hex') as Sha256;
        },
      };
    },
    crc32(bytes, before) {
      // The checksum 0 is the state of the beginning, wherever it comes up.
      if (before === 0) crc.init();
      else if (before !== last) throw new Error('the checksum goes on from another place');
      crc.update(bytes);
      const state = crc.save();
      last = Number.parseInt(crc.digest('hex'), 16);
      crc.load(state);
      return last;
    },
  };
}
