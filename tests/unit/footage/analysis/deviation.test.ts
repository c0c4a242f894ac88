import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scoreDeviation } from '../../../../server/footage/analysis/deviation.ts';

test('a cell’s score is its greatest difference, chroma counting twice, at most 255, and nothing below the least', () => {
  const level = fc.nat(255);
  /** Four cells of two frames, which share their chroma. */
  const block = fc.record({
    luma: fc.array(fc.tuple(level, level), { minLength: 4, maxLength: 4 }),
    chroma: fc.array(fc.tuple(level, level), { minLength: 2, maxLength: 2 }),
  });
  const across = fc.integer({ min: 1, max: 5 });
  fc.assert(
    fc.property(
      across.chain((columns) =>
        fc.tuple(
          fc.constant(columns),
          fc.array(fc.array(block, { minLength: columns, maxLength: columns }), {
            minLength: 1,
            maxLength: 4,
          }),
        ),
      ),
      fc.integer({ min: -10, max: 10 }),
      fc.integer({ min: 1, max: 255 }),
      fc.nat(7),
      ([columns, rows], lightOffset, least, place) => {
        const cellsX = 2 * columns;
        const cells = 2 * cellsX * rows.length;
        // Planes that were read out of a file may begin anywhere in memory.
        const frames = [
          new Uint8Array(3 * cells),
          new Uint8Array(place + 3 * cells).subarray(place),
        ] as const;
        const expected: number[] = [];
        for (let cell = 0; cell < cells; cell++) {
          const [x, y] = [cell % cellsX, Math.floor(cell / cellsX)];
          const { luma, chroma } = rows[y >> 1]![x >> 1]!;
          const own = [luma[2 * (y % 2) + (x % 2)]!, ...chroma];
          for (const side of [0, 1] as const) {
            for (const plane of [0, 1, 2]) frames[side][plane * cells + cell] = own[plane]![side];
          }
          const [dy, du, dv] = own.map(([a, b]) => a - b) as [number, number, number];
          const far = [dy - lightOffset, 2 * du, 2 * dv].map(Math.abs);
          const score = Math.min(255, Math.max(...far));
          expected.push(score < least ? 0 : score);
        }
        const scores = new Uint8Array(cells);
        const active = new Int32Array(cells);
        const [frame, background] = frames;
        const found = { lightOffset, least, scores, active };
        const count = scoreDeviation({ frame, background, ...found });
        expect([...scores]).toEqual(expected);
        const listed = expected.flatMap((score, cell) => (score === 0 ? [] : [cell]));
        expect([...active.subarray(0, count)]).toEqual(listed);
      },
    ),
  );
});
