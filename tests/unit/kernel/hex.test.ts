import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHex, toHex } from '../../../server/kernel/digest.ts';

test('any bytes come back from their hex, which is that of others', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
      expect(fromHex(toHex(bytes))).toEqual(bytes);
    }),
  );
});

test.each(['0', 'AB', '0g', '0\n', ' 0', '٠٠', '0:'])('%j is no hex', (text) => {
  expect(() => fromHex(text)).toThrow(RangeError);
});
