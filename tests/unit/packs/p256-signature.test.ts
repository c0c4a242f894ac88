import { generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isHighSignature, lowSignature } from '../../../server/packs/manifest/p256-signature.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
/** Half the order of P-256, rounded down (FIPS 186-4, D.1.2.3). */
const HALF = '7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8';

test('of two hundred signatures by OpenSSL all become low and still verify', () => {
  let high = 0;
  for (let i = 0; i < 200; i++) {
    const message = Buffer.from(`message ${i}`);
    const made = sign('sha256', message, { key: privateKey, dsaEncoding: 'der' });
    if (isHighSignature(made)) high += 1;
    const low = lowSignature(made)!;
    expect(verify('sha256', message, publicKey, low)).toBe(true);
    expect(isHighSignature(low)).toBe(false);
    if (!isHighSignature(made)) expect(Buffer.compare(low, made)).toBe(0);
  }
  // About half of them, by chance; so far off, next to never.
  expect(high).toBeGreaterThan(40);
  expect(high).toBeLessThan(160);
});

test('half the order is low, one more is high', () => {
  const pair = (s: string) => Buffer.from(`30250201010220${s}`, 'hex');
  expect(isHighSignature(pair(HALF))).toBe(false);
  expect(isHighSignature(pair(HALF.replace(/8$/, '9')))).toBe(true);
  expect(lowSignature(pair(HALF.replace(/8$/, '9')))).toEqual(new Uint8Array(pair(HALF)));
});

test('what is no signature is neither, and never throws', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
      expect(isHighSignature(bytes)).toBe(false);
    }),
  );
  expect(lowSignature(new Uint8Array())).toBeNull();
  expect(lowSignature(Buffer.from('3006020100020101', 'hex'))).toBeNull();
  expect(lowSignature(Buffer.from('300602010102010100', 'hex'))).toBeNull();
});
