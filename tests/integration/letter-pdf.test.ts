import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ChromiumPages, createChromiumPages } from '../../server/adapters/chromium-pages.ts';
import { createChromiumPrinter } from '../../server/adapters/chromium-printer.ts';
import { loadPdfTemplates } from '../../server/adapters/pdf-templates.ts';
import { readConfig } from '../../server/config.ts';
import { LANGUAGES, type Language } from '../../server/letters/language.ts';
import type { LetterTemplates } from '../../server/letters/ports.ts';
import { createRenderAnnex } from '../../server/letters/render-annex.ts';
import { createRenderLetter } from '../../server/letters/render-letter.ts';
import { aLetter, TEMPLATES_FOLDER } from '../builders/letter.ts';

// Judged by tools of other hands: poppler and qpdf.

const KINDS = ['letter', 'statistics', 'presence', 'cases', 'exhibits'] as const;
const folder = mkdtempSync(path.join(tmpdir(), 'dalil-letters-'));
const fileOf = (kind: string, lang: string) => path.join(folder, `${kind}.${lang}.pdf`);
const tool = (name: string, ...args: string[]) =>
  execFileSync(name, args, { encoding: 'utf8', env: { PATH: process.env.PATH, TZ: 'UTC' } });

let pages: ChromiumPages;
let templates: LetterTemplates;
const promisedPages = new Map<string, number>();

async function renderAll(into: (kind: string, lang: Language, pdf: Uint8Array) => void) {
  const printer = createChromiumPrinter({ pages });
  const renderLetter = createRenderLetter({ printer, templates });
  const renderAnnex = createRenderAnnex({ printer, templates });
  await Promise.all(
    LANGUAGES.flatMap((lang) =>
      KINDS.map(async (kind) => {
        const rendered = await (kind === 'letter'
          ? renderLetter(aLetter(), lang)
          : renderAnnex(kind, aLetter(), lang));
        promisedPages.set(fileOf(kind, lang), rendered.pages);
        into(kind, lang, rendered.pdf);
      }),
    ),
  );
}

beforeAll(async () => {
  templates = await loadPdfTemplates(TEMPLATES_FOLDER);
  pages = createChromiumPages(readConfig().chromiumPath);
  await renderAll((kind, lang, pdf) => writeFileSync(fileOf(kind, lang), pdf));
});
afterAll(async () => {
  await pages.close();
  rmSync(folder, { recursive: true });
});

describe.each(LANGUAGES)('documents in %s', (lang) => {
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
    for (let page = 1; page <= count; page++) {
      const bounds = tool('pdftotext', '-bbox', '-f', `${page}`, '-l', `${page}`, file, '-');
      const words = [...bounds.matchAll(/xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)"/g)];
      const body = words.filter((word) => Number(word[2]) > 57 && Number(word[2]) < 780);
      const mm = (points: number) => (points / 72) * 25.4;
      expect(mm(Math.max(...body.map((word) => Number(word[3]))))).toBeLessThan(210 - 15 + 0.5);
      expect(mm(Math.min(...body.map((word) => Number(word[1]))))).toBeGreaterThan(30 - 0.5);
      const text = tool('pdftotext', '-layout', '-f', `${page}`, '-l', `${page}`, file, '-');
      expect(text).toContain('ҮЛГҮ / ОБРАЗЕЦ / SAMPLE');
      const numbered = {
        ky: `${page}-барак, бардыгы ${count}`,
        ru: `Лист ${page} из ${count}`,
        en: `Page ${page} of ${count}`,
      };
      expect(text).toContain(numbered[lang]);
    }
  });
});

test('Kyrgyz letters can be read back, whole and in one order', () => {
  const text = tool('pdftotext', '-raw', fileOf('letter', 'ky'), '-').replaceAll('\u00a0', ' ');
  expect(text.normalize('NFC')).toBe(text);
  for (const word of ['бөлүмгө', 'ң', 'күбөлөндүрүшү', 'өзүнөн өзү', 'жөнүндө']) {
    expect(text).toContain(word);
  }
});

test('Russian is hyphenated where lines break and nowhere else', () => {
  const text = tool('pdftotext', '-raw', fileOf('letter', 'ru'), '-');
  expect(text).not.toContain('\u00ad');
  expect(text).toMatch(/[а-яё]{2}[‐-]\n[а-яё]{3}/);
  expect(text.replace(/[‐-]\n/g, '').replace(/\s+/g, ' ')).toContain(
    'не раскрываются по соображениям их безопасности',
  );
  const kyrgyz = tool('pdftotext', '-raw', fileOf('letter', 'ky'), '-');
  expect(kyrgyz).not.toMatch(/‐\n/);
});

test('headings, lists and tables are tagged as what they are', () => {
  const structure = tool('pdfinfo', '-struct', fileOf('letter', 'ru'));
  for (const tag of ['H1', 'H2', 'P', 'L', 'LI', 'Table', 'TH', 'TD', 'Caption']) {
    expect(structure).toMatch(new RegExp(`^ *${tag}\\b`, 'm'));
  }
  expect(tool('pdfinfo', '-struct-text', fileOf('letter', 'ru'))).not.toContain('ОБРАЗЕЦ / SAMPLE');
  expect(tool('pdfinfo', '-struct', fileOf('presence', 'ru'))).toMatch(/Figure/);
});

test('no page ends with a heading', () => {
  for (const lang of LANGUAGES) {
    const headings = [...templates.library.clauses.values()]
      .filter(({ role }) => role === 'heading')
      .map(({ text }) => text![lang])
      .concat(templates.messages[lang]('letter.annexes.heading'));
    const file = fileOf('letter', lang);
    for (let page = 1; page <= promisedPages.get(file)!; page++) {
      const box = ['-x', '85', '-y', '60', '-W', '470', '-H', '720'];
      const lines = tool('pdftotext', '-raw', '-f', `${page}`, '-l', `${page}`, ...box, file, '-')
        .split('\n')
        .filter((line) => line.trim().length > 3);
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
      /\/ID \[<([0-9A-F]{32})> <\1>\]/.exec(readFileSync(fileOf('letter', lang), 'latin1'))![1],
  );
  expect(new Set(ids).size).toBe(3);
});
