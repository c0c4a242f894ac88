import { expect, test } from 'vitest';
import { createCsvTable } from '../../../../server/adapters/tables/csv-table.ts';
import { inPieces } from '../../../builders/cases-csv.ts';

async function read(content: string | Uint8Array, limits = {}) {
  const table = await createCsvTable(limits)(inPieces(content, 7));
  const rows = [];
  for await (const row of table.rows) rows.push(row);
  return { encoding: table.encoding, header: table.header, rows };
}

/** What iconv -t CP1251 writes for the text. */
const CP1251 = {
  'Остановили у «ОВД» — дом №5': Buffer.from(
    'cef1f2e0edeee2e8ebe820f320abcec2c4bb209720e4eeec20b935',
    'hex',
  ),
  привет: Buffer.from('eff0e8e2e5f2', 'hex'),
};

test.each([',', ';', '\t'])('finds the separator %j', async (sign) => {
  const { header, rows } = await read(`a${sign}"b,;\tc"${sign}d\n1${sign}2${sign}3\n`);
  expect(header).toEqual(['a', 'b,;\tc', 'd']);
  expect(rows).toEqual([{ row: 2, cells: ['1', '2', '3'] }]);
});

test('counts rows as a spreadsheet does: line breaks inside a cell and empty rows', async () => {
  const { rows } = await read('a,b\r\n"x\r\ny",2\n\n3,4');
  expect(rows.map((one) => one.row)).toEqual([2, 3, 4]);
  expect(rows[0]?.cells).toEqual(['x\r\ny', '2']);
  expect(rows[2]?.cells).toEqual(['3', '4']);
});

test('reads UTF-8 with a byte order mark, in pieces that split letters', async () => {
  const { encoding, header, rows } = await read('\uFEFFa,b\nөзгөчө,ңү');
  expect({ encoding, header }).toEqual({ encoding: 'utf-8', header: ['a', 'b'] });
  expect(rows[0]?.cells).toEqual(['өзгөчө', 'ңү']);
});

test.each(Object.entries(CP1251))('reads windows-1251: %s', async (text, bytes) => {
  const { encoding, rows } = await read(Buffer.concat([Buffer.from('a;b\n1;'), bytes]));
  expect(encoding).toBe('windows-1251');
  expect(rows[0]?.cells).toEqual(['1', text]);
});

test('keeps what looks like a formula as text', async () => {
  const { rows } = await read('a,b\n=1+1,"=HYPERLINK(""http://x"")"');
  expect(rows[0]?.cells).toEqual(['=1+1', '=HYPERLINK("http://x")']);
});

test.each<[string, string | Uint8Array, RegExp]>([
  ['nothing', '', /is empty/],
  ['an empty first row', '\na,b\n', /column names/],
  ['UTF-16', Buffer.from('\uFEFFa,b\n', 'utf16le'), /UTF-16/],
  ['NUL bytes', 'a,b\n1,2\n3,\0', /Line 3 .*NUL/],
  [
    'damaged UTF-8',
    Buffer.concat([Buffer.from('а,б\nв,г\nд,'), Buffer.from([0xd0, 0x20])]),
    /Line 3 /,
  ],
  // printf 'я помню чудное' | iconv -t KOI8-R, and -t CP866
  ['KOI8-R', Buffer.from('612c620ad120d0cfcdcec020ded5c4cecfc5', 'hex'), /neither UTF-8 nor/],
  ['CP866', Buffer.from('612c620aef20afaeacadee20e7e3a4adaea5', 'hex'), /neither UTF-8 nor/],
  ['a picture', Buffer.from('ffd8ffe1a1b2c3d4e5f68190', 'hex'), /neither UTF-8 nor/],
  ['a quote never closed', 'a,b\n1,2\n3,"4\n5,6', /Row 3 does not end/],
  ['a quote inside a cell', 'a,b\n1,x"y"', /Row 2 has a quotation mark in the middle/],
  ['a row without end', `a,b\n1,${'x'.repeat(600_000)}`, /Row 2 does not end/],
  ['too many columns', `${'a,'.repeat(300)}b\n`, /more than 200 columns/],
])('refuses %s in one sentence', async (_, content, sentence) => {
  const refusal = await read(content).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: 'TABLE_UNREADABLE' });
  expect((refusal as Error).message).toMatch(sentence);
});

test('stops taking in a file that is too large', async () => {
  let taken = 0;
  async function* endless() {
    for (;;) {
      taken++;
      yield new Uint8Array(65_536).fill(0x61);
    }
  }
  const reading = createCsvTable()(endless());
  await expect(reading).rejects.toMatchObject({ code: 'TABLE_UNREADABLE' });
  expect(taken * 65_536).toBeLessThanOrEqual(65 * 1_048_576);
});

test('survives any bytes', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 200 }, (_, i) => {
      const bytes = Uint8Array.from({ length: 200 }, (_, k) => (i * 7919 + k * k * 31 + k) % 256);
      return read(bytes).then(
        () => 'read',
        (error) => error.code,
      );
    }),
  );
  expect(outcomes.filter((one) => one !== 'read' && one !== 'TABLE_UNREADABLE')).toEqual([]);
});
