import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvRecords } from '../../../../server/adapters/tables/csv-records.ts';

const failed = ({ kind, record }: { kind: string; record: number }) =>
  new Error(`${kind} ${record}`);

/** All records of a text in pieces of `size`, or what was thrown. */
async function split(text: string, { size = 65_536, limit = 1_000, delimiter = ',' } = {}) {
  async function* pieces() {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
  }
  const all: string[][] = [];
  try {
    for await (const records of csvRecords(pieces(), { delimiter, limit }, failed)) {
      all.push(...records);
    }
    return { all };
  } catch (error) {
    return { all, error: (error as Error).message };
  }
}

/** What csv-parse makes of it. */
function judged(text: string, delimiter: string): string[][] | null {
  try {
    return parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: false,
    });
  } catch {
    return null;
  }
}

test('reads and refuses what csv-parse reads and refuses, in pieces of any size', async () => {
  const sign = fc.constantFrom('"', '""', ',', ';', '\n', '\r', '\r\n', 'a', 'ө', ' ');
  const given = fc.array(sign, { maxLength: 30 }).map((signs) => signs.join(''));
  await fc.assert(
    fc.asyncProperty(
      given,
      fc.constantFrom(',', ';'),
      fc.integer({ min: 1, max: 9 }),
      async (text, delimiter, size) => {
        const expected = judged(text, delimiter);
        const long = `${'b\n'.repeat(40_000)}${text}`;
        for (const [given, rows] of [
          [text, 0],
          [long, 40_000],
        ] as const) {
          const { all, error } = await split(given, {
            size: rows === 0 ? size : 65_530 + size,
            delimiter,
          });
          if (expected === null) expect(error).toBeDefined();
          else expect(all.slice(rows)).toEqual(expected);
        }
      },
    ),
    { numRuns: 100 },
  );
});

test('what stands before a fault is read, and the fault is named by its record', async () => {
  const read = [['a', 'b']];
  expect(await split('a,b\n1,x"y"\n')).toEqual({ all: read, error: 'quote-inside 2' });
  expect(await split('a,b\n"x"y,2\n')).toEqual({ all: read, error: 'quote-inside 2' });
  expect(await split('a,b\n"x,2\n')).toEqual({ all: read, error: 'endless 2' });
  expect(await split(`a,b\n${'x'.repeat(1_001)}\n`)).toEqual({ all: read, error: 'endless 2' });
});

test('a record without an end is given up once it is too long, however small the pieces', async () => {
  let taken = 0;
  async function* endless() {
    yield '"';
    for (;;) {
      taken++;
      yield 'xxxxxxx';
    }
  }
  const reading = csvRecords(endless(), { delimiter: ',', limit: 500_000 }, failed).next();
  await expect(reading).rejects.toThrow('endless 1');
  expect(taken * 7).toBeLessThan(1_200_000);
});
