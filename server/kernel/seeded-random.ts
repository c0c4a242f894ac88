import { fromHex, sha256Bytes } from './digest.ts';
import type { RandomBytes } from './ids.ts';

/**
 * Bytes that follow from a seed alone, in the order they are asked for: SHA-256(seed ‖ counter), block
 * after block. For choices that have to be made again alike; a seed must itself be random.
 *
 * @param seed - 32 bytes as hex.
 */
export function seededRandom(seed: string): RandomBytes {
  const key = fromHex(seed);
  let counter = 0;
  let rest = new Uint8Array(0);
  return (length) => {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; ) {
      if (rest.length === 0) {
        const block = new Uint8Array(4);
        new DataView(block.buffer).setUint32(0, counter++);
        rest = new Uint8Array(sha256Bytes(key, block));
      }
      const part = rest.subarray(0, length - at);
      bytes.set(part, at);
      at += part.length;
      rest = rest.subarray(part.length);
    }
    return bytes;
  };
}
