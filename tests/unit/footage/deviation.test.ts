import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scoreDeviation } from '../../../server/footage/deviation.ts';

test('a cell’s score is its greatest difference, chroma counting twice, at most 255', () => {
  const cell = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: -10, max: 10 }),
      (cells, offset) => {
        const planes = (side: 0 | 1) =>
          Uint8Array.from([0, 1, 2].flatMap((plane) => cells.map((pair) => pair[side][plane]!)));
        const scores = new Uint8Array(cells.length);
        scoreDeviation(planes(0), planes(1), offset, scores);
        const expected = cells.map(([[y, u, v], [by, bu, bv]]) =>
          Math.min(255, Math.max(...[y - by - offset, 2 * (u - bu), 2 * (v - bv)].map(Math.abs))),
        );
        expect([...scores]).toEqual(expected);
      },
    ),
  );
});
