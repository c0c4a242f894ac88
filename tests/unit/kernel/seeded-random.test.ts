import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { toHex } from '../../../server/kernel/digest.ts';
import { seededRandom } from '../../../server/kernel/seeded-random.ts';

const SEED = '5a'.repeat(32);

test('bytes are the digests of seed and counter, one after the other, however they are asked for', () => {
  const block = (counter: number) =>
    createHash('sha256')
      .update(Buffer.concat([Buffer.from(SEED, 'hex'), Buffer.of(0, 0, 0, counter)]))
      .digest('hex');
  expect(toHex(seededRandom(SEED)(64))).toBe(block(0) + block(1));
  const random = seededRandom(SEED);
  expect([1, 30, 0, 33].map((length) => toHex(random(length))).join('')).toBe(block(0) + block(1));
  expect(toHex(seededRandom('a5'.repeat(32))(32))).not.toBe(block(0));
});
