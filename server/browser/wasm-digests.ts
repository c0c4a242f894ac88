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

/** Makes the digests ready, once for all packs. One running SHA-256 at a time: a new one ends the old. */
export async function prepareDigests(): Promise<Digests> {
  const [first, running, crc] = await ready;
  whole = first;
  let turn = 0;
  let last = 0;
  return {
    startSha256(): RunningSha256 {
      const mine = ++turn;
      running.init();
      const mustRun = () => {
        if (turn !== mine) throw new Error('another digest was started');
      };
      return {
        update(chunk) {
          mustRun();
          running.update(chunk);
        },
        digest() {
          mustRun();
          turn++;
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
