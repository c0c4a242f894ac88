import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { archiveFaults } from '../../../../server/adapters/pdf/archive-faults.ts';
import { prepareForArchive } from '../../../../server/adapters/pdf/pdf-archive.ts';
import { fixPdfIdentity } from '../../../../server/adapters/pdf/pdf-identity.ts';
import { printedPdf } from '../../../../server/adapters/pdf/printed-pdf.ts';
import { SRGB_PROFILE } from '../../../../server/adapters/pdf/srgb-profile.ts';
import { aPrintedPdf, PRINTED_OBJECTS } from '../../../builders/printed-pdf.ts';

/** The small file, of which one object says something else. */
const changed = (from: string, to: string) => {
  const objects = PRINTED_OBJECTS.map((object) => object.replace(from, () => to));
  expect(objects).not.toEqual(PRINTED_OBJECTS);
  return printedPdf(aPrintedPdf(objects));
};
const prepared = (pdf: string) =>
  prepareForArchive(printedPdf(pdf), { date: '2026-04-24', part: 2 }).text;

describe('what keeps a file from being a candidate', () => {
  test('is nothing in one as Chromium prints it, whatever its streams hold', () => {
    expect(archiveFaults(printedPdf(aPrintedPdf(PRINTED_OBJECTS)))).toEqual([]);
  });

  test.each([
    ['a filter', '/Filter /FlateDecode', '/Filter /LZWDecode', '/LZWDecode'],
    ['an action', '/Dest /annex-1', '/A <</S /JavaScript\n/JS (x)>>', '/JS'],
    ['something done on opening', '/Lang (ru)', '/Lang (ru)\n/OpenAction 5 0 R', '/OpenAction'],
    ['a trigger', '/Lang (ru)', '/Lang (ru)\n/AA <<>>', '/AA'],
    ['a layer', '/Lang (ru)', '/Lang (ru)\n/OCProperties <<>>', '/OCProperties'],
    [
      'a file in the file',
      '/Lang (ru)',
      '/Lang (ru)\n/Names <</EmbeddedFiles 5 0 R>>',
      '/EmbeddedFiles',
    ],
    ['a transfer function', '/BM /Normal', '/TR /Identity', '/TR'],
    ['a way of mixing', '/BM /Normal', '/BM /Mystery', '/Mystery'],
    ['an unknown colour space', '/ca 1', '/ColorSpace /DeviceCMYK', '/DeviceCMYK'],
    [
      'another annotation',
      '/Subtype /Link',
      '/Subtype /Text',
      'an annotation that is no printed link',
    ],
    ['a link that is not printed', '/F 4', '/F 0', 'an annotation that is no printed link'],
    ['a font elsewhere', '\n/FontFile2 10 0 R', '', 'a font that is not embedded'],
    [
      'a font without its map',
      '/CIDToGIDMap /Identity\n',
      '',
      'a font without a map of its glyphs',
    ],
    ['a stream elsewhere', '/Filter /FlateDecode', '/F <<>>', 'a stream in another file'],
    ['half a byte', '/Lang (ru)', '/Lang <6>', 'a string of half a byte'],
    [
      'a long string',
      '/S /TR',
      `/S /TR\n/Alt (${'x'.repeat(32_768)})`,
      'a string that is too long',
    ],
    ['a long name', '/annex-1 [', `/${'x'.repeat(128)} [`, 'a name that is too long'],
  ])('is %s', (_, from, to, fault) => {
    expect(archiveFaults(changed(from, to))).toContain(fault);
  });

  test.each(['%PDF-2.0\n%Óëéá\n', '%PDF-1.4\n', '%PDF-1.4\n%abcd\n'])(
    'is the header %j',
    (header) => {
      const file = aPrintedPdf(PRINTED_OBJECTS, header);
      expect(archiveFaults(printedPdf(file))).toEqual(['the header']);
    },
  );
});

describe('a file that is prepared for archives', () => {
  test('has metadata that say what its document information says', () => {
    const text = prepared(aPrintedPdf(PRINTED_OBJECTS));
    expect(text).toContain('<rdf:li xml:lang="x-default">A (letter) &amp; more</rdf:li>');
    expect(text).toContain('<xmp:CreateDate>2026-04-24T00:00:00+00:00</xmp:CreateDate>');
    expect(text).toContain('<pdfaid:part>2</pdfaid:part>');
    const made = Buffer.from(fixPdfIdentity(printedPdf(text), '2026-04-24')).toString('latin1');
    expect(made).toContain("/CreationDate (D:20260424000000+00'00')");
    for (const [key, tag] of [
      ['Creator', 'xmp:CreatorTool'],
      ['Producer', 'pdf:Producer'],
    ] as const) {
      const [, said] = new RegExp(`/${key} \\((.*?)\\)`).exec(made)!;
      expect(made).toContain(`<${tag}>${said}</${tag}>`);
    }
  });

  test('is titled in other letters, too', () => {
    const title = '<FEFF04B0043D003C0069003E>';
    const objects = PRINTED_OBJECTS.map((one) => one.replace(/\(A .*more\)/, title));
    const bytes = Buffer.from(prepared(aPrintedPdf(objects)), 'latin1').toString('utf8');
    expect(bytes).toContain('<rdf:li xml:lang="x-default">Ұн&lt;i&gt;</rdf:li>');
  });

  test.each([
    ['with a fault', 'BM /Normal', 'BM /Multiply'],
    ['whose title XML cannot say', '(A \\(letter\\) & more)', '(A \\001)'],
  ])('does not name the standard %s', (_, from, to) => {
    const text = prepareForArchive(changed(from, to), { date: '2026-04-24', part: 2 }).text;
    expect(text).toContain('/OutputIntents [');
    expect(text).not.toContain('<pdfaid:');
  });

  test('finds every object where its table says', () => {
    const text = prepared(aPrintedPdf(PRINTED_OBJECTS));
    const count = PRINTED_OBJECTS.length + 2;
    const table = text.slice(Number(/startxref\n(\d+)/.exec(text)![1]));
    expect(table.startsWith(`xref\n0 ${count + 1}\n`)).toBe(true);
    expect(table).toContain(`/Size ${count + 1}\n`);
    const offsets = [...table.matchAll(/^(\d{10}) 00000 n $/gm)].map(([, at]) => Number(at));
    expect(offsets).toHaveLength(count);
    for (const [i, at] of offsets.entries()) {
      expect(text.startsWith(`${i + 1} 0 obj\n`, at)).toBe(true);
    }
  });

  test('has the profile of sRGB that sharp writes', async () => {
    const picture = sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } });
    const { icc } = await sharp(await picture.withIccProfile('srgb').png().toBuffer()).metadata();
    expect(Buffer.from(SRGB_PROFILE).equals(icc!)).toBe(true);
    // The profile's own identifier: ICC.1:2010, 7.2.18.
    const zeroed = Buffer.from(SRGB_PROFILE).fill(0, 44, 48).fill(0, 64, 68).fill(0, 84, 100);
    expect(createHash('md5').update(zeroed).digest('hex')).toBe(
      Buffer.from(SRGB_PROFILE.subarray(84, 100)).toString('hex'),
    );
  });

  test('is not made of one that has metadata already', () => {
    expect(() =>
      prepareForArchive(changed('/Lang (ru)', '/Metadata 5 0 R'), { date: '2026-04-24', part: 2 }),
    ).toThrowError(expect.objectContaining({ code: 'PRINT_FAILED' }));
  });
});
