import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import puppeteer, { type Browser } from 'puppeteer';
import { readConfig } from '../../server/config.ts';

/** Starts the browser of a visitor, with a fresh profile, and gives what ends it. */
export async function startBrowser(): Promise<{ browser: Browser; end(): Promise<void> }> {
  const profile = mkdtempSync(path.join(tmpdir(), 'dalil-visitor-'));
  const browser = await puppeteer.launch({
    executablePath: readConfig({}).chromiumPath,
    userDataDir: profile,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  return {
    browser,
    async end() {
      await browser.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
