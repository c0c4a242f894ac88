import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { KeySigner } from '../../server/adapters/sqlite-keys.ts';
import { aVault } from '../builders/open-vault.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';

/** Whether openssl accepts a signature. */
function opensslAccepts(signer: KeySigner, message: Uint8Array, signature: Uint8Array): boolean {
  const folder = aTemporaryFolder();
  const file = (name: string, bytes: Uint8Array | string) => {
    writeFileSync(path.join(folder, name), bytes);
    return path.join(folder, name);
  };
  const key = file('key.pem', signer.publicKeyPem);
  const data = file('data', message);
  const sig = file('sig', signature);
  const kind = execFileSync('openssl', ['pkey', '-pubin', '-in', key, '-noout', '-text']);
  const args = kind.includes('ED25519')
    ? ['pkeyutl', '-verify', '-pubin', '-inkey', key, '-rawin', '-in', data, '-sigfile', sig]
    : ['dgst', '-sha256', '-verify', key, '-signature', sig, data];
  return spawnSync('openssl', args).status === 0;
}

const message = Buffer.from('dalil-evidence-pack/v1\n');

describe.each(['pack', 'custody'] as const)('the %s key', (purpose) => {
  test('signs what openssl verifies, and nothing else', async () => {
    const signer = await (await aVault()).vault.keys.signer(purpose);
    const signature = signer.sign(message);
    expect(opensslAccepts(signer, message, signature)).toBe(true);
    expect(opensslAccepts(signer, Buffer.from('another'), signature)).toBe(false);
    const last = signature.length - 1;
    const bent = signature.with(last, signature[last]! ^ 1);
    expect(opensslAccepts(signer, message, bent)).toBe(false);
  });

  test('stays the same, also when asked for many times at once', async () => {
    const { keys } = (await aVault()).vault;
    const signers = await Promise.all(Array.from({ length: 5 }, () => keys.signer(purpose)));
    expect(new Set(signers.map((signer) => signer.publicKeyPem)).size).toBe(1);
  });
});

test('openssl names the kinds', async () => {
  const { keys } = (await aVault()).vault;
  const describeKey = (input: string) =>
    execFileSync('openssl', ['pkey', '-pubin', '-noout', '-text'], {
      input,
      encoding: 'utf8',
    });
  expect(describeKey((await keys.signer('pack')).publicKeyPem)).toContain('prime256v1');
  expect(describeKey((await keys.signer('custody')).publicKeyPem)).toContain('ED25519');
});

test('a key made by openssl is kept; another after it is refused', async () => {
  const { keys } = (await aVault()).vault;
  const makeKey = () =>
    execFileSync(
      'openssl',
      ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
  const pem = makeKey();
  const publicPem = execFileSync('openssl', ['pkey', '-pubout'], {
    input: pem,
    encoding: 'utf8',
  });
  expect((await keys.save('pack', pem)).publicKeyPem).toBe(publicPem);
  expect((await keys.signer('pack')).publicKeyPem).toBe(publicPem);
  await keys.save('pack', pem);
  await expect(keys.save('pack', makeKey())).rejects.toMatchObject({
    code: 'KEY_EXISTS',
  });
  expect((await keys.signer('pack')).publicKeyPem).toBe(publicPem);
});

test.each([
  ['pack', generateKeyPairSync('ed25519').privateKey],
  ['pack', generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey],
  ['pack', generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey],
  ['custody', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey],
  ['custody', generateKeyPairSync('x25519').privateKey],
] as const)('no %s key of another kind is kept', async (purpose, key) => {
  const { keys } = (await aVault()).vault;
  const pem = key.export({ type: 'pkcs8', format: 'pem' }) as string;
  await expect(keys.save(purpose, pem)).rejects.toMatchObject({
    code: 'KEY_UNSUITABLE',
  });
});

test('what is no key is refused', async () => {
  const { keys } = (await aVault()).vault;
  await expect(keys.save('pack', 'hello')).rejects.toMatchObject({
    code: 'KEY_UNSUITABLE',
  });
});
