import { randomBytes } from 'node:crypto';

/** A source of random bytes, so that tests can be repeated. */
export type RandomBytes = (length: number) => Uint8Array;

/** The operating system's random source. */
export const systemRandom: RandomBytes = (length) => new Uint8Array(randomBytes(length));

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** Lower-case base32 (RFC 4648 alphabet, no padding); the last digit is filled with zero bits. */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32[(value >> bits) & 31];
    }
  }
  if (bits > 0) text += BASE32[(value << (5 - bits)) & 31];
  return text;
}

/** A fresh identifier of 128 random bits, 26 base32 digits, for rows, blobs and jobs. */
export function newId(random: RandomBytes = systemRandom): string {
  return base32(random(16));
}
