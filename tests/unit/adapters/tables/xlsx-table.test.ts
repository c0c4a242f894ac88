import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readXlsxTable } from '../../../../server/adapters/tables/xlsx-table.ts';
import { inPieces } from '../../../builders/cases-csv.ts';
import { anEntry, archiveOf, aWorkbook, textRow } from '../../../builders/workbook.ts';

async function read(bytes: Uint8Array) {
  const table = await readXlsxTable(inPieces(bytes));
  const rows = [];
  for await (const row of table.rows) rows.push(row);
  return { header: table.header, rows, notices: table.notices() };
}
const fixture = (name: string) => readFile(new URL(`../../../fixtures/${name}`, import.meta.url));
const header = textRow(1, ['a', 'b']);

test('reads what openpyxl writes: days, months, texts, gaps, the first sheet that is shown', async () => {
  const { header, rows, notices } = await read(await fixture('workbook-openpyxl.xlsx'));
  expect(header).toEqual(['Код', 'Дата случая', 'Область', 'Минуты', 'Рассказ']);
  expect(rows).toEqual([
    { row: 2, cells: ['Б-1', '2021-02-14', 'г. Бишкек', '45', 'Өзгөчө «ңү»\nв две строки'] },
    { row: 3, cells: ['Б-2', '2021-03', 'Чуйская область', '0.3', ' с пробелом '] },
    // A formula that openpyxl wrote was never computed.
    {
      row: 5,
      cells: ['Б-3', '2020-02-29', '', 'true', ''],
      faults: new Map([[4, 'uncomputed-formula']]),
    },
  ]);
  expect(notices.join()).toMatch(/shows 1 more.*1 cells hold formulas/);
});

test('reads what XlsxWriter writes: days since 1904, formulas, errors, rich texts', async () => {
  const { rows } = await read(await fixture('workbook-xlsxwriter.xlsx'));
  expect(rows).toEqual([
    {
      row: 2,
      cells: ['X-1', '2021-02-14', '45', '', '', 'один два три'],
      faults: new Map([
        [3, 'outside-reference'],
        [4, 'error-value'],
      ]),
    },
  ]);
});

