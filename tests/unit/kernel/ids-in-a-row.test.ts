import { expect, test } from 'vitest';
import { idsInARow, systemRandom } from '../../../server/kernel/ids.ts';

test('ids of one run lie together, and none comes twice', () => {
  const [one, other] = [idsInARow(), idsInARow()];
  const ids = Array.from({ length: 70_000 }, () => one());
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id) => /^[a-z2-7]{26}$/.test(id))).toBe(true);
  expect(new Set(ids.map((id) => id.slice(0, 8))).size).toBe(1);
  expect(other().slice(0, 8)).not.toBe(ids[0]!.slice(0, 8));
  // The part after the count is drawn anew for each.
  expect(new Set(ids.map((id) => id.slice(14))).size).toBe(ids.length);
});

test('random bytes are given out once, in the length that was asked for', () => {
  const seen = Array.from({ length: 3_000 }, (_, i) =>
    Buffer.from(systemRandom(16 + (i % 20))).toString('hex'),
  );
  expect(seen.every((hex, i) => hex.length === 2 * (16 + (i % 20)))).toBe(true);
  // Any 16 bytes that came twice would show here.
  expect(new Set(seen.map((hex) => hex.slice(0, 32))).size).toBe(seen.length);
  expect(systemRandom(10_000)).toHaveLength(10_000);
  const kept = systemRandom(32);
  const before = Buffer.from(kept).toString('hex');
  systemRandom(4_096);
  systemRandom(4_096);
  expect(Buffer.from(kept).toString('hex')).toBe(before);
});
