import { describe, expect, test } from 'vitest';
import { checkPdfFacts } from '../../../../server/adapters/pdf/pdf-facts.ts';
import { fixPdfIdentity } from '../../../../server/adapters/pdf/pdf-identity.ts';
import { printedPdf } from '../../../../server/adapters/pdf/printed-pdf.ts';

const text = (pdf: Uint8Array) => Buffer.from(pdf).toString('latin1');
const fixed = (file: string) => text(fixPdfIdentity(printedPdf(file), '2026-04-24'));

/** A file as Chromium ends it, with a user agent full of brackets. */
function printed({ at = '20261123212648', agent = 'Mozilla/5.0 \\(X11\\) \\\\ Headless' } = {}) {
  return ended(`%PDF-1.4
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
`);
}

/** Objects with a table of where they begin. */
function ended(body: string, info = '/Info 1 0 R') {
  const at = (id: number) => `${String(body.indexOf(`${id} 0 obj`)).padStart(10, '0')} 00000 n `;
  return `${body}xref
0 3
0000000000 65535 f 
${at(1)}
${at(2)}
trailer
<</Size 3
/Root 2 0 R
${info}>>
startxref
${body.length}
%%EOF`;
}

describe('the identity of a printed file', () => {
  test('loses clock and machine without moving a byte before the trailer', () => {
    const made = fixed(printed());
    const at = printed().indexOf('\nxref\n');
    expect(made.indexOf('\nxref\n')).toBe(at);
    expect(made).toContain("/CreationDate (D:20260424000000+00'00')\n/ModDate");
    expect(made).toMatch(/\/Creator \(Dalil\) +\n\/Producer \(Chromium\) +\n/);
    expect(made).not.toMatch(/Mozilla|Skia/);
    expect(made).toMatch(/\/Info 1 0 R\n\/ID \[<([0-9A-F]{32})> <\1>\]>>\nstartxref\n\d+\n%%EOF$/);
    expect(made).toContain(`startxref\n${at + 1}\n`);
  });

  test('leaves what is no document information alone', () => {
    expect(fixed(printed())).toContain("2 0 obj\n<</CreationDate (D:20261123212648+00'00')>>");
  });

  test('is the same whenever it was printed', () => {
    const once = (at: string) =>
      ended(
        printed({ at })
          .replace(/2 0 obj\n.*/, '2 0 obj\n<<>>')
          .replace(/xref[\s\S]*/, ''),
      );
    expect(fixed(once('20270101000000'))).toBe(fixed(once('20261123212648')));
  });

  test.each([
    ['without information', printed().replace('/Info 1 0 R', '')],
    ['with information elsewhere', printed().replace('/Info 1 0 R', '/Info 9 0 R')],
    ['without a producer', printed().replace('/Producer', '/Produced')],
    ['with too little room', printed({ agent: 'x' })],
    ['whose table points elsewhere', printed().replace('%PDF-1.4', '%PDF-1.45')],
    ['without a table', printed().replace('xref\n0 3', 'xxxx\n0 3')],
    ['that is cut off', printed().slice(0, -20)],
    ['that is no PDF', 'hello'],
  ])('of a file %s is not guessed at', (_, file) => {
    expect(() => fixed(file)).toThrowError(expect.objectContaining({ code: 'PRINT_FAILED' }));
  });
});

describe('the fonts of a printed file', () => {
  const withFonts = (...names: string[]) => ({
    text: `/Type /Page\n${names.map((name) => `/BaseFont /${name}`).join('\n')}\n/Type /Page\n`,
  });

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
      { text: '/Type /Page\n/BaseFont /AAAAAA+NotoSerif-Bold\n/Subtype /Type3\n' },
    ],
    ['PRINT_FAILED', { text: '/BaseFont /AAAAAA+NotoSerif-Bold\n' }],
  ])('else it is %s', (code, file) => {
    expect(() => checkPdfFacts(file)).toThrowError(expect.objectContaining({ code }));
  });
});
