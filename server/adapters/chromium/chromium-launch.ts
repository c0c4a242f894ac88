import { access, constants, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'puppeteer';
import { LetterError } from '../../letters/errors.ts';

/** A started Chromium with its own empty profile. */
export interface LaunchedChromium {
  readonly browser: Browser;
  /** Ends the process, by force when it does not go by itself, and removes the profile. */
  end(): Promise<void>;
}

const START_MS = 30_000;
const FAREWELL_MS = 3_000;

/**
 * Flags beyond those of the driver. The proxy has a name that never resolves, not even for loopback
 * addresses: whatever slips past the refusal of requests (preconnects, web sockets) finds no way out.
 */
const FLAGS = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-breakpad',
  '--font-render-hinting=none',
  '--proxy-server=http://refused.invalid:1',
  '--proxy-bypass-list=<-loopback>',
  '--host-resolver-rules=MAP * ~NOTFOUND',
];

/**
 * Starts a Chromium that is driven through a pipe (no port is opened) and inherits nothing of our
 * environment, where passphrases may stand.
 *
 * @throws {LetterError} `CHROMIUM_MISSING` or `CHROMIUM_FAILED`.
 */
export async function launchChromium(executablePath: string): Promise<LaunchedChromium> {
  await access(executablePath, constants.X_OK).catch((cause: unknown) => {
    throw new LetterError(
      'CHROMIUM_MISSING',
      'Chromium was not found, so nothing can be printed: install it (Debian package chromium) or say where it is with DALIL_CHROMIUM.',
      { cause },
    );
  });
  const profile = await mkdtemp(path.join(tmpdir(), 'dalil-chromium-'));
  const removeProfile = () =>
    rm(profile, {
      recursive: true,
      force: true,
      maxRetries: 5,
      retryDelay: 100,
    });
  try {
    // Only who prints needs it: it takes 40 MB, which a service that stores uploads can do without.
    const { default: puppeteer } = await import('puppeteer');
    const browser = await puppeteer.launch({
      executablePath,
      headless: true,
      pipe: true,
      userDataDir: profile,
      timeout: START_MS,
      env: {
        PATH: '/usr/local/bin:/usr/bin:/bin',
        HOME: profile,
        LANG: 'C.UTF-8',
        TZ: 'UTC',
      },
      // Signals are the business of the program's entry, which closes everything in order.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      // As root Chromium refuses to run in its sandbox; everybody else keeps it.
      args: process.getuid?.() === 0 ? [...FLAGS, '--no-sandbox'] : FLAGS,
    });
    return { browser, end: () => endBrowser(browser).finally(removeProfile) };
  } catch (cause) {
    await removeProfile();
    throw new LetterError(
      'CHROMIUM_FAILED',
      'Chromium did not start, so nothing can be printed: run "dalil doctor" to see what it lacks.',
      { cause },
    );
  }
}

async function endBrowser(browser: Browser): Promise<void> {
  const kill = setTimeout(() => browser.process()?.kill('SIGKILL'), FAREWELL_MS);
  await browser.close().catch(() => browser.process()?.kill('SIGKILL'));
  clearTimeout(kill);
}
