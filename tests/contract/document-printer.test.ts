import { afterAll, describe, expect, test } from 'vitest';
import { createChromiumPages } from '../../server/adapters/chromium/chromium-pages.ts';
import { createChromiumPrinter } from '../../server/adapters/chromium/chromium-printer.ts';
import { readConfig } from '../../server/config.ts';
import type { PrintedLayout } from '../../server/letters/ports.ts';
import { createHtmlPrinter } from '../fakes/html-printer.ts';

const pages = createChromiumPages(readConfig().chromiumPath);
afterAll(() => pages.close());

const html = (text: string) =>
  `<!doctype html><html lang="ky"><head><title>t</title></head><body style="font-family: 'Noto Serif'"><h1>${text}</h1></body></html>`;

describe.each([
  ['the fake', createHtmlPrinter()],
  ['Chromium', createChromiumPrinter({ pages })],
])('a printer of documents: %s', (_, printer) => {
  const print = (text: string, date: string) => printer.print({ html: html(text), date });

  test('gives the same bytes for the same document', async () => {
    const [first, second] = [
      await print('ң ө ү', '2026-04-24'),
      await print('ң ө ү', '2026-04-24'),
    ];
    expect(Buffer.compare(first.pdf, second.pdf)).toBe(0);
    expect(first.pages).toBe(1);
    expect(new TextDecoder('latin1').decode(first.pdf.subarray(0, 4))).toBe('%PDF');
  });

  test('gives other bytes for other words or another date', async () => {
    const base = await print('ң ө ү', '2026-04-24');
    for (const other of [await print('ң', '2026-04-24'), await print('ң ө ү', '2026-04-25')]) {
      expect(Buffer.compare(base.pdf, other.pdf)).not.toBe(0);
    }
  });

  test('hands out the layout first, and no file where it is not wanted', async () => {
    const document = {
      html: html('ң ө ү').replace('</body>', '<a id="x" href="#x">x</a></body>'),
      date: '2026-04-24',
    };
    const found: PrintedLayout[] = [];
    const wanted = async (answer: boolean) =>
      await printer.printWanted(document, (layout) => {
        found.push(layout);
        return answer;
      });
    expect(await wanted(false)).toBeNull();
    expect(await wanted(true)).toEqual(await printer.print(document));
    expect(found).toEqual([0, 1].map(() => ({ pages: 1, anchors: new Map([['x', 1]]) })));
  });

  test('prints several at once', async () => {
    const texts = ['1', '2', '3', '4'];
    const printed = await Promise.all(texts.map((text) => print(text, '2026-04-24')));
    expect(new Set(printed.map(({ pdf }) => Buffer.from(pdf).toString('base64'))).size).toBe(4);
  });
});
