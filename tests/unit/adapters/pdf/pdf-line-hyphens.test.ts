import { describe, expect, test } from 'vitest';
import { hyphenGlyphs, keepLineHyphens } from '../../../../server/adapters/pdf/pdf-line-hyphens.ts';
import { printedPdf } from '../../../../server/adapters/pdf/printed-pdf.ts';
import { aPrintedPdf } from '../../../builders/printed-pdf.ts';

const glyphs = new Map([['F4', '0010']]);
const KEPT = '/Span <</ActualText <FEFF2010>>> BDC\n<0010> Tj\nEMC\n';

/** A piece of a line as Chromium writes it. */
const piece = (height: number, shown: string, font = 'F4') =>
  `BT\n/${font} 16 Tf\n1 0 0 -1 8 ${height} Tm\n${shown}ET\n`;

describe('a hyphen of the text', () => {
  test.each([
    [
      'before the next line',
      piece(47, '<01E8> Tj\n8.9 0 Td <0010> Tj\n') + piece(69, '<01B7> Tj\n'),
    ],
    [
      'before another part',
      `${piece(47, '<01E8> Tj\n8.9 0 Td <0010> Tj\n')}EMC\nQ\n/P <</MCID 3>>BDC\n${piece(69, '')}`,
    ],
    ['at the end of a page', piece(47, '<01E8> Tj\n8.9 0 Td <0010> Tj\n')],
    ['in a piece of its own', piece(47, '<01E8> Tj\n') + piece(47, '<0010> Tj\n')],
  ])('is read as one that stays %s', (_, content) => {
    const kept = keepLineHyphens(content, glyphs);
    expect(kept).toContain(KEPT);
    expect(kept.replace(KEPT, '<0010> Tj\n')).toBe(content);
  });

  test.each([
    ['that goes on in another font', piece(47, '<0010> Tj\n') + piece(47, '<01B7> Tj\n', 'F5')],
    ['inside a line', piece(47, '<0010> Tj\n8.9 0 Td <01E8> Tj\n')],
    ['that is another glyph', piece(47, '<0A59> Tj\n')],
    ['that is all of its line', piece(47, '<0010> Tj\n') + piece(69, '<01B7> Tj\n')],
    ['in a font that has none', piece(47, '<0010> Tj\n', 'F9')],
    [
      'that says already how it is read',
      piece(47, '/Span <</ActualText <FEFF002D>>> BDC\n<0010> Tj\nEMC\n'),
    ],
  ])('is left alone %s', (_, content) => {
    expect(keepLineHyphens(content, glyphs)).toBe(content);
  });
});

describe('the glyph of the hyphen', () => {
  const file = (readAs: string) =>
    printedPdf(
      aPrintedPdf([
        '<<>>',
        '<</Type /Catalog>>',
        '<</Font <</F4 4 0 R\n/F5 5 0 R>>>>',
        `<</Type /Font${readAs}>>`,
        '<</Type /Font\n/ToUnicode 6 0 R>>',
      ]),
    );
  const maps: Record<number, string> = {
    6: '1 beginbfchar\n<000A> <0041>\nendbfchar',
    7: '1 beginbfchar\n<0010> <002D>\nendbfchar',
    8: '1 beginbfrange\n<000F> <0015> <002C>\nendbfrange',
    9: '1 beginbfrange\n<00ff> <0104> <0029>\nendbfrange',
    10: '1 beginbfrange\n<0001> <0004> <0029>\n<0020> <0022> <002E>\nendbfrange',
  };
  const unpacked = async (id: number) => maps[id]!;

  test.each([
    [7, '0010'],
    [8, '0010'],
    [9, '0103'],
    [10, undefined],
  ])('is found in the map of object %i', async (id, glyph) => {
    const found = await hyphenGlyphs(file(`\n/ToUnicode ${id} 0 R`), unpacked);
    expect(found.get('F4')).toBe(glyph);
    expect(found.has('F5')).toBe(false);
  });

  test('is not guessed of a font that does not say how it is read', async () => {
    await expect(hyphenGlyphs(file(''), unpacked)).rejects.toMatchObject({ code: 'PRINT_FAILED' });
  });
});
