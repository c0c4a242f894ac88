import { objectOf, type PrintedPdf, unexpectedForm } from './printed-pdf.ts';

/** The fonts of a page, by the names that its content calls them. */
const FONTS = /\/Font <<((?:\/F\d+ \d+ 0 R\s*)+)>>/g;
/** What a glyph or a run of glyphs is read as (ISO 32000-1, 9.10.3). */
const ONE_GLYPH = /^<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})>$/gm;
const GLYPHS = /^<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})>$/gm;
const HYPHEN = 0x2d;

/** A piece of a line as Chromium writes it: its font, its height on the page, its glyphs one by one. */
const PIECE = /BT\n\/(F\d+) [\d.]+ Tf\n(?:-?[\d.]+ ){5}(-?[\d.]+) Tm\n([\s\S]*?)ET\n/g;
/** The last glyph of a piece, if nothing says yet how it is read. */
const LAST_GLYPH = /<([0-9A-Fa-f]{4})> Tj\n$/;

/**
 * How a hyphen of the text itself is read at the end of a line: as U+2010. Readers take a U+002D there
 * for one that only divides a word, and leave it out.
 */
const REAL_HYPHEN = '/Span <</ActualText <FEFF2010>>> BDC\n';

/** The glyph of U+002D in each font that the pages name, in four hexadecimal digits. */
export type HyphenGlyphs = ReadonlyMap<string, string>;

/**
 * Which glyph of each font is the hyphen of the keyboard.
 *
 * @param unpacked - what the stream of an object holds.
 * @throws {LetterError} `PRINT_FAILED` for a font that does not say how it is read.
 */
export async function hyphenGlyphs(
  pdf: PrintedPdf,
  unpacked: (id: number) => Promise<string>,
): Promise<HyphenGlyphs> {
  const fonts = new Map<string, number>();
  for (const [, list] of pdf.text.matchAll(FONTS)) {
    for (const [, name, id] of list!.matchAll(/\/(F\d+) (\d+) 0 R/g)) fonts.set(name!, Number(id));
  }
  const found = await Promise.all(
    [...fonts].map(async ([name, id]) => {
      const read = /\/ToUnicode (\d+) 0 R/.exec(objectOf(pdf, id))?.[1];
      if (read === undefined) throw unexpectedForm();
      return [name, glyphOfHyphen(await unpacked(Number(read)))] as const;
    }),
  );
  return new Map(found.flatMap(([name, glyph]) => (glyph === null ? [] : [[name, glyph]])));
}

function glyphOfHyphen(readAs: string): string | null {
  const hex = (digits: string | undefined) => Number.parseInt(digits!, 16);
  for (const [, glyph, character] of readAs.matchAll(ONE_GLYPH)) {
    if (hex(character) === HYPHEN) return glyph!.toUpperCase();
  }
  for (const [, first, last, character] of readAs.matchAll(GLYPHS)) {
    const glyph = hex(first) + HYPHEN - hex(character);
    if (glyph >= hex(first) && glyph <= hex(last)) {
      return glyph.toString(16).toUpperCase().padStart(4, '0');
    }
  }
  return null;
}

/**
 * The content of a page in which every hyphen of the text that stands at the end of a line is read as
 * one that stays. Hyphens at which Chromium divided a word say already how they are read.
 */
export function keepLineHyphens(content: string, glyphs: HyphenGlyphs): string {
  const pieces = [...content.matchAll(PIECE)];
  let kept = '';
  let from = 0;
  for (const [i, piece] of pieces.entries()) {
    const [whole, font, height, shown] = piece;
    const last = LAST_GLYPH.exec(shown!);
    // What follows at the same height goes on with the line, in another font or behind a link.
    if (last === null || pieces[i + 1]?.[2] === height) continue;
    if (last[1]!.toUpperCase() !== glyphs.get(font!)) continue;
    // A hyphen that is all of its line, as in a cell for nothing, divides nothing: readers leave it as it is.
    const first = !shown!.slice(0, last.index).includes(' Tj\n');
    if (first && pieces[i - 1]?.[2] !== height) continue;
    const at = piece.index + whole.length - 'ET\n'.length;
    const glyph = at - `<${last[1]}> Tj\n`.length;
    kept += `${content.slice(from, glyph)}${REAL_HYPHEN}${content.slice(glyph, at)}EMC\n`;
    from = at;
  }
  return kept + content.slice(from);
}
