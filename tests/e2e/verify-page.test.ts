import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { ElementHandle } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildVerifyPage } from '../../server/adapters/esbuild-pages.ts';
import { aCustodySigner } from '../builders/custody-log.ts';
import {
  codesOf,
  inEnglish,
  judge,
  packInMemory,
  stepOf,
  verifyPack,
} from '../builders/judged-pack.ts';
import { TEMPLATES_FOLDER } from '../builders/letter.ts';
import { ARCHIVE_MUTANTS } from '../builders/pack-mutants/archive-mutants.ts';
import { FORGED_PACKS } from '../builders/pack-mutants/forged-packs.ts';
import { aRevocation } from '../builders/revocation.ts';
import { aPackSigner, aSealedPack, type SealedForTest } from '../builders/sealed-pack.ts';
import { superseding } from '../builders/superseding-pack.ts';
import { aTimestampAuthority } from '../builders/timestamp-authority.ts';
import { type OpenedVerifyPage, openVerifyPage } from '../builders/verify-page.ts';

// The page as people have it, against the verifier of the command line over the same bytes.

let pack: SealedForTest;
let key: string;
let opened: OpenedVerifyPage;

beforeAll(async () => {
  pack = await aSealedPack();
  key = pack.signer.publicKeyPem;
  opened = await openVerifyPage();
});
afterAll(() => opened?.close());

describe('the page says what the command says of', () => {
  test('a pack and its key', async () => {
    const report = await opened.judge(pack.zip, key);
    expect(report).toEqual(await inEnglish(judge(pack.zip, key)));
    expect(report.verdict).toBe('valid');
  });

  test('a key as a mail leaves it, with other line ends', async () => {
    expect((await opened.judge(pack.zip, `\n${key.replaceAll('\n', '\r\n')}`)).verdict).toBe(
      'valid',
    );
  });

  test('a pack and the digest of its statement', async () => {
    const { statementSha256 } = await judge(pack.zip);
    expect((await opened.judge(pack.zip, statementSha256!.toUpperCase())).verdict).toBe('valid');
  });

  test('a pack, its key and below it the key of its log', async () => {
    const { publicKeyPem: logKeyPem } = pack.logSigner;
    const report = await opened.judge(pack.zip, key + logKeyPem);
    const pasted = { pack: packInMemory(pack.zip), publicKeyPem: key };
    expect(report).toEqual(await inEnglish(verifyPack({ ...pasted, logKeyPem })));
    expect([report.verdict, stepOf(report, 'logSignature')]).toEqual(['valid', 'PASS']);
    const other = aCustodySigner().publicKeyPem;
    expect(codesOf(await opened.judge(pack.zip, other + key))).toEqual(['log-other-key']);
  });

  test('a pack alone', async () => {
    const report = await opened.judge(pack.zip);
    expect(report).toEqual(await inEnglish(judge(pack.zip)));
    expect(report.verdict).toBe('consistent');
  });

  test('a pack and the key of somebody else', async () => {
    const { publicKeyPem } = aPackSigner();
    const report = await opened.judge(pack.zip, publicKeyPem);
    expect(report).toEqual(await inEnglish(judge(pack.zip, publicKeyPem)));
    expect(report.verdict).toBe('invalid');
  });

  test.each([...ARCHIVE_MUTANTS, ...FORGED_PACKS])('$name', async ({ make }) => {
    const zip = await make(pack);
    expect(await opened.judge(zip, key)).toEqual(await inEnglish(judge(zip, key)));
  });

  test('one changed byte of each signature', async () => {
    for (const name of ['statement.p256.sig', 'manifest.p256.sig']) {
      const zip = Buffer.from(pack.zip);
      const at = zip.indexOf(`seal/${name}`) + `seal/${name}`.length;
      for (const offset of [0, 1, 3, 4, 20, 50]) {
        const other = Buffer.from(zip);
        other[at + offset]! ^= 1;
        expect(await opened.judge(other, key)).toEqual(await inEnglish(judge(other, key)));
      }
    }
  });
});

test('what else was brought is told apart by what it holds, and judged as by the command', async () => {
  const authority = aTimestampAuthority();
  const stamped = await aSealedPack({
    signer: pack.signer,
    authorities: [{ name: 'tsa.example', stamp: async (bytes) => authority.stamp(bytes) }],
  });
  const note = path.join(opened.folder, 'note.txt');
  writeFileSync(note, aRevocation(pack.signer, { since: '2999-01-01T00:00:00Z' }));
  const input = (await opened.page.$('#extra-files')) as ElementHandle<HTMLInputElement>;
  await input.uploadFile(authority.rootFile, note);
  const report = await opened.judge(stamped.zip, key);
  expect(report).toEqual(
    await inEnglish(
      verifyPack({
        pack: packInMemory(stamped.zip),
        publicKeyPem: key,
        tsaRoots: [authority.rootPem],
        revocations: [readFileSync(note, 'utf8')],
      }),
    ),
  );
  expect(report.steps.filter(({ id }) => /^(timestamp|revocation)$/.test(id))).toMatchObject([
    { result: 'PASS' },
    { result: 'PASS' },
  ]);
  await openedAnew();
});

test('nothing was asked for, and the policy of the page was never broken', () => {
  expect(opened.asked).toEqual([]);
  expect(opened.complaints).toEqual([]);
});

test('the page can reach nobody even if it tried', async () => {
  const answer = await opened.page.evaluate(async () => {
    const refused = new Promise<string>((resolve) =>
      document.addEventListener('securitypolicyviolation', (event) =>
        resolve(event.effectiveDirective),
      ),
    );
    await fetch('https://example.org/').catch(() => undefined);
    return await refused;
  });
  expect(answer).toBe('connect-src');
});

