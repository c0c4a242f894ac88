import type { Browser, Page } from 'puppeteer';
import { LetterError } from '../../letters/errors.ts';
import { type LaunchedChromium, launchChromium } from './chromium-launch.ts';

/** The one owner of Chromium: hands out blank pages, each used once. */
export interface ChromiumPages {
  /**
   * Runs `work` on a fresh page where scripts are off and every request is refused. When Chromium
   * dies meanwhile, a new one is started and `work` runs once more.
   *
   * @throws {LetterError} `CHROMIUM_MISSING`, `CHROMIUM_FAILED`, `PRINT_BUSY` when too many wait,
   *   `PRINT_TIMED_OUT`; otherwise what `work` throws.
   */
  withPage<Result>(work: (page: Page) => Promise<Result>): Promise<Result>;
  /** Ends Chromium. Later calls of `withPage` are refused. */
  close(): Promise<void>;
}

/** A Chromium at work, its spare page, and how much it has done. */
interface Generation {
  readonly chromium: LaunchedChromium;
  spare: Promise<Page> | undefined;
  taken: number;
  open: number;
  retired: boolean;
}

/**
 * Creates the owner of Chromium; it starts with the first page asked for.
 *
 * @param limits.atOnce - pages open at the same time.
 * @param limits.waiting - callers that may wait for a page.
 * @param limits.perLaunch - pages after which Chromium is replaced, since its memory only grows.
 * @param limits.timeoutMs - the most that one `work` may take; then Chromium is killed.
 */
export function createChromiumPages(
  executablePath: string,
  limits: {
    atOnce?: number;
    waiting?: number;
    perLaunch?: number;
    timeoutMs?: number;
  } = {},
): ChromiumPages {
  const { atOnce = 2, waiting = 64, perLaunch = 200, timeoutMs = 30_000 } = limits;
  const queue: (() => void)[] = [];
  const living = new Set<Generation>();
  let free = atOnce;
  let current: Promise<Generation> | undefined;
  let closed = false;

  async function start(): Promise<Generation> {
    const chromium = await launchChromium(executablePath);
    const made: Generation = {
      chromium,
      spare: undefined,
      taken: 0,
      open: 0,
      retired: false,
    };
    living.add(made);
    return made;
  }

  async function enter(): Promise<Generation> {
    if (closed) throw new LetterError('CHROMIUM_FAILED', 'Printing has ended: start Dalil again.');
    const starting = current ?? start();
    current = starting;
    const generation = await starting.catch((error: unknown) => {
      if (current === starting) current = undefined;
      throw error;
    });
    if (generation.retired) return enter();
    generation.taken++;
    generation.open++;
    // The next caller gets a new Chromium; this one ends when its last page is done.
    if (generation.taken >= perLaunch) retire(generation);
    return generation;
  }

  function retire(generation: Generation): void {
    generation.retired = true;
    current = undefined;
  }

  async function leave(generation: Generation): Promise<void> {
    generation.open--;
    if (generation.retired && generation.open === 0) await end(generation);
  }

  async function end(generation: Generation): Promise<void> {
    if (living.delete(generation)) await generation.chromium.end();
  }

  async function workOnce<Result>(work: (page: Page) => Promise<Result>): Promise<Result> {
    const generation = await enter();
    const { browser } = generation.chromium;
    try {
      const opening = generation.spare ?? openBlankPage(browser);
      generation.spare = undefined;
      const result = await within(timeoutMs, async () => {
        const page = await opening;
        const value = await work(page);
        void page.close().catch(() => undefined);
        return value;
      });
      if (!generation.retired && generation.spare === undefined) {
        // Opening a page takes as long as printing a letter: done between callers, not before them.
        generation.spare = openBlankPage(browser);
        generation.spare.catch(() => undefined);
      }
      return result;
    } catch (error) {
      // A Chromium in which something failed is not trusted with the next letter.
      if (!generation.retired) retire(generation);
      if (isTimeout(error)) browser.process()?.kill('SIGKILL');
      throw error;
    } finally {
      await leave(generation);
    }
  }

  async function withPage<Result>(work: (page: Page) => Promise<Result>): Promise<Result> {
    if (free > 0) free--;
    else {
      if (queue.length >= waiting) {
        throw new LetterError('PRINT_BUSY', 'Too many letters wait to be printed: try again soon.');
      }
      await new Promise<void>((resolve) => queue.push(resolve));
    }
    try {
      return await workOnce(work).catch((error: unknown) => {
        if (error instanceof LetterError || !isConnectionLost(error)) throw error;
        return workOnce(work);
      });
    } finally {
      const next = queue.shift();
      if (next === undefined) free++;
      else next();
    }
  }

  async function close(): Promise<void> {
    closed = true;
    await current?.catch(() => undefined);
    await Promise.all([...living].map(end));
  }

  return { withPage, close };
}

/** A blank page without scripts on which every request, of whatever kind, is refused. */
async function openBlankPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  page.on('request', (request) => void request.abort('blockedbyclient').catch(() => undefined));
  await Promise.all([page.setJavaScriptEnabled(false), page.setRequestInterception(true)]);
  return page;
}

async function within<Result>(ms: number, work: () => Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(timedOut(ms)), ms);
  });
  const working = work();
  working.catch(() => undefined);
  return Promise.race([working, late]).finally(() => clearTimeout(timer));
}

function timedOut(ms: number): LetterError {
  return new LetterError(
    'PRINT_TIMED_OUT',
    `Printing took longer than ${ms / 1000} seconds and was stopped: split the annexes or try again.`,
  );
}

function isTimeout(error: unknown): boolean {
  return error instanceof LetterError && error.code === 'PRINT_TIMED_OUT';
}

function isConnectionLost(error: unknown): boolean {
  return (
    error instanceof Error &&
    /(?:Target|Session|Connection|Browser|Page|frame).*(?:closed|detached|crashed|disconnected)/i.test(
      error.message,
    )
  );
}
