import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../../server/kernel/digest.ts';
import { readEcdsaSignature } from '../../../server/kernel/ecdsa-signature.ts';

const read = (hex: string) => readEcdsaSignature(fromHex(hex))?.map((digits) => toHex(digits));

describe('an ECDSA signature', () => {
  test.each([
    ['300702010102020080', ['01', '80']],
    ['3006020117020101', ['17', '01']],
  ])('%s is read', (hex, numbers) => expect(read(hex)).toEqual(numbers));

  test.each([
    ['nothing', ''],
    ['of no numbers', '3000'],
    ['of one number', '3003020101'],
    ['of three numbers', '3009020101020101020101'],
    ['with bytes behind it', '300602010102010100'],
    ['with a longer length than it needs', '308106020101020101'],
    ['of another kind', '3106020101020101'],
    ['of enumerated values', '30060a01010a0101'],
    ['of a negative number', '3006020180020101'],
    ['of zero', '3006020100020101'],
    ['of a number with a zero too many', '300702020001020101'],
    ['of a number without digits', '30050200020101'],
    ['of a number that ends outside', '3006020101020201'],
  ])('%s is none', (_, hex) => expect(read(hex)).toBeUndefined());

  test.each(['P-256', 'P-384', 'P-521'])('of %s by OpenSSL is read, whatever its size', (curve) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: curve });
    for (let i = 0; i < 40; i += 1) {
      const numbers = readEcdsaSignature(sign('sha256', Buffer.of(i), privateKey))!;
      const plain = sign('sha256', Buffer.of(i), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      expect(numbers).toHaveLength(2);
      for (const { length } of numbers) expect(length).toBeLessThanOrEqual(plain.length / 2);
    }
  });
});
