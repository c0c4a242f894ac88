import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runDalil } from '../builders/run-dalil.ts';
import { aPackSigner, aSealedPack, type SealedForTest } from '../builders/sealed-pack.ts';
import { superseding } from '../builders/superseding-pack.ts';

// `dalil verify` as somebody calls it who has a pack, and perhaps a key.

const folder = mkdtempSync(path.join(tmpdir(), 'dalil-test-'));
const at = (name: string) => path.join(folder, name);
let pack: SealedForTest;

beforeAll(async () => {
  pack = await aSealedPack();
  writeFileSync(at('pack.zip'), pack.zip);
  writeFileSync(at('key.pem'), pack.signer.publicKeyPem);
  writeFileSync(at('other.pem'), aPackSigner().publicKeyPem);
  const changed = Uint8Array.from(pack.zip);
  const text = Buffer.from(pack.zip).indexOf('a redacted copy');
  changed[text]! ^= 1;
  writeFileSync(at('changed.zip'), changed);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('valid by the key: exit 0, the verdict first', async () => {
  const { code, out, said } = await runDalil(['verify', at('pack.zip'), '--key', at('key.pem')]);
  expect([code, said]).toEqual([0, []]);
  expect(out).toMatch(/^VALID: /);
  expect(out).toContain(pack.id);
});

test('valid by the digest of the statement, in capitals too', async () => {
  const [, digest] = /^([0-9a-f]{64})/.exec(
    execFileSync('sha256sum', {
      input: execFileSync('unzip', ['-p', at('pack.zip'), `${pack.id}/seal/statement.txt`]),
      encoding: 'utf8',
    }),
  )!;
  const { code } = await runDalil([
    ...['verify', at('pack.zip'), '--statement-sha256', digest!.toUpperCase()],
  ]);
  expect(code).toBe(0);
});

test('the key as other tools write it is the same key', async () => {
  const der = execFileSync('openssl', ['pkey', '-pubin', '-in', at('key.pem'), '-outform', 'DER']);
  const pem = execFileSync('openssl', ['pkey', '-pubin', '-inform', 'DER'], { input: der });
  writeFileSync(at('crlf.pem'), `our key\r\n${pem.toString().replaceAll('\n', '\r\n')}`);
  const { code } = await runDalil(['verify', at('pack.zip'), '--key', at('crlf.pem')]);
  expect(code).toBe(0);
});

test('no more than consistent without a key: exit 1', async () => {
  const { code, out } = await runDalil(['verify', at('pack.zip')]);
  expect(code).toBe(1);
  expect(out).toMatch(/^CONSISTENT: .*NOT confirmed/);
});

test('invalid by another key, and when a byte was changed: exit 1', async () => {
  const other = await runDalil(['verify', at('pack.zip'), '--key', at('other.pem')]);
  expect(other.code).toBe(1);
  expect(other.out).toMatch(/^INVALID: /);
  expect(other.out).toMatch(/^FAIL +The seal is by the key/m);
  const changed = await runDalil(['verify', at('changed.zip'), '--key', at('key.pem')]);
  expect(changed.code).toBe(1);
  expect(changed.out).toMatch(/^CHANGED +data\/media\/V-01\.mp4$/m);
});

test('--json is the whole report, and nothing else is on stdout', async () => {
  const { code, out } = await runDalil(['--json', 'verify', at('changed.zip')]);
  expect(code).toBe(1);
  const report = JSON.parse(out);
  expect(report.verdict).toBe('invalid');
  expect(report.findings).toContainEqual({
    code: 'payload-file-changed',
    step: 'payload',
    path: 'data/media/V-01.mp4',
    message: 'The file is not what was listed.',
  });
  expect(report.files).toContainEqual({ path: 'data/media/V-01.mp4', status: 'CHANGED' });
  expect(report.steps).toContainEqual({
    id: 'signature',
    title: expect.any(String),
    result: 'PASS',
  });
  expect(report.notProved.map(({ code }: { code: string }) => code)).toContain('origin');
  expect(report.lang).toBe('en');

  const told = await runDalil(['--json', 'verify', at('changed.zip'), '--lang', 'ky']);
  const inKyrgyz = JSON.parse(told.out);
  const codes = (one: typeof report) => [
    ...[one.findings, one.notProved].map((all) => all.map(({ code }: { code: string }) => code)),
    one.steps.map(({ id, result }: { id: string; result: string }) => [id, result]),
    one.files,
  ];
  expect(codes(inKyrgyz)).toEqual(codes(report));
  expect(inKyrgyz.lang).toBe('ky');
  for (const { title, message } of [
    ...inKyrgyz.steps,
    ...inKyrgyz.findings,
    ...inKyrgyz.notProved,
  ]) {
    expect(title ?? message).toMatch(/^[^a-z]*$/);
  }
});

test('a pack that replaces one by an earlier key: the key of the new one is enough', async () => {
  const next = await aSealedPack({ seed: 8 });
  const statement = pack.sealed.statementSha256;
  writeFileSync(at('next.zip'), await superseding(next, statement));
  writeFileSync(at('next.pem'), next.signer.publicKeyPem);
  const verify = ['verify', at('next.zip'), '--key', at('next.pem'), '--supersedes'];
  const { code, out } = await runDalil([...verify, at('pack.zip')]);
  expect(out).toContain('everything fits the statement that is named');
  expect(code).toBe(0);
  expect((await runDalil([...verify, at('changed.zip')])).code).toBe(1);
  expect((await runDalil([...verify, at('next.zip')])).code).toBe(1);
});

test('openings of a whole large pack are read, one by one; a file that is too large is named so', async () => {
  const line = (i: number) =>
    `["${i.toString(16).padStart(64, '0')}",{"bytes":8,"class":"exhibit","sha256":"${'0'.repeat(64)}"}]\n`;
  writeFileSync(at('openings.json'), Array.from({ length: 2_000 }, (_, i) => line(i)).join(''));
  const verify = ['--json', 'verify', at('pack.zip'), '--key', at('key.pem')];
  const { code, out } = await runDalil([...verify, '--opening', at('openings.json')]);
  expect([code, JSON.parse(out).openings.length]).toEqual([1, 2_000]);
  const refused = await runDalil([...verify, '--log-key', at('openings.json')]);
  expect(refused.code).toBe(3);
  expect(refused.said.join()).toContain('larger than 64 kB');
});

test('a folder is no pack: unreadable, not invalid, exit 3', async () => {
  expect((await runDalil(['verify', folder])).code).toBe(3);
});

test('judging a pack leaves it as it was', () => {
  expect(Buffer.compare(readFileSync(at('pack.zip')), pack.zip)).toBe(0);
});
