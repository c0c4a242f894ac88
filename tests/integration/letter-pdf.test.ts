import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type ChromiumPages,
  createChromiumPages,
} from '../../server/adapters/chromium/chromium-pages.ts';
import {
  createChromiumPrinter,
  PRINT_OPTIONS,
} from '../../server/adapters/chromium/chromium-printer.ts';
import { loadPdfTemplates } from '../../server/adapters/pdf/pdf-templates.ts';
import { readConfig } from '../../server/config.ts';
import type { LetterModel } from '../../server/letters/letter-model.ts';
import type { DocumentPrinter, LetterTemplates } from '../../server/letters/ports.ts';
import { previewLetter } from '../../server/letters/preview-letter.ts';
import { createRenderInventory } from '../../server/letters/render-inventory.ts';
import { createRenderLetter, type RenderLetter } from '../../server/letters/render-letter.ts';
import { LANGUAGES, type Language } from '../../server/letters/writing/language.ts';
import { aLetter, everywhere, TEMPLATES_FOLDER } from '../builders/letter.ts';

// Judged by tools of other hands: poppler and qpdf.

/** The letter with its annexes, the letter alone, and the inventory of the disc. */
const KINDS = ['complaint', 'alone', 'inventory'] as const;
const folder = mkdtempSync(path.join(tmpdir(), 'dalil-letters-'));
const fileOf = (kind: string, lang: string) => path.join(folder, `${kind}.${lang}.pdf`);
const tool = (name: string, ...args: string[]) =>
  execFileSync(name, args, { encoding: 'utf8', env: { PATH: process.env.PATH, TZ: 'UTC' } });

let pages: ChromiumPages;
let templates: LetterTemplates;
/** Remembers the sheets of what it printed, so that printing again takes one pass. */
let renderLetter: RenderLetter;
const promisedPages = new Map<string, number>();

const withoutAnnexes = () =>
  aLetter((letter) => {
    letter.annexes = [];
  });

/** Printed once, before its sheets are counted: its layout is that of the finished letter. */
async function printedOnce(model: LetterModel, lang: Language, file: string) {
  const { html } = previewLetter(model, lang, templates);
  const printer = createChromiumPrinter({ pages });
  writeFileSync(file, (await printer.print({ html, date: model.outgoing.date })).pdf);
}

async function renderAll(into: (kind: string, lang: Language, pdf: Uint8Array) => void) {
  const printer = createChromiumPrinter({ pages });
  const renderInventory = createRenderInventory({ printer, templates });
  await Promise.all(
    LANGUAGES.flatMap((lang) =>
      KINDS.map(async (kind) => {
        const rendered = await {
          complaint: () => renderLetter(aLetter(), lang),
          alone: () => renderLetter(withoutAnnexes(), lang),
          inventory: () => renderInventory(aLetter(), aLetter().annexes[4]!.files, lang),
        }[kind]();
        promisedPages.set(fileOf(kind, lang), rendered.pages);
        into(kind, lang, rendered.pdf);
      }),
    ),
  );
}

beforeAll(async () => {
  templates = await loadPdfTemplates(TEMPLATES_FOLDER);
  pages = createChromiumPages(readConfig().chromiumPath);
  // The pages of now: a test starts another Chromium.
  const printer: DocumentPrinter = {
    print: (document) => createChromiumPrinter({ pages }).print(document),
    printWanted: (document, isWanted) =>
      createChromiumPrinter({ pages }).printWanted(document, isWanted),
  };
  renderLetter = createRenderLetter({ printer, templates });
  await renderAll((kind, lang, pdf) => writeFileSync(fileOf(kind, lang), pdf));
});
afterAll(async () => {
  await pages.close();
  rmSync(folder, { recursive: true });
});

/** What qpdf reads in a file: each object, and of a stream its bytes, unpacked. */
interface ReadObject {
  readonly value?: unknown;
  readonly stream?: { readonly data: string; readonly dict: Record<string, unknown> };
}

function objectsIn(file: string): Record<string, ReadObject> {
  const args = ['--json-output', '--json-stream-data=inline', '--decode-level=all', file, '-'];
  const json = execFileSync('qpdf', args, { maxBuffer: 2 ** 27, encoding: 'utf8' });
  return (JSON.parse(json) as { qpdf: [unknown, Record<string, ReadObject>] }).qpdf[1];
}

