import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ElementHandle } from 'puppeteer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBrowser } from '../builders/browser.ts';
import { listen } from '../builders/http-client.ts';
import { openHouse } from '../builders/open-house.ts';
import { aSealedPack } from '../builders/sealed-pack.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

// What a browser shows of the pages that need no session, under the service's own strict policy.

interface Shown {
  readonly headings: readonly string[];
  readonly method: string;
  readonly widthPx: number;
  readonly links: readonly string[];
  readonly ids: readonly string[];
}

const { house } = await openHouse();
const { url, stop } = await listen(house);
let visitor: Awaited<ReturnType<typeof startBrowser>>;

beforeAll(async () => {
  visitor = await startBrowser();
});
afterAll(async () => {
  await visitor?.end();
  await stop();
  await house.close();
});

test('the reference has every route, styled, with nothing fetched and nothing that overflows', async () => {
  const page = await visitor.browser.newPage();
  const fetched: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  page.on('console', (message) => complaints.push(message.text()));
  await page.setViewport({ width: 320, height: 640 });
  await page.goto(`${url}/reference`);
  const shown = (await page.evaluate(`({
    headings: [...document.querySelectorAll('h3')].map((heading) => heading.textContent),
    method: getComputedStyle(document.querySelector('.method')).color,
    widthPx: document.documentElement.scrollWidth,
    links: [...document.querySelectorAll('nav a')].map((link) => link.getAttribute('href')),
    ids: [...document.querySelectorAll('[id]')].map((one) => one.id),
  })`)) as Shown;
  const listed = house.routes.map(
    ({ method, path }) => `${method.toUpperCase()}${path.replaceAll(/:(\w+)/g, '{$1}')}`,
  );
  expect(shown.headings.toSorted()).toEqual(listed.toSorted());
  expect(shown.method).toBe('rgb(255, 255, 255)');
  expect(shown.widthPx).toBe(320);
  for (const link of shown.links) expect(shown.ids).toContain(link.slice(1));
  expect(new Set(shown.ids).size).toBe(shown.ids.length);
  expect(fetched.filter((path) => path !== '/favicon.ico')).toEqual(['/reference']);
  expect(complaints.filter((text) => /security|style/i.test(text))).toEqual([]);
});

test('the page that judges packs works at its address, and sends nothing anywhere', async () => {
  const folder = temporaryFolder();
  const pack = await aSealedPack();
  writeFileSync(path.join(folder, 'pack.zip'), pack.zip);
  writeFileSync(path.join(folder, 'key.pem'), pack.signer.publicKeyPem);
  const page = await visitor.browser.newPage();
  const fetched: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(`${url}/verify`);
  for (const [field, name] of Object.entries({ pack: 'pack.zip', 'key-file': 'key.pem' })) {
    const input = (await page.$(`#${field}`)) as ElementHandle<HTMLInputElement>;
    await input.uploadFile(path.join(folder, name));
  }
  await page.click('#form button');
  await page.waitForFunction(`/VALID/.test(document.querySelector('#result').textContent)`);
  expect(await page.evaluate(`document.querySelector('#result').textContent`)).not.toMatch(
    /INVALID/,
  );
  expect(fetched.filter((asked) => asked !== '/favicon.ico')).toEqual(['/verify']);
  expect(complaints.filter((text) => /security|refused/i.test(text))).toEqual([]);
  rmSync(folder, { recursive: true });
});
