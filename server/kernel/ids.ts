import { randomFillSync } from 'node:crypto';

/** A source of random bytes, so that tests can be repeated. */
export type RandomBytes = (length: number) => Uint8Array;

/** Asking the operating system costs more than sealing a row, so nonces and ids are drawn ahead. */
const drawn = Buffer.alloc(4_096);
let used = drawn.length;

/** The operating system's random source. No byte is given out twice, and none is kept. */
export const systemRandom: RandomBytes = (length) => {
  if (length > drawn.length) return randomFillSync(new Uint8Array(length));
  if (used + length > drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  const given = new Uint8Array(drawn.subarray(used, used + length));
  drawn.fill(0, used, used + length);
  used += length;
  return given;
};

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

/**
 * Identifiers that lie beside each other: a database that keeps many of them in order touches one
 * place instead of a random one for each. They share 40 random bits and count on; 64 bits are random
 * in each.
 */
export function idsInARow(random: RandomBytes = systemRandom): () => string {
  const bytes = new Uint8Array(16);
  bytes.set(random(5));
  let count = 0;
  return () => {
    count++;
    bytes.set([count >> 16, count >> 8, count], 5);
    bytes.set(random(8), 8);
    return base32(bytes);
  };
}