/** Operators of PDF 1.4 in grey and RGB, and none that opens another colour space or a shading. */
const DRAWN_WITH = new Set(
  'q Q cm w J j M d gs m l c v y h re S s f f* B B* b b* n W W* BT ET Td TD Tm T* Tf Tj TJ Tc Tw Tz TL Tr Ts g G rg RG Do BDC BMC EMC'.split(
    ' ',
  ),
);

/** Widths of a font program in thousandths of its square, by glyph (OpenType: head, hhea, hmtx). */
function programWidths(program: Buffer): (glyph: number) => number {
  const tables = new Map(
    Array.from({ length: program.readUInt16BE(4) }, (_, i) => {
      const at = 12 + 16 * i;
      return [program.toString('latin1', at, at + 4), program.readUInt32BE(at + 8)];
    }),
  );
  const square = program.readUInt16BE(tables.get('head')! + 18);
  const measured = program.readUInt16BE(tables.get('hhea')! + 34);
  const metrics = tables.get('hmtx')!;
  return (glyph) =>
    (program.readUInt16BE(metrics + 4 * Math.min(glyph, measured - 1)) * 1_000) / square;
}

/** Widths as the file says them (ISO 32000-1, 9.7.4.3). */
function saidWidths(font: Record<string, unknown>): (glyph: number) => number {
  const found = new Map<number, number>();
  const list = [...(font['/W'] as (number | number[])[])];
  while (list.length > 0) {
    const first = list.shift() as number;
    const next = list.shift()!;
    if (Array.isArray(next)) for (const [i, width] of next.entries()) found.set(first + i, width);
    else {
      const width = list.shift() as number;
      for (let glyph = first; glyph <= next; glyph++) found.set(glyph, width);
    }
  }
  return (glyph) => found.get(glyph) ?? (font['/DW'] as number);
}

test('files are attached where they are asked for: whole, and as PDF/A-3b wants them', async () => {
  const attachments = [
    {
      path: 'data/statistics/months.csv',
      mediaType: 'text/csv',
      bytes: Buffer.from('айы;саны\r\n'),
    },
    {
      path: 'data/cases/C-01.json',
      mediaType: 'application/json',
      bytes: Buffer.from('{"(": ")\\"}'),
    },
  ] as const;
  const file = path.join(folder, 'attached.pdf');
  const letter = aLetter((model) => Object.assign(model, { attached: true }));
  const { pdf } = await renderLetter(letter, 'ru', { attachments });
  writeFileSync(file, pdf);
  expect(tool('pdftotext', file, '-').replaceAll(/\s+/g, ' ')).toContain(
    'Файлы случаев и таблиц вложены и в файл PDF этого письма',
  );
  expect(tool('pdfdetach', '-list', file)).toMatch(
    /^2 embedded files\n1: C-01\.json\n2: months\.csv/,
  );
  for (const [i, { bytes }] of [...attachments].reverse().entries()) {
    const saved = path.join(folder, 'saved');
    tool('pdfdetach', '-save', String(i + 1), '-o', saved, file);
    expect(readFileSync(saved)).toEqual(bytes);
  }
  expect(tool('qpdf', '--check', file)).toMatch(/No syntax or stream encoding errors/);
  const tags = tool('exiftool', '-a', '-G1', '-s', file);
  expect(tags).toMatch(/^\[XMP-pdfaid\] +Part +: 3$/m);
  expect(tags).toMatch(/^\[XMP-pdfaid\] +Conformance +: B$/m);
  const objects = Object.values(objectsIn(file));
  const catalog = objects.find(({ value }) => isOfType(value, '/Catalog'))!.value as {
    '/AF': string[];
  };
  expect(catalog['/AF']).toHaveLength(2);
  const embedded = objects.filter(({ stream }) => stream?.dict['/Type'] === '/EmbeddedFile');
  expect(embedded.map(({ stream }) => stream!.dict['/Subtype']).sort()).toEqual([
    '/application/json',
    '/text/csv',
  ]);
  for (const { value } of objects.filter(({ value }) => isOfType(value, '/Filespec'))) {
    expect(value).toMatchObject({
      '/AFRelationship': '/Data',
      '/EF': { '/F': expect.any(String) },
    });
  }
  expect((await renderLetter(letter, 'ru', { attachments })).pdf).toEqual(pdf);
});

