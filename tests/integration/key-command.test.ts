import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runDalil } from '../builders/run-dalil.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

// `dalil key` as an administrator types it; openssl says what the files are.

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const env = { DALIL_DATA: at('data'), DALIL_VAULT_KEYFILE: at('vault.key') };
const passphrase = 'төрт боз ат жайлоодо';
const dalil = (args: readonly string[], input?: string) => runDalil(args, env, input);
const openssl = (...args: string[]) => execFileSync('openssl', args, { encoding: 'utf8' });
const digestOf = (pem: string) =>
  execFileSync('sh', ['-c', 'openssl pkey -pubin -outform DER | sha256sum'], { input: pem })
    .toString()
    .slice(0, 64);
let first: string;

interface ListedKey {
  readonly publicKeyPem: string;
  readonly fingerprint: string;
  readonly state: string;
  readonly revocation: string | null;
}
async function listed(): Promise<ListedKey[]> {
  return JSON.parse((await dalil(['key', 'list', '--json'])).out);
}

beforeAll(async () => {
  writeFileSync(env.DALIL_VAULT_KEYFILE, Buffer.alloc(32, 'key'));
  const { code, out, said } = await dalil(['key']);
  expect(code).toBe(0);
  first = out;
  const digest = digestOf(first);
  expect(said[0]).toBe(`SHA-256 of the key: ${digest}`);
  expect(said[1]!.replaceAll(' ', '')).toContain(digest);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a key that leaves', () => {
  test('is encrypted so that openssl opens it with the passphrase, and with no other', async () => {
    const made = await dalil(['key', 'export', '--out', at('key.pem')], `${passphrase}\n`);
    expect(made.code).toBe(0);
    const open = (secret: string) =>
      spawnSync('openssl', ['pkey', '-in', at('key.pem'), '-pubout', '-passin', `pass:${secret}`]);
    expect(open(passphrase).stdout.toString()).toBe(first);
    expect(open(`${passphrase}!`).status).not.toBe(0);
    const form = openssl('asn1parse', '-in', at('key.pem'));
    for (const part of ['PBES2', 'PBKDF2', 'hmacWithSHA256', 'aes-256-cbc', ':0927C0']) {
      expect(form).toContain(part);
    }
  });
});

describe('a key that comes', () => {
  test('in the clear is taken, with the word that its file must be destroyed', async () => {
    const args = ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];
    openssl(...args, '-out', at('clear.pem'));
    const { code, said } = await dalil(['key', 'import', at('clear.pem')]);
    expect([code, said.join()]).toEqual([0, expect.stringContaining('The file was not encrypted')]);
  });

  test('encrypted by openssl is opened by its passphrase and signs from then on', async () => {
    openssl(
      ...['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
      ...['-aes-256-cbc', '-pass', `pass:${passphrase}`, '-out', at('other.pem')],
    );
    writeFileSync(at('secret'), `${passphrase}\n`);
    const args = ['key', 'import', at('other.pem'), '--passphrase-file', at('secret')];
    const { code, out, said } = await dalil(args);
    expect(code).toBe(0);
    expect(said.join()).not.toContain('not encrypted');
    const pass = ['-passin', `pass:${passphrase}`];
    expect(out).toBe(openssl('pkey', '-in', at('other.pem'), '-pubout', ...pass));
    expect((await listed()).map(({ state }) => state)).toEqual(['current', 'retired', 'retired']);
  });
});

test('a revoked key tells the world, and is gone from here', async () => {
  const [current] = await listed();
  const since = '2026-11-20T00:00:00Z';
  const args = ['key', 'revoke', current!.fingerprint, '--since', since, '--out', at('note.txt')];
  const publicPem = current!.publicKeyPem;
  expect((await dalil(args)).code).toBe(0);
  const note = readFileSync(at('note.txt'), 'utf8');
  expect(note).toContain(`\nkey p256 ${current!.fingerprint}\n`);
  expect(note).toContain(`\nsince ${since}\n`);
  const keys = await listed();
  expect(keys[0]).toMatchObject({ state: 'current', revocation: null });
  expect(note).toContain(`\nsuccessor p256 ${keys[0]!.fingerprint}\n`);
  expect(keys[1]).toMatchObject({ state: 'revoked', revocation: note });

  // As VERIFY.txt has it typed.
  writeFileSync(at('signer.pem'), publicPem);
  const typed = `sed '$d' note.txt > head; sed -n 's/^signature //p' note.txt | openssl base64 -d -A > sig
    openssl dgst -sha256 -verify signer.pem -signature sig head`;
  expect(execFileSync('sh', ['-c', typed], { cwd: folder }).toString()).toBe('Verified OK\n');
});

test('what cannot be is refused in one sentence, and nothing is written', async () => {
  const [{ fingerprint }] = (await listed()) as [ListedKey];
  const out = ['--out', at('none')];
  const refusals: [string[], string?][] = [
    [['key', 'export', ...out], 'short\n'],
    [['key', 'import', at('other.pem')], 'wrong passphrase\n'],
    [['key', 'revoke', fingerprint, ...out, '--since', 'yesterday']],
  ];
  for (const [args, input] of refusals) {
    const { code, said } = await dalil(args, input);
    expect([args[1], code, said.length]).toEqual([args[1], 2, 1]);
  }
  expect(existsSync(at('none'))).toBe(false);
});
