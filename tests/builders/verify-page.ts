import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ElementHandle, Page } from 'puppeteer';
import { launchChromium } from '../../server/adapters/chromium/chromium-launch.ts';
import { buildVerifyPage } from '../../server/adapters/esbuild-pages.ts';
import { readConfig } from '../../server/config.ts';
import type { ReportInWords } from '../../server/verification/report-in-words.ts';
import { TEMPLATES_FOLDER } from './letter.ts';

/** The page as a person has it: a file on disk, in a Chromium without a network. */
export interface OpenedVerifyPage {
  readonly page: Page;
  readonly folder: string;
  /** Every address that was asked for, but the page itself. */
  readonly asked: readonly string[];
  /** What the page complained of, breaches of its own policy among it. */
  readonly complaints: readonly string[];
  /** Gives the page a pack, and what was brought, by its form; resolves with the saved report. */
  judge(pack: Uint8Array | string, brought?: string): Promise<ReportInWords>;
  /** Puts a file into a field; a text is the path of one that is there. */
  choose(field: string, content: Uint8Array | string): Promise<void>;
  close(): Promise<void>;
}

/** Writes the page to a folder and opens it from there. */
export async function openVerifyPage(
  options: { javaScript?: boolean; lang?: string } = {},
): Promise<OpenedVerifyPage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dalil-page-'));
  const file = path.join(folder, 'verify.html');
  await writeFile(file, (await buildVerifyPage(TEMPLATES_FOLDER)).bytes);
  const { browser, end } = await launchChromium(readConfig().chromiumPath);
  const page = await browser.newPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  const own = pathToFileURL(file).href;
  page.on('request', (request) => {
    if (request.url() !== own) asked.push(request.url());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => complaints.push(message.text()));
  await page.setJavaScriptEnabled(options.javaScript ?? true);
  await page.goto(own);
  if (options.lang !== undefined) await page.click(`input[value=${options.lang}]`);

  async function choose(field: string, content: Uint8Array | string): Promise<void> {
    const chosen = typeof content === 'string' ? content : path.join(folder, 'pack.zip');
    if (typeof content !== 'string') await writeFile(chosen, content);
    const input = (await page.$(`#${field}`)) as ElementHandle<HTMLInputElement>;
    await input.uploadFile(chosen);
  }

  return {
    page,
    folder,
    asked,
    complaints,
    choose,
    async judge(pack, brought = '') {
      await choose('pack', pack);
      // The report is read from what the button "save" makes, as a person gets it.
      return (await page.evaluate(async (text) => {
        (document.getElementById('key-text') as HTMLTextAreaElement).value = text;
        const result = document.getElementById('result')!;
        const shown = new Promise<void>((resolve) =>
          result.addEventListener('focus', () => resolve(), { once: true }),
        );
        document.querySelector<HTMLButtonElement>('#form button')!.click();
        await shown;
        const make = URL.createObjectURL;
        const saved = new Promise<string>((resolve) => {
          URL.createObjectURL = (blob) => {
            resolve((blob as Blob).text());
            return 'about:blank#';
          };
        });
        const { click } = HTMLAnchorElement.prototype;
        HTMLAnchorElement.prototype.click = () => {};
        document.getElementById('save')!.click();
        HTMLAnchorElement.prototype.click = click;
        URL.createObjectURL = make;
        return JSON.parse(await saved);
      }, brought)) as ReportInWords;
    },
    async close() {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