const isOfType = (value: unknown, type: string) =>
  (value as Record<string, unknown> | undefined)?.['/Type'] === type;

describe.each(LANGUAGES)('documents in %s', (lang) => {
  test.each(KINDS)('%s is a candidate for PDF/A-2b, by what other hands read in it', (kind) => {
    const file = fileOf(kind, lang);
    const [said] = JSON.parse(tool('exiftool', '-j', '-a', '-G1', file)) as [
      Record<string, unknown>,
    ];
    expect(said).toMatchObject({ 'XMP-pdfaid:Part': 2, 'XMP-pdfaid:Conformance': 'B' });
    for (const [key, inXmp] of [
      ['Title', 'XMP-dc:Title'],
      ['Creator', 'XMP-xmp:CreatorTool'],
      ['Producer', 'XMP-pdf:Producer'],
      ['CreateDate', 'XMP-xmp:CreateDate'],
      ['ModifyDate', 'XMP-xmp:ModifyDate'],
    ]) {
      expect(said[inXmp!]).toBe(said[`PDF:${key}`]);
    }
    const objects = objectsIn(file);
    const at = (reference: unknown) => objects[`obj:${reference}`]!;
    const trailer = objects.trailer!.value as Record<string, unknown>;
    const catalog = at(trailer['/Root']).value as Record<string, unknown>;
    const [intent] = catalog['/OutputIntents'] as [Record<string, unknown>];
    expect(intent['/S']).toBe('/GTS_PDFA1');
    expect(at(intent['/DestOutputProfile']).stream!.dict['/N']).toBe(3);
    expect(at(catalog['/Metadata']).stream!.dict).not.toHaveProperty('/Filter');
    expect(trailer['/ID']).toHaveLength(2);
    expect(trailer).not.toHaveProperty('/Encrypt');
    const bytes = readFileSync(file, 'latin1');
    expect(bytes).toMatch(/^%PDF-1\.4\n%[\u0080-\u00ff]{4}/);
    expect(bytes.endsWith('%%EOF')).toBe(true);
  });

  test.each(KINDS)('%s draws in grey and RGB, with glyphs as wide as it says', (kind) => {
    const objects = objectsIn(fileOf(kind, lang));
    const at = (reference: unknown) => objects[`obj:${reference}`]!;
    const entriesOf = (one: ReadObject) => (one.value ?? one.stream?.dict) as typeof one.value;
    const dictionaries = Object.values(objects).map(entriesOf) as Record<string, unknown>[];
    const pages = dictionaries.filter((one) => one?.['/Type'] === '/Page');
    expect(pages).toHaveLength(promisedPages.get(fileOf(kind, lang))!);
    const shown = new Map<string, Set<number>>();
    const operators = new Set<string>();
    for (const page of pages) {
      const content = Buffer.from(at(page['/Contents']).stream!.data, 'base64').toString('latin1');
      const { '/Font': fonts } = page['/Resources'] as Record<string, Record<string, string>>;
      let [depth, deepest, font] = [0, 0, ''];
      const plain = content.replace(/\((?:[^\\()]|\\[\s\S])*\)/g, '()');
      for (const [, name, glyphs, operator] of plain.matchAll(
        /(\/[^\s/<>[\]()]+)|<([0-9A-F]+)> Tj|<[0-9A-Fa-f]*>|([A-Za-z*'"]+)|[^\s]/g,
      )) {
        if (fonts?.[name!] !== undefined) font = fonts[name!]!;
        if (operator !== undefined) operators.add(operator);
        depth += operator === 'q' ? 1 : operator === 'Q' ? -1 : 0;
        deepest = Math.max(deepest, depth);
        for (const [glyph] of glyphs?.matchAll(/.{4}/g) ?? []) {
          if (!shown.has(font)) shown.set(font, new Set());
          shown.get(font)!.add(Number.parseInt(glyph, 16));
        }
      }
      expect(depth).toBe(0);
      expect(deepest).toBeLessThanOrEqual(28);
    }
    expect([...operators].filter((one) => !DRAWN_WITH.has(one))).toEqual([]);
    expect(shown.size).toBeGreaterThan(1);
    for (const [reference, glyphs] of shown) {
      const { '/DescendantFonts': fonts } = at(reference).value as Record<string, [string]>;
      const font = at(fonts![0]).value as Record<string, unknown>;
      const descriptor = at(font['/FontDescriptor']).value as Record<string, unknown>;
      const program = Buffer.from(at(descriptor['/FontFile2']).stream!.data, 'base64');
      const [inProgram, said] = [programWidths(program), saidWidths(font)];
      // No glyph that stands for a missing one.
      expect(glyphs).not.toContain(0);
      const differences = [...glyphs].map((glyph) => Math.abs(inProgram(glyph) - said(glyph)));
      expect(Math.max(...differences)).toBeLessThanOrEqual(1);
    }
  });

  test.each(KINDS)('%s is sound, tagged, titled, and tells nothing of the machine', (kind) => {
    const file = fileOf(kind, lang);
    expect(tool('qpdf', '--check', file)).toContain('No syntax or stream encoding errors found');
    const info = tool('pdfinfo', '-isodates', file);
    expect(info).toMatch(/^Tagged: +yes$/m);
    expect(info).toMatch(/^Title: +\S.*01-14\/27/m);
    expect(info).toMatch(/^Creator: +Dalil$/m);
    expect(info).toMatch(/^Producer: +Chromium$/m);
    expect(info).toMatch(/^CreationDate: +2026-04-24T00:00:00Z$/m);
    expect(info).toMatch(/^ModDate: +2026-04-24T00:00:00Z$/m);
    expect(info).toMatch(/^JavaScript: +no$/m);
    expect(info).toMatch(/^Page size: +594\.96 x 841\.92 pts \(A4\)$/m);
    expect(info).toContain(`Pages:           ${promisedPages.get(file)}\n`);
    expect(readFileSync(file, 'latin1')).toContain(`/Lang (${lang})`);
    expect(readFileSync(file, 'latin1')).not.toMatch(/Mozilla|Headless|Skia/);
  });

  test.each(KINDS)('%s embeds Noto Serif and nothing else', (kind) => {
    const [, , ...rows] = tool('pdffonts', fileOf(kind, lang)).trim().split('\n');
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) {
      expect(row).toMatch(
        /^[A-Z]{6}\+NotoSerif-(Regular|Bold|Italic) +CID TrueType +Identity-H +yes yes yes /,
      );
    }
  });

  test.each(KINDS)('%s keeps its margins and numbers and marks every page', (kind) => {
    const file = fileOf(kind, lang);
    const count = promisedPages.get(file)!;
    const bounds = tool('pdftotext', '-bbox', file, '-').split('<page ').slice(1);
    const texts = tool('pdftotext', '-layout', file, '-').split('\f');
    expect(bounds).toHaveLength(count);
    for (let page = 1; page <= count; page++) {
      const words = [
        ...bounds[page - 1]!.matchAll(/xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)"/g),
      ];
      const body = words.filter((word) => Number(word[2]) > 57 && Number(word[2]) < 780);
      const mm = (points: number) => (points / 72) * 25.4;
      expect(mm(Math.max(...body.map((word) => Number(word[3]))))).toBeLessThan(210 - 15 + 0.5);
      expect(mm(Math.min(...body.map((word) => Number(word[1]))))).toBeGreaterThan(30 - 0.5);
      const text = texts[page - 1]!;
      expect(text).toContain('ҮЛГҮ / ОБРАЗЕЦ / SAMPLE');
      const numbered = {
        ky: `${page}-барак, бардыгы ${count}`,
        ru: `Лист ${page} из ${count}`,
        en: `Sheet ${page} of ${count}`,
      };
      expect(text).toContain(numbered[lang]);
    }
  });
});

test('Kyrgyz letters can be read back, whole and in one order', () => {
  const text = tool('pdftotext', '-raw', fileOf('complaint', 'ky'), '-').replaceAll('\u00a0', ' ');
  expect(text.normalize('NFC')).toBe(text);
  for (const word of ['бөлүмгө', 'ң', 'күбөлөндүрүшү', 'өзүнөн өзү', 'жөнүндө']) {
    expect(text).toContain(word);
  }
});

test('Russian is hyphenated where lines break and nowhere else', () => {
  const lines = tool('pdftotext', '-raw', fileOf('complaint', 'ru'), '-');
  expect(lines).not.toMatch(/[\u00ad\u2010]/);
  expect(lines).toMatch(/[а-яё]{2}-\n[а-яё]{3}/);
  const kyrgyz = tool('pdftotext', '-raw', fileOf('complaint', 'ky'), '-');
  expect(kyrgyz).not.toMatch(/[\u00ad\u2010]/);
});

test('a word that is divided at the end of a line is found and copied whole', async () => {
  const word = 'переосвидетельствование';
  const divided =
    '<html lang="ru"><style>p{font-family:"Noto Serif";width:30mm}</style><p>перео\u00adсвиде\u00adтель\u00adство\u00adвание и далее';
  const file = path.join(folder, 'divided.pdf');
  const asPrinted = path.join(folder, 'as-printed.pdf');
  const printer = createChromiumPrinter({ pages });
  writeFileSync(file, (await printer.print({ html: divided, date: '2026-06-01' })).pdf);
  const printed = await pages.withPage(async (page) => {
    await page.setContent(divided);
    return await page.pdf(PRINT_OPTIONS);
  });
  writeFileSync(asPrinted, printed);
  expect(tool('pdftotext', file, '-')).toContain(word);
  expect(tool('pdftotext', asPrinted, '-')).not.toContain(word);
  const picture = (pdf: string) => execFileSync('pdftoppm', ['-r', '60', '-gray', pdf]);
  expect(picture(file).equals(picture(asPrinted))).toBe(true);
});

test('a hyphen of the text stays at the end of a line, and one that divides a word goes', async () => {
  const html =
    '<html lang="ru"><style>p{font-family:"Noto Serif";width:52mm}</style><p>Подписала <b>Константинопольская-Образцова</b>, и далее перео\u00adсвиде\u00adтель\u00adство\u00adвание-повторное. Северо-<i>Западного</i>';
  const file = path.join(folder, 'hyphens.pdf');
  const printer = createChromiumPrinter({ pages });
  writeFileSync(file, (await printer.print({ html, date: '2026-06-01' })).pdf);
  expect(tool('qpdf', '--check', file)).toContain('No syntax or stream encoding errors found');
  const text = tool('pdftotext', file, '-');
  expect(text).toMatch(/Константинопольская\u2010\nОбразцова/);
  expect(text.replace(/\s+/g, ' ')).toContain(
    'переосвидетельствование-повторное. Северо-Западного',
  );
});

test('letters that were typed with marks are printed composed, and found', async () => {
  const said = 'Киргизско\u0301и\u0301\u0306 ста\u0301нциеи\u0306\u0301 е\u0301\u0308лка, Béla';
  const model = aLetter((letter) => {
    letter.annexes = [];
    letter.demands = [{ text: everywhere(said) }];
  });
  const file = path.join(folder, 'marks.pdf');
  await printedOnce(model, 'ru', file);
  expect(tool('pdftotext', file, '-').replace(/\s+/g, ' ')).toContain(
    'Киргизской станцией ёлка, Béla',
  );
});

test('numbers and ranges stay whole at the end of a line, and nothing joins them in the text', () => {
  for (const lang of LANGUAGES) {
    const text = tool('pdftotext', '-raw', fileOf('complaint', lang), '-');
    expect(text).not.toMatch(/[\u2060\u200b\ufeff\u2011]/);
    expect(text).not.toMatch(/\p{N}[-–/]\n|\p{L}-\n\p{N}/u);
    expect(text).toMatch(/\d–\d/);
  }
});

test('a word of 300 letters in every field is broken, and shrinks nothing', async () => {
  const long = everywhere('Щ'.repeat(300));
  const model = aLetter((letter) => {
    letter.sender = { name: long, address: long, registration: long, contacts: ['x'.repeat(120)] };
    letter.addressee = { office: long, dative: long, salutation: long, address: long };
    letter.outgoing.number = '0'.repeat(60);
    letter.subject = long;
    letter.signatory = { office: long, name: long };
    letter.executor = { name: long, contact: 'y'.repeat(120) };
    letter.presence!.place = long;
    for (const one of letter.presence!.intervals) one.kindLabel = long;
    for (const one of letter.narratives) one.text = everywhere('Ж'.repeat(6_000));
    for (const one of letter.annexes) one.title = long;
    for (const row of [...letter.pattern, ...letter.tables[0]!.rows]) row.label = long;
    letter.tables[0]!.title = long;
  });
  const file = path.join(folder, 'long.pdf');
  await printedOnce(model, 'ru', file);
  const boundsOf = (name: string) => tool('pdftotext', '-bbox', name, '-');
  const bounds = boundsOf(file);
  const rights = [...bounds.matchAll(/xMax="([\d.]+)"/g)].map(([, right]) => Number(right));
  expect((Math.max(...rights) / 72) * 25.4).toBeLessThan(210 - 15 + 0.5);
  // The columns of numbers are there, and the letters are as large as ever.
  expect(bounds.match(/>487</g)).toHaveLength(3);
  const heightOf = (text: string) => {
    const [, top, bottom] = /yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">Просьбы</.exec(text)!;
    return Number(bottom) - Number(top);
  };
  expect(heightOf(bounds)).toBeCloseTo(heightOf(boundsOf(fileOf('complaint', 'ru'))), 2);
});

test('the log of presence never leaves a day or two alone on its last sheet', async () => {
  const file = path.join(folder, 'log.pdf');
  const sheets = new Set<number>();
  // A sheet holds about 35 rows: of 22 days some have two.
  for (const twice of [11, 13, 15]) {
    const model = withoutAnnexes();
    model.annexes = aLetter().annexes.filter(({ role }) => role === 'presence');
    model.annexes[0]!.number = 1;
    const dates = Array.from({ length: 22 }, (_, i) => `2026-01-${String(i + 1).padStart(2, '0')}`);
    model.presence!.recordedDays = 22;
    model.presence!.reviewed = dates.map((date) => ({ date, from: '08:00', to: '09:00' }));
    const seen = { from: '08:10', to: '08:20', kindLabel: everywhere('Car') };
    model.presence!.intervals = dates.flatMap((date, i) => [
      { ...seen, date },
      ...(i < twice ? [{ ...seen, date, from: '08:30', to: '08:40' }] : []),
    ]);
    await printedOnce(model, 'en', file);
    const rows = pagesOf(file)
      .map((text) => text.match(/10 min Car/g)?.length ?? 0)
      .filter((count) => count > 0);
    sheets.add(rows.length);
    expect(rows.reduce((sum, count) => sum + count)).toBe(22 + twice);
    expect(Math.min(...rows)).toBeGreaterThan(2);
  }
  expect(sheets).toEqual(new Set([1, 2]));
});

test('a chart that goes to the next sheet takes its heading and legend along', async () => {
  const model = aLetter((letter) => {
    letter.presence!.place = everywhere('участок '.repeat(37).trim());
    letter.annexes = letter.annexes.slice(0, 2);
  });
  const file = path.join(folder, 'late-chart.pdf');
  await printedOnce(model, 'ru', file);
  const sheets = pagesOf(file).filter((sheet) => sheet.includes('Просмотренное время по дням'));
  expect(sheets).toHaveLength(1);
  expect(sheets[0]).toContain('автомобиль виден');
  expect(sheets[0]).toMatch(/08:00 08:30/);
});

test('a long name of who signs is broken at its hyphen, below the initials', async () => {
  const model = aLetter((letter) => {
    letter.signatory.name = everywhere('А.-М. К. Константинопольская-Образцова');
    letter.annexes = [];
  });
  const file = path.join(folder, 'long-name.pdf');
  await printedOnce(model, 'ru', file);
  const lines = tool('pdftotext', '-layout', file, '-');
  expect(lines).toMatch(/А\.-М\. К\.\n/);
  expect(lines).toMatch(/Константинопольская\u2010\n/);
});

test('points of one sentence have a bracket, rows begin with a capital, and a map is whole', async () => {
  const model = aLetter((letter) => {
    letter.tables[0]!.rows[0]!.label = everywhere('первый квартал 2020 года');
    letter.tables[0]!.chart = true;
    const row = (code: string, count: number) => ({ code, label: everywhere(code), count });
    letter.tables.push({
      title: everywhere('по областям'),
      base: 668,
      rows: [row('bishkek', 411), row('chuy', 122), row('other', 133)],
      map: true,
    });
    letter.annexes = letter.annexes.slice(0, 1);
  });
  const file = path.join(folder, 'points.pdf');
  await printedOnce(model, 'ru', file);
  const text = tool('pdftotext', '-layout', file, '-');
  expect(text).toMatch(/^ *1\) +провести служебную проверку/m);
  expect(text).not.toMatch(/\d\. +провести/);
  expect(text).not.toContain('первый квартал');
  expect(text.match(/Первый квартал 2020/g)).toHaveLength(2);
  // The map stands on one sheet with what explains it.
  const sheet = pagesOf(file).filter((one) => one.includes('Те же числа на карте'));
  expect(sheet).toHaveLength(1);
  for (const part of [
    'г. Бишкек: 411',
    'Чуйская',
    'Нарынская',
    'отдельно не указано',
    'точками: 133',
  ]) {
    expect(sheet[0]).toContain(part);
  }
});