test.each([
  ['a built-in day', 14, '', '2021-02-14'],
  ['a day and a time', 22, '', '2021-02-14'],
  ['a built-in month', 17, '', '2021-02'],
  ['a month in words', 164, 'mmmm\\ yyyy', '2021-02'],
  ['a day in words', 164, '[$-419]d\\ mmmm\\ yyyy&quot; г.&quot;;@', '2021-02-14'],
  ['a time', 164, 'hh:mm:ss', '44241.5'],
  ['minutes', 164, '[mm]:ss', '44241.5'],
  ['a number with a word', 164, '0.0&quot; дней&quot;', '44241.5'],
  ['no format', 0, '', '44241.5'],
])('shows a number as %s', async (_, id, code, expected) => {
  const styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="${code}"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="${id}"/></cellXfs></styleSheet>`;
  const sheet = `${header}<row r="2"><c r="A2" s="1"><v>44241.5</v></c></row>`;
  const { rows } = await read(aWorkbook(sheet, { 'xl/styles.xml': styles }));
  expect(rows[0]?.cells[0]).toBe(expected);
});

test('shared texts: runs are joined, readings left out, escapes undone', async () => {
  const strings =
    '<sst><si><r><t>Бир </t></r><r><t xml:space="preserve">эки</t></r><rPh><t>READ</t></rPh></si><si><t>a_x000D_b</t></si><si/></sst>';
  const cells = [0, 1, 2].map((i) => `<c t="s"><v>${i}</v></c>`).join('');
  const sheet = `${textRow(1, ['a', 'b', 'c'])}<row r="2">${cells}</row>`;
  const { rows } = await read(aWorkbook(sheet, { 'xl/sharedStrings.xml': strings }));
  expect(rows[0]?.cells).toEqual(['Бир эки', 'a\rb', '']);
});

test('elements with a prefix are the same elements', async () => {
  const sheet =
    '<x:worksheet xmlns:x="u"><x:sheetData><x:row r="1"><x:c r="B1" t="str"><x:v>b</x:v></x:c></x:row></x:sheetData></x:worksheet>';
  const { header } = await read(aWorkbook('', { 'xl/worksheets/sheet1.xml': sheet }));
  expect(header).toEqual(['', 'b']);
});

test('any texts come back', async () => {
  const cell = fc.string({ unit: fc.constantFrom(...'aңӨ ,;"|=+-_x<&>\n'), maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }),
      async (all) => {
        const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
        const sheet = all.map((row, i) => textRow(i + 2, row.map(escaped))).join('');
        const { rows } = await read(aWorkbook(header + sheet));
        const kept = all.flatMap((cells, i) =>
          cells.join('') === '' ? [] : [{ row: i + 2, cells }],
        );
        expect(rows).toEqual(kept);
      },
    ),
    { numRuns: 60 },
  );
});

describe('refuses in one sentence', () => {
  const small = aWorkbook(header);
  const sheetOf = (text: string) => aWorkbook('', { 'xl/worksheets/sheet1.xml': text });
  const withPart = (entry: ReturnType<typeof anEntry>) =>
    archiveOf([
      anEntry('xl/workbook.xml', Buffer.from('<workbook/>')),
      anEntry('xl/_rels/workbook.xml.rels', Buffer.from('<Relationships/>')),
      entry,
    ]);

  test.each<[string, Uint8Array, RegExp]>([
    ['no archive', Buffer.from('504b0304aaaa', 'hex'), /damaged/],
    ['an archive cut short', small.subarray(0, small.length - 40), /damaged/],
    ['another archive', archiveOf([anEntry('a.txt', Buffer.from('a'))]), /no XLSX workbook/],
    [
      'a part under a password',
      archiveOf([anEntry('xl/workbook.xml', Buffer.from('x'), { flags: 1 })]),
      /password/,
    ],
    [
      'two parts of one name',
      archiveOf([
        anEntry('xl/workbook.xml', Buffer.from('a')),
        anEntry('xl/workbook.xml', Buffer.from('b')),
      ]),
      /damaged/,
    ],
    [
      'a workbook without a sheet',
      withPart(anEntry('x', Buffer.from('x'))),
      /no sheet that is shown/,
    ],
    [
      'a part that unpacks to more than it says',
      archiveOf([anEntry('xl/workbook.xml', Buffer.alloc(1_000, 32), { sizeBytes: 10 })]),
      /damaged/,
    ],
    [
      'a part with another checksum',
      archiveOf([anEntry('xl/workbook.xml', Buffer.from('<workbook/>'), { checksum: 1 })]),
      /damaged/,
    ],
    [
      'a bomb',
      archiveOf([anEntry('xl/workbook.xml', Buffer.alloc(17 * 1_048_576, 32))]),
      /unpack to more than 16 MB/,
    ],
    ['XML that is none', sheetOf('<worksheet><sheetData><row r="1">'), /no XML/],
    [
      'a document type with entities',
      sheetOf('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><worksheet>&b;</worksheet>'),
      /no XML/,
    ],
    ['a tag without end', sheetOf(`<worksheet ${'x'.repeat(5 * 1_048_576)}`), /no XML/],
    [
      'a text that is not there',
      aWorkbook('<row r="1"><c t="s"><v>7</v></c></row>'),
      /Row 1 refers/,
    ],
    ['columns far out', aWorkbook('<row r="1"><c r="ZZZ1"><v>7</v></c></row>'), /200 columns/],
    ['an empty first row', aWorkbook(textRow(2, ['a'])), /first row .* is empty/],
  ])('%s', async (_, bytes, sentence) => {
    const refusal = await read(bytes).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'TABLE_UNREADABLE' });
    expect((refusal as Error).message).toMatch(sentence);
  });
});

test('a cell of many megabytes keeps no more than tells that it is too long', async () => {
  const long = `<row r="2">${'<c t="inlineStr"><is>'}${'<r><t>ааааааааааааааааааааааааааааааааааааааааа</t></r>'.repeat(2_000)}</is></c></row>`;
  const { rows } = await read(aWorkbook(header + long));
  expect(rows[0]?.cells[0]?.length).toBe(40_000);
});