test('what is no archive is told, and a key that is none is told before any work', async () => {
  const { page, choose } = await openedAnew();
  const faultAfter = async (brought: string) => {
    await page.$eval(
      '#key-text',
      (field, text) => {
        (field as HTMLTextAreaElement).value = text;
      },
      brought,
    );
    await page.click('#form button');
    await page.waitForFunction(() => document.activeElement?.id === 'fault');
    return await page.$eval('#fault', (one) => one.textContent);
  };
  expect(await faultAfter('')).toMatch(/Choose the pack/);
  await choose('pack', Buffer.from('no archive'));
  expect(await faultAfter('0123')).toMatch(/neither/);
  expect(await faultAfter('')).toMatch(/no ZIP/);
});

test('the language changes every word, the result among them', async () => {
  const { page } = opened;
  await opened.judge(pack.zip, key);
  for (const [lang, word] of [
    ['ky', 'ЖАРАКТУУ'],
    ['ru', 'ДЕЙСТВИТЕЛЕН'],
    ['en', 'VALID'],
  ] as const) {
    await page.click(`input[value=${lang}]`);
    expect(await page.$eval('#verdict', (one) => one.textContent)).toBe(word);
    expect(await page.$eval('html', (one) => one.lang)).toBe(lang);
    const text = await page.$eval('#app', (one) => one.textContent);
    expect(text).not.toMatch(/\{\w+\}|undefined|NaN/);
  }
});

test('what was found is said in every language', async () => {
  const { page } = opened;
  await opened.judge(pack.zip.subarray(0, pack.zip.length - 1), key);
  for (const [lang, found] of [
    ['ky', 'архивдин аягы жок'],
    ['ru', 'у архива нет конца'],
    ['en', 'the archive has no end'],
  ] as const) {
    await page.click(`input[value=${lang}]`);
    const said = await page.$eval('#result', (one) => one.textContent);
    expect(said.toLowerCase()).toContain(found);
  }
});

test('earlier packs and statements among the other files are followed, as the command does', async () => {
  const { page, folder, choose } = opened;
  const next = await superseding(pack, pack.sealed.statementSha256);
  const earlier = path.join(folder, 'earlier.zip');
  writeFileSync(earlier, pack.zip);
  await page.click('input[value=en]');
  await choose('extra-files', earlier);
  const report = await opened.judge(next, key);
  expect(report).toMatchObject({
    verdict: 'valid',
    chain: { links: [{ pack: pack.id, verdict: 'consistent', inOrder: true }], missing: null },
  });
  const said = () => page.$eval('#result', (one) => one.textContent);
  expect(await said()).toContain('everything fits the statement that is named');
  const statement = path.join(folder, 'statement.txt');
  writeFileSync(statement, pack.sealed.statement);
  await choose('extra-files', statement);
  await opened.judge(next, key);
  expect(await said()).toContain('only its statement is at hand');
  // It replaces nothing, and so not that one either.
  await opened.judge(pack.zip, key);
  expect(await said()).toContain('It does NOT replace the pack');
  await openedAnew();
});

test('in English it says of steps and limits what the command says', async () => {
  const report = await opened.judge(pack.zip);
  await opened.page.click('input[value=en]');
  const shown = await opened.page.$$eval('#result li', (all) => all.map((one) => one.textContent));
  expect(shown).toEqual([
    ...report.steps.map(({ result, title }) => result + title),
    ...report.notProved.map(({ message }) => message),
  ]);
});

test('a verdict goes when another pack or key is chosen', async () => {
  const { page } = opened;
  await opened.judge(pack.zip, key);
  await page.type('#key-text', ' ');
  expect(await page.$eval('#result', (one) => one.checkVisibility())).toBe(false);
  await opened.judge(pack.zip, key);
  const other = path.join(opened.folder, 'other.zip');
  writeFileSync(other, pack.zip.subarray(1));
  await opened.choose('pack', other);
  expect(await page.$eval('#result', (one) => one.textContent)).toBe('');
});

test('without JavaScript the page has the commands to type', async () => {
  const plain = await openVerifyPage({ javaScript: false });
  try {
    const shown = (selector: string) =>
      plain.page.$eval(selector, (one) => (one.checkVisibility() ? one.textContent : null));
    const commands = readFileSync(path.join(TEMPLATES_FOLDER, 'pack', 'VERIFY.txt'), 'utf8');
    expect(await shown('noscript main')).toContain(commands.trim());
    expect(await shown('#app')).toBeNull();
  } finally {
    await plain.close();
  }
});

describe('axe finds nothing', () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const states: Record<string, () => Promise<unknown>> = {
    'the form': async () => undefined,
    'a valid pack': () => opened.judge(pack.zip, key),
    'a consistent pack': () => opened.judge(pack.zip),
    'an invalid pack': () => opened.judge(pack.zip.subarray(0, -1), key),
  };
  test.each(Object.entries(states))('in %s', async (_, reach) => {
    await reach();
    // As the driver, not as the page: the page's policy runs no other script.
    const found = (await opened.page.evaluate(
      `${axe}; axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html))`,
    )) as string[];
    expect(found).toEqual([]);
  });

  test.each([320, 375, 1280])('and nothing is wider than %i pixels', async (width) => {
    await opened.page.setViewport({ width, height: 800 });
    const wide = await opened.page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(width);
  });
});

test('the same sources give the same bytes', async () => {
  const digest = async () =>
    createHash('sha256')
      .update((await buildVerifyPage(TEMPLATES_FOLDER)).bytes)
      .digest('hex');
  expect(await digest()).toBe(await digest());
});

/** The page as it is when it is opened, in English. */
async function openedAnew(): Promise<OpenedVerifyPage> {
  await opened.page.reload();
  await opened.page.click('input[value=en]');
  return opened;
}