test('headings, lists and tables are tagged as what they are', () => {
  const structure = tool('pdfinfo', '-struct', fileOf('complaint', 'ru'));
  for (const tag of ['H1', 'H2', 'P', 'L', 'LI', 'Table', 'TH', 'TD', 'Caption']) {
    expect(structure).toMatch(new RegExp(`^ *${tag}\\b`, 'm'));
  }
  expect(structure).toMatch(/Figure/);
  expect(tool('pdfinfo', '-struct-text', fileOf('alone', 'ru'))).not.toContain('ОБРАЗЕЦ / SAMPLE');
});

test('no page ends with a heading', () => {
  for (const lang of LANGUAGES) {
    const headings = [...templates.clauseLibrary.clauses.values()]
      .filter(({ role }) => role === 'heading')
      .map(({ text }) => text![lang])
      .concat(templates.messages[lang]('letter.annexes.heading'));
    const box = ['-x', '85', '-y', '60', '-W', '470', '-H', '720'];
    const text = tool('pdftotext', '-raw', ...box, fileOf('complaint', lang), '-');
    for (const page of text.split('\f').slice(0, -1)) {
      const lines = page.split('\n').filter((line) => line.trim().length > 3);
      expect(headings).not.toContain(lines.at(-1)!.trim());
    }
  }
});

