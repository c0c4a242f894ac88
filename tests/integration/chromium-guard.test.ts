import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type ChromiumPages,
  createChromiumPages,
} from '../../server/adapters/chromium/chromium-pages.ts';
import { createChromiumPrinter } from '../../server/adapters/chromium/chromium-printer.ts';
import { readConfig } from '../../server/config.ts';

const { chromiumPath } = readConfig();
const body = (content: string) =>
  `<!doctype html><html lang="ru"><head><title>t</title></head><body style="font-family: 'Noto Serif'"><p>Текст</p>${content}</body></html>`;

describe('hostile pages', () => {
  let pages: ChromiumPages;
  let canary: Server;
  let port = 0;
  let connections = 0;

  beforeAll(async () => {
    pages = createChromiumPages(chromiumPath);
    canary = createServer((socket) => {
      connections++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
    port = (canary.address() as { port: number }).port;
  });
  afterAll(async () => {
    await pages.close();
    canary.close();
  });

  test('reach nothing, whatever they ask for', async () => {
    const at = `http://127.0.0.1:${port}/x`;
    const html = body(`
      <link rel="preconnect" href="${at}"><link rel="dns-prefetch" href="${at}">
      <link rel="stylesheet" href="${at}"><link rel="prefetch" href="${at}"><link rel="icon" href="${at}">
      <style>@import "${at}"; @font-face { font-family: f; src: url(${at}) } p { background: url(${at}) }</style>
      <img src="${at}" srcset="${at} 2x"><iframe src="${at}"></iframe><object data="${at}"></object>
      <embed src="${at}"><video src="${at}" poster="${at}" autoplay></video><audio src="${at}"></audio>
      <svg><image href="${at}"/><use href="${at}#a"/></svg><input type="image" src="${at}">
      <iframe srcdoc="<img src='${at}'>"></iframe><iframe src="file:///etc/passwd"></iframe>
      <script>fetch('${at}'); new WebSocket('ws://127.0.0.1:${port}/'); navigator.sendBeacon('${at}')</script>
      <img src=x onerror="fetch('${at}')"><meta http-equiv="refresh" content="0;url=${at}">`);
    await pages.withPage(async (page) => {
      await page.setContent(html, { waitUntil: 'domcontentloaded' });
      // A page that sends itself elsewhere at that moment is not printed; where it gets to is asked.
      await page.pdf({ waitForFonts: false }).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    await pages.withPage(async (page) => {
      await page.setContent(body(''));
      // Asked for by the driver itself, whose scripts run although the page's do not. Nothing in
      // the page can await the answers, so they are given time to arrive.
      const asked = await page.evaluate((port: number) => {
        const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
        void fetch(`http://127.0.0.1:${port}/`);
        return socket.url;
      }, port);
      expect(asked).toContain(`:${port}/`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    });
    expect(connections).toBe(0);
    // The canary itself is alive.
    await fetch(at).catch(() => undefined);
    expect(connections).toBe(1);
  });
});

describe('what is missing is said with its remedy', () => {
  test('Chromium', async () => {
    const pages = createChromiumPages('/nonexistent/chromium');
    const printing = createChromiumPrinter({ pages }).print({ html: body(''), date: '2026-01-01' });
    await expect(printing).rejects.toMatchObject({
      code: 'CHROMIUM_MISSING',
      message: expect.stringMatching(/^(?!.*nonexistent).*Debian package chromium.*DALIL_CHROMIUM/),
    });
    await pages.close();
  });

  test('a program that is no Chromium', async () => {
    const pages = createChromiumPages('/bin/false');
    const printing = createChromiumPrinter({ pages }).print({ html: body(''), date: '2026-01-01' });
    await expect(printing).rejects.toMatchObject({ code: 'CHROMIUM_FAILED' });
    await pages.close();
  });
});

describe('one Chromium', () => {
  let pages: ChromiumPages;
  let profiles: string;
  let before: string | undefined;
  const print = () =>
    createChromiumPrinter({ pages }).print({ html: body(''), date: '2026-01-01' });

  beforeAll(() => {
    profiles = mkdtempSync(path.join(tmpdir(), 'dalil-profiles-'));
    before = process.env.TMPDIR;
    process.env.TMPDIR = profiles;
    process.env.DALIL_VAULT_PASSPHRASE = 'a secret of the test';
  });
  afterAll(() => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    delete process.env.DALIL_VAULT_PASSPHRASE;
    rmSync(profiles, { recursive: true, force: true });
  });

  test('says which font is missing, and which text has foreign characters', async () => {
    pages = createChromiumPages(chromiumPath);
    const printer = createChromiumPrinter({ pages });
    const date = '2026-01-01';
    await expect(
      printer.print({ html: '<p style="font-family: \'Noto Sans\'">Текст</p>', date }),
    ).rejects.toMatchObject({
      code: 'FONT_MISSING',
      message: expect.stringContaining('fonts-noto'),
    });
    await expect(printer.print({ html: body('<p>ქართული</p>'), date })).rejects.toMatchObject({
      code: 'FONT_LACKS_CHARACTERS',
    });
    await pages.close();
  });

  test('does not inherit the secrets of the environment', async () => {
    pages = createChromiumPages(chromiumPath);
    const environment = await pages.withPage(async (page) =>
      readFileSync(`/proc/${page.browser().process()!.pid}/environ`, 'utf8'),
    );
    expect(environment).toContain('TZ=UTC');
    expect(environment).not.toContain('a secret of the test');
    await pages.close();
  });

  test('is replaced after its share of pages, and leaves no profile behind', async () => {
    pages = createChromiumPages(chromiumPath, { perLaunch: 2 });
    const processes = new Set<number>();
    for (let i = 0; i < 5; i++) {
      await pages.withPage(async (page) => processes.add(page.browser().process()!.pid!));
    }
    expect(processes.size).toBe(3);
    await pages.close();
    expect(readdirSync(profiles)).toEqual([]);
    for (const pid of processes) expect(existsSync(`/proc/${pid}`)).toBe(false);
    await expect(pages.withPage(async () => 1)).rejects.toMatchObject({ code: 'CHROMIUM_FAILED' });
  });

  test('that dies is replaced, and the page is done again', async () => {
    pages = createChromiumPages(chromiumPath);
    let tries = 0;
    const result = await pages.withPage(async (page) => {
      tries++;
      if (tries === 1) page.browser().process()!.kill('SIGKILL');
      return page.evaluate(() => 6 * 7);
    });
    expect([result, tries]).toEqual([42, 2]);
    expect((await print()).pages).toBe(1);
    await pages.close();
    expect(readdirSync(profiles)).toEqual([]);
  });

  test('that hangs is killed, and the next page comes from another', async () => {
    pages = createChromiumPages(chromiumPath, { timeoutMs: 1_500, atOnce: 1, waiting: 1 });
    const hanging = pages.withPage(() => new Promise(() => undefined));
    const waiting = pages.withPage(async (page) => page.evaluate(() => 1));
    await expect(pages.withPage(async () => 1)).rejects.toMatchObject({ code: 'PRINT_BUSY' });
    await expect(hanging).rejects.toMatchObject({ code: 'PRINT_TIMED_OUT' });
    expect(await waiting).toBe(1);
    await pages.close();
    expect(readdirSync(profiles)).toEqual([]);
  });
});
