import { describe, expect, test } from 'vitest';
import { checkPdfFacts } from '../../../server/adapters/pdf-facts.ts';
import { fixPdfIdentity } from '../../../server/adapters/pdf-identity.ts';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const text = (pdf: Uint8Array) => Buffer.from(pdf).toString('latin1');

/** A file as Chromium ends it, with a user agent full of brackets. */
function printed({ at = '20261123212648', agent = 'Mozilla/5.0 \\(X11\\) \\\\ Headless' } = {}) {
  return `%PDF-1.4
1 0 obj
<</Title <FEFF0410>
/Creator (${agent})
/Producer (Skia/PDF m156)
/CreationDate (D:${at}+00'00')
/ModDate (D:${at}+00'00')>>
endobj
2 0 obj
<</CreationDate (D:${at}+00'00')>>
endobj
xref
trailer
<</Size 3
/Root 2 0 R
/Info 1 0 R>>
startxref
300
%%EOF`;
}

describe('the identity of a printed file', () => {
  test('loses clock and machine without moving a byte before the trailer', () => {
    const fixed = text(fixPdfIdentity(bytes(printed()), '2026-04-24'));
    expect(fixed.indexOf('\nxref\n')).toBe(printed().indexOf('\nxref\n'));
    expect(fixed).toContain("/CreationDate (D:20260424000000+00'00')\n/ModDate");
    expect(fixed).toMatch(/\/Creator \(Dalil\) +\n\/Producer \(Chromium\) +\n/);
    expect(fixed).not.toMatch(/Mozilla|Skia/);
    expect(fixed).toMatch(/\/Info 1 0 R\n\/ID \[<([0-9A-F]{32})> <\1>\]>>\nstartxref\n300\n%%EOF$/);
  });

  test('leaves what is no document information alone', () => {
    const fixed = text(fixPdfIdentity(bytes(printed()), '2026-04-24'));
    expect(fixed).toContain("2 0 obj\n<</CreationDate (D:20261123212648+00'00')>>");
  });

  test('is the same whenever it was printed', () => {
    const once = printed().replace(/2 0 obj\n.*/, '2 0 obj\n<<>>');
    const later = once.replaceAll('20261123212648', '20270101000000');
    expect(fixPdfIdentity(bytes(later), '2026-04-24')).toEqual(
      fixPdfIdentity(bytes(once), '2026-04-24'),
    );
  });

  test.each([
    ['without information', printed().replace('/Info 1 0 R', '')],
    ['with information elsewhere', printed().replace('/Info 1 0 R', '/Info 9 0 R')],
    ['without a producer', printed().replace(/\/Producer .*\n/, '')],
    ['with too little room', printed({ agent: 'x' })],
    ['that is no PDF', 'hello'],
  ])('of a file %s is not guessed at', (_, file) => {
    expect(() => fixPdfIdentity(bytes(file), '2026-04-24')).toThrowError(
      expect.objectContaining({ code: 'PRINT_FAILED' }),
    );
  });
});

describe('the fonts of a printed file', () => {
  const withFonts = (...names: string[]) =>
    bytes(`/Type /Page\n${names.map((name) => `/BaseFont /${name}`).join('\n')}\n/Type /Page\n`);

  test('may be Noto Serif in its styles', () => {
    expect(checkPdfFacts(withFonts('AAAAAA+NotoSerif-Regular', 'BAAAAA+NotoSerif-Bold'))).toEqual({
      pages: 2,
    });
  });

  test.each([
    ['FONT_MISSING', withFonts('AAAAAA+LiberationSerif')],
    ['FONT_MISSING', withFonts()],
    ['FONT_LACKS_CHARACTERS', withFonts('AAAAAA+NotoSerif-Regular', 'BAAAAA+DejaVuSans')],
    ['FONT_LACKS_CHARACTERS', withFonts('AAAAAA+NotoSerif-Regular', 'BAAAAA+NotoSerifArmenian')],
    [
      'FONT_LACKS_CHARACTERS',
      bytes('/Type /Page\n/BaseFont /AAAAAA+NotoSerif-Bold\n/Subtype /Type3\n'),
    ],
    ['PRINT_FAILED', bytes('/BaseFont /AAAAAA+NotoSerif-Bold\n')],
  ])('else it is %s', (code, file) => {
    expect(() => checkPdfFacts(file)).toThrowError(expect.objectContaining({ code }));
  });
});