test('other launches in another time zone give the same bytes', async () => {
  const before = process.env.TZ;
  await pages.close();
  pages = createChromiumPages(readConfig().chromiumPath);
  process.env.TZ = 'Pacific/Kiritimati';
  try {
    await renderAll((kind, lang, pdf) => {
      const again = `${fileOf(kind, lang)}.again`;
      writeFileSync(again, pdf);
    });
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
  const sums = (end: string) =>
    LANGUAGES.flatMap((lang) => KINDS.map((kind) => `${fileOf(kind, lang)}${end}`)).map(
      (file) => tool('sha256sum', file).split(' ')[0],
    );
  expect(sums('.again')).toEqual(sums(''));
});

test('the identifier of a file follows its content', () => {
  const ids = LANGUAGES.map(
    (lang) =>
      /\/ID \[<([0-9A-F]{32})> <\1>\]/.exec(readFileSync(fileOf('complaint', lang), 'latin1'))![1],
  );
  expect(new Set(ids).size).toBe(3);
});

/** Words of each page, in the order they are read. */
function pagesOf(file: string): string[] {
  return tool('pdftotext', file, '-')
    .replaceAll('\u00a0', ' ')
    .split('\f')
    .slice(0, -1)
    .map((page) => page.replace(/\s+/g, ' '));
}

const SHEETS = {
  ky: {
    item: /(\d+) барак, 1 нускада \(([\d–]+)-барак\)/g,
    total: /Тиркеме: (\d+) барак, 1 нускада\. Кат менен бирге баары — (\d+) барак/,
    reference: /(\d)-тиркеме, ([\d–]+)-барак/g,
    heading: (annex: number) => `№ ${annex} тиркеме. `,
  },
  ru: {
    item: /на (\d+) л\. в 1 экз\. \(л\. ([\d–]+)\)/g,
    total: /Приложение: на (\d+) л\. в 1 экз\. Всего с письмом — (\d+) л\./,
    reference: /Прил\. (\d), л\. ([\d–]+)/g,
    heading: (annex: number) => `Приложение № ${annex}. `,
  },
  en: {
    item: /(\d+) sheets?, 1 copy \(sheets? ([\d–]+)\)/g,
    total: /Annexes: (\d+) sheets, 1 copy\. With the letter (\d+) sheets in all/,
    reference: /Annex (\d), sheets? ([\d–]+)/g,
    heading: (annex: number) => `Annex ${annex}. `,
  },
} as const;

describe.each(LANGUAGES)('sheets in %s', (lang) => {
  const { item, total, reference, heading } = SHEETS[lang];
  const bound = [1, 2, 3, 4, 6, 7];
  let sheets: string[];
  beforeAll(() => {
    sheets = pagesOf(fileOf('complaint', lang));
  });
  /** The sheet, from 1, on which an annex begins: behind its head, before its text. */
  const beginOf = (annex: number) =>
    sheets.findIndex(
      (text) => text.slice(0, 400).includes(heading(annex)) && text.includes('01-14/27'),
    ) + 1;
  const rangeOf = (annex: number) => {
    const next = bound[bound.indexOf(annex) + 1];
    return [beginOf(annex), (next === undefined ? sheets.length + 1 : beginOf(next)) - 1] as const;
  };
  const written = ([first, last]: readonly [number, number]) =>
    first === last ? `${first}` : `${first}–${last}`;

  test('the list of annexes says on how many and on which sheets each is', () => {
    const found = [...sheets.join(' ').matchAll(item)].map(([, count, range]) => [count, range]);
    expect(found).toEqual(
      bound.map((annex) => {
        const [first, last] = rangeOf(annex);
        return [`${last - first + 1}`, written([first, last])];
      }),
    );
    const [, annexSheets, all] = total.exec(sheets.join(' '))!;
    expect(Number(all)).toBe(sheets.length);
    expect(Number(annexSheets)).toBe(sheets.length - beginOf(1) + 1);
  });

  test('a reference names the sheet on which what it points at stands', () => {
    const found = [...sheets.join(' ').matchAll(reference)];
    expect(found.length).toBeGreaterThan(10);
    for (const [, annex, range] of found) {
      const [first, last] = rangeOf(Number(annex));
      const [from, to = from] = range!.split('–').map(Number);
      expect(from).toBeGreaterThanOrEqual(first);
      expect(to).toBeLessThanOrEqual(last);
    }
    for (const exhibit of ['C-01', 'C-02', 'V-01', 'S-03']) {
      const told = sheets.findIndex(
        (text, i) => i >= beginOf(3) - 1 && i < beginOf(6) - 1 && text.includes(exhibit),
      );
      const listed = sheets[beginOf(6) - 1]!.split(`/${exhibit}.`)[1]!;
      expect([...listed.matchAll(reference)][0]![2]).toBe(`${told + 1}`);
    }
  });

  test('the outline leads to the letter and to every annex', () => {
    const outline = tool('qpdf', '--json', '--json-key=outlines', fileOf('complaint', lang));
    const { outlines } = JSON.parse(outline) as {
      outlines: { title: string; destpageposfrom1: number }[];
    };
    expect(outlines).toHaveLength(1 + bound.length);
    for (const [i, annex] of bound.entries()) {
      expect(outlines[i + 1]!.title.replaceAll('\u00a0', ' ')).toContain(heading(annex));
      expect(outlines[i + 1]!.destpageposfrom1).toBe(beginOf(annex));
    }
  });
});

test('what is guessed first does not change the bytes', async () => {
  const render = createRenderLetter({ printer: createChromiumPrinter({ pages }), templates });
  // The same annexes and exhibits, so that its numbers are guessed; but another length.
  const longer = aLetter((letter) => {
    letter.narratives[0]!.text.ru = letter.narratives[0]!.text.ru.repeat(12).slice(0, 6_000);
  });
  const other = await render(longer, 'ru');
  const guessedWrong = await render(aLetter(), 'ru');
  const guessedRight = await render(aLetter(), 'ru');
  expect(other.pages).toBeGreaterThan(guessedWrong.pages);
  const first = readFileSync(fileOf('complaint', 'ru'));
  expect(Buffer.from(guessedWrong.pdf).equals(first)).toBe(true);
  expect(Buffer.from(guessedRight.pdf).equals(first)).toBe(true);
});

test('a Chromium that is killed while it prints is replaced, and the letter comes out the same', async () => {
  let killed = false;
  const killing: ChromiumPages = {
    ...pages,
    withPage: (work) =>
      pages.withPage((page) => {
        const browser = page.browser().process()!;
        if (!killed) setTimeout(() => browser.kill('SIGKILL'), 30);
        killed = true;
        return work(page);
      }),
  };
  const printer = createChromiumPrinter({ pages: killing });
  const { pdf } = await createRenderLetter({ printer, templates })(aLetter(), 'ru');
  expect(killed).toBe(true);
  expect(Buffer.from(pdf).equals(readFileSync(fileOf('complaint', 'ru')))).toBe(true);
});
