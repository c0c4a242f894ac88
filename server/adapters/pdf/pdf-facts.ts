import { LetterError } from '../../letters/errors.ts';
import type { PrintedPdf } from './printed-pdf.ts';

/** Fonts that a letter may be set in: one family that has ң, ө and ү in every style. */
const ALLOWED_FONT = /^NotoSerif-(?:Regular|Bold|Italic|BoldItalic)$/;

/**
 * Checks the fonts of a file that Chromium printed and counts its pages.
 *
 * A missing font or glyph never shows in Chromium as an error: it silently mixes in another font,
 * or draws the glyph as a Type 3 font, and the text can no longer be relied on to be read or copied.
 *
 * @throws {LetterError} `FONT_MISSING` without Noto Serif, `FONT_LACKS_CHARACTERS` where something
 *   else was mixed in, `PRINT_FAILED` for a file without pages.
 */
export function checkPdfFacts({ text }: Pick<PrintedPdf, 'text'>): { pages: number } {
  const fonts = [...text.matchAll(/\/BaseFont \/(?:[A-Z]{6}\+)?([^\s/<>[\]()]+)/g)].map(
    (match) => match[1]!,
  );
  if (!fonts.some((name) => ALLOWED_FONT.test(name))) {
    throw new LetterError(
      'FONT_MISSING',
      'The font Noto Serif was not found, and no other is sure to have ң, ө and ү: install it (Debian package fonts-noto-core).',
    );
  }
  if (text.includes('/Subtype /Type3') || fonts.some((name) => !ALLOWED_FONT.test(name))) {
    throw new LetterError(
      'FONT_LACKS_CHARACTERS',
      'Some text has characters that the font Noto Serif lacks: write it in Kyrgyz, Russian or English letters without pictographs, or install the whole font (Debian package fonts-noto-core).',
    );
  }
  const pages = text.match(/\/Type \/Page\n/g)?.length ?? 0;
  if (pages === 0) {
    throw new LetterError('PRINT_FAILED', 'Chromium printed a file without pages: try it again.');
  }
  return { pages };
}
