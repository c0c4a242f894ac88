import { expect, test } from 'vitest';
import { parseByteRange } from '../../../server/adapters/byte-range.ts';

test.each([
  [undefined, 10, 'all'],
  ['bytes=0-', 10, { start: 0, end: 10 }],
  ['bytes=0-0', 10, { start: 0, end: 1 }],
  ['bytes=9-', 10, { start: 9, end: 10 }],
  ['bytes=4-99', 10, { start: 4, end: 10 }],
  ['bytes=-3', 10, { start: 7, end: 10 }],
  ['bytes=-30', 10, { start: 0, end: 10 }],
  ['bytes=10-', 10, 'unsatisfiable'],
  ['bytes=0-', 0, 'unsatisfiable'],
  ['bytes=-0', 10, 'unsatisfiable'],
  ['bytes=-5', 0, 'unsatisfiable'],
  ['bytes=5-4', 10, 'all'],
  ['bytes=-', 10, 'all'],
  ['bytes=0-1,3-4', 10, 'all'],
  ['bytes=0x1-2', 10, 'all'],
  ['frames=0-1', 10, 'all'],
  ['bytes=99999999999999999999-', 10, 'all'],
])('%s of %i bytes', (header, sizeBytes, expected) => {
  expect(parseByteRange(header, sizeBytes)).toEqual(expected);
});
