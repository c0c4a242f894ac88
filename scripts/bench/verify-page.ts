import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { ElementHandle, Page } from 'puppeteer';
import { launchChromium } from '../../server/adapters/chromium/chromium-launch.ts';
import { buildVerifyPage } from '../../server/adapters/esbuild-pages.ts';
import { type Config, TEMPLATES_DIR } from '../../server/config.ts';
import { draftLargePack, withHouse } from './large-pack.ts';
import { type Comparison, median } from './measure.ts';

const SPEED_BYTES = 2 ** 29;
const MEMORY_BYTES = 2 ** 32;
const PAIRS = 5;
const SPEED_LIMIT = 1.25;
const MEMORY_LIMIT_MB = 150;
const SAMPLE_MS = 100;
const CLI = path.resolve(import.meta.dirname, '../../server/cli.ts');

/**
 * Verifying in a browser: speed against the streaming hash alone over as many bytes in the same page
 * (1.25 times its time is 80 % of its speed), and against the limit what memory grows by with 4 GiB in the
 * process of the page and in that of the browser, which reads the file for it, and what one of Node takes.
 */
export async function benchVerifyPage(config: Config, folder: string): Promise<Comparison[]> {
  return [
    await speed(config, folder),
    ...(await memory(config, path.join(folder, 'large.zip'), folder)),
  ];
}

async function speed(config: Config, folder: string): Promise<Comparison> {
  const pack = path.join(folder, 'pack.zip');
  await writePack(config, folder, pack, SPEED_BYTES);
  return await withPage(config, folder, async (page) => {
    const { outputFiles } = await build({
      stdin: {
        contents: `import { createSHA256 } from 'hash-wasm'; window.startHash = createSHA256;`,
        resolveDir: import.meta.dirname,
      },
      bundle: true,
      write: false,
      format: 'iife',
    });
    await page.evaluate(outputFiles[0]!.text);
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let pair = 0; pair <= PAIRS; pair++) {
      const mine = await judgeSeconds(page, pack);
      const other = (await page.evaluate(`(async () => {
        const hash = await startHash();
        const part = crypto.getRandomValues(new Uint8Array(65536));
        const bytes = new Uint8Array(2097152);
        for (let at = 0; at < bytes.length; at += part.length) bytes.set(part, at);
        const start = performance.now();
        for (let done = 0; done < ${SPEED_BYTES}; done += bytes.length) hash.update(bytes);
        hash.digest();
        return (performance.now() - start) / 1000;
      })()`)) as number;
      if (pair === 0) continue;
      ours.push(mine);
      theirs.push(other);
    }
    const ratios = ours.map((value, i) => value / theirs[i]!);
    return {
      name: 'verify a pack of 512 MiB in a browser',
      peer: 'SHA-256 by WebAssembly over as many bytes in memory, in the same page',
      limit: SPEED_LIMIT,
      ratio: median(ratios),
      spread: [Math.min(...ratios), Math.max(...ratios)],
      ours: median(ours),
      theirs: median(theirs),
      unit: 's',
    };
  });
}

async function memory(config: Config, pack: string, folder: string): Promise<Comparison[]> {
  const publicKeyPem = await writePack(config, folder, pack, MEMORY_BYTES);
  const key = path.join(folder, 'KEY.pem');
  await writeFile(key, publicKeyPem);
  const inPage = await withPage(config, folder, async (page, processIds) => {
    const before = await megabytesOfAll(processIds);
    let most = before;
    const timer = setInterval(async () => {
      most = Math.max(most, await megabytesOfAll(processIds).catch(() => 0));
    }, SAMPLE_MS);
    await judgeSeconds(page, pack);
    clearInterval(timer);
    return most - before;
  });
  const ofCommand = await peakMegabytes([CLI, 'verify', pack, '--key', key]);
  const found = (name: string, megabytes: number): Comparison => {
    const ratio = megabytes / MEMORY_LIMIT_MB;
    return {
      name,
      peer: `${MEMORY_LIMIT_MB} MB`,
      limit: 1,
      ratio,
      spread: [ratio, ratio],
      ours: megabytes,
      theirs: MEMORY_LIMIT_MB,
      unit: 'MB',
    };
  };
  return [
    found('memory that page and browser take more while they verify 4 GiB', inPage),
    found('memory of `dalil verify`, all of it, on 4 GiB', ofCommand),
  ];
}

/** Seals a pack of that size into a file. Returns the public key that it is signed with. */
async function writePack(
  config: Config,
  folder: string,
  file: string,
  sizeBytes: number,
): Promise<string> {
  // A house has a key of its own, and so a folder.
  const own = await mkdtemp(path.join(folder, 'house-'));
  return await withHouse(config, own, async (house) => {
    const { blob } = await house.sealPack(await draftLargePack(house, sizeBytes));
    await pipeline(Readable.from(house.blobs.read(blob)), createWriteStream(file));
    await house.blobs.destroy(blob);
    return (await house.packKeys.current()).publicKeyPem;
  });
}

/** Opens the page from disk; the ids are those of the processes that run it and that read files for it. */
async function withPage<Result>(
  config: Config,
  folder: string,
  use: (page: Page, processIds: readonly number[]) => Promise<Result>,
): Promise<Result> {
  const file = path.join(folder, 'verify.html');
  await writeFile(file, (await buildVerifyPage(TEMPLATES_DIR)).bytes);
  const { browser, end } = await launchChromium(config.chromiumPath);
  try {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(file).href);
    const session = await browser.target().createCDPSession();
    const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as {
      processInfo: { type: string; id: number; cpuTime: number }[];
    };
    const renderers = processInfo.filter(({ type }) => type === 'renderer');
    const busiest = renderers.reduce((most, one) => (one.cpuTime > most.cpuTime ? one : most));
    const ofBrowser = processInfo.filter(({ type }) => type === 'browser');
    return await use(
      page,
      [busiest, ...ofBrowser].map(({ id }) => id),
    );
  } finally {
    await end();
  }
}

async function judgeSeconds(page: Page, pack: string): Promise<number> {
  const input = (await page.$('#pack')) as ElementHandle<HTMLInputElement>;
  await input.uploadFile(pack);
  const start = performance.now();
  await page.click('#form button');
  await page.waitForFunction(() => document.activeElement?.id === 'result', {
    timeout: 600_000,
    polling: 50,
  });
  const seconds = (performance.now() - start) / 1000;
  const wrong = await page.$('.verdict.invalid');
  if (wrong !== null) throw new Error('the page found fault with a whole pack');
  return seconds;
}

/** What a program of Node took at the most, asked as long as it lives. */
async function peakMegabytes(args: readonly string[]): Promise<number> {
  // As the first line of the command asks for.
  const child = spawn(process.execPath, ['--max-semi-space-size=2', ...args], { stdio: 'ignore' });
  let most = 0;
  const timer = setInterval(async () => {
    most = Math.max(most, await megabytesOf(child.pid!, 'VmHWM').catch(() => 0));
  }, SAMPLE_MS);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(timer);
  if (code !== 0) throw new Error(`the command ended with ${code}`);
  return most;
}

async function megabytesOfAll(processIds: readonly number[]): Promise<number> {
  const each = await Promise.all(processIds.map((id) => megabytesOf(id, 'VmRSS')));
  return each.reduce((sum, one) => sum + one, 0);
}

async function megabytesOf(processId: number, field: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${processId}/status`, 'utf8');
  return (Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)![1]) * 1024) / 1e6;
}
