import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { KeySigner } from '../../server/adapters/keys/signing-key.ts';
import { openDatabase } from '../../server/adapters/sqlite/sqlite-database.ts';
import { MIGRATIONS } from '../../server/adapters/sqlite/sqlite-migrations.ts';
import { openVault } from '../../server/adapters/vault/vault.ts';
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

/** For keys that no log is told of here. */
const unannounced = async () => {};

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

test('a key made by openssl takes the place of the one before, and that one never comes back', async () => {
  const { keys } = (await aVault()).vault;
  const first = await keys.signer('pack');
  const firstPem = await keys.privateKeyPem(first.publicKeyPem);
  const pem = execFileSync(
    'openssl',
    ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const publicPem = execFileSync('openssl', ['pkey', '-pubout'], { input: pem, encoding: 'utf8' });
  expect((await keys.replace('pack', unannounced, { privateKeyPem: pem })).publicKeyPem).toBe(
    publicPem,
  );
  expect((await keys.signer('pack')).publicKeyPem).toBe(publicPem);
  await keys.replace('pack', unannounced, { privateKeyPem: pem });
  // Given again with certificates, it has those; without, it keeps them.
  for (const given of [{ certificatesPem: 'first' }, { certificatesPem: 'other' }, {}]) {
    await keys.replace('pack', unannounced, { privateKeyPem: pem, ...given });
    const { certificatesPem } = await keys.signer('pack');
    expect(certificatesPem).toBe(given.certificatesPem ?? 'other');
  }
  expect((await keys.list('pack')).map(({ state }) => state)).toEqual(['current', 'retired']);
  await expect(
    keys.replace('pack', unannounced, { privateKeyPem: firstPem }),
  ).rejects.toMatchObject({
    code: 'KEY_EXISTS',
  });
  expect((await keys.signer('pack')).publicKeyPem).toBe(publicPem);
  expect((await keys.signerBy(first.publicKeyPem)).publicKeyPem).toBe(first.publicKeyPem);
});

test('what revokes a key leaves nothing of its private half in the data folder', async () => {
  const { dataDir, database, vault } = await aVault();
  const { publicKeyPem } = await vault.keys.signer('pack');
  const sealed = await database
    .selectFrom('signing_keys')
    .select('sealed_private_pem')
    .executeTakeFirstOrThrow();
  const bytesOnDisk = () =>
    Buffer.concat(
      readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
        .map((name) => path.join(dataDir, name))
        .filter((name) => statSync(name).isFile())
        .map((name) => readFileSync(name)),
    );
  const half = Buffer.from(sealed.sealed_private_pem!);
  expect(bytesOnDisk().includes(half)).toBe(true);
  await vault.keys.revoke(publicKeyPem, 'what was told');
  expect(bytesOnDisk().includes(half)).toBe(false);
  await expect(vault.keys.signerBy(publicKeyPem)).rejects.toMatchObject({ code: 'KEY_UNKNOWN' });
  expect((await vault.keys.signer('pack')).publicKeyPem).not.toBe(publicKeyPem);
  expect((await vault.keys.list('pack')).at(-1)).toMatchObject({
    state: 'revoked',
    revocation: 'what was told',
  });
});

test('a key from before there were several of a purpose signs on', async () => {
  const dataDir = aTemporaryFolder();
  const keyFile = path.join(aTemporaryFolder(), 'vault.key');
  writeFileSync(keyFile, Buffer.alloc(32, 'key'));
  const before = MIGRATIONS.slice(
    0,
    MIGRATIONS.findIndex(({ name }) => name.includes('keys')),
  );
  const earlier = await openDatabase({ dataDir, migrations: before });
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicPem = publicKey.export({ type: 'spki', format: 'pem' }) as string;
  const { sealer } = (await openVault({ dataDir, database: earlier, keyFile }))!;
  const place = { table: 'signing_keys', row: 'pack', field: 'sealed_private_pem' };
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  await sql`insert into signing_keys (purpose, public_pem, sealed_private_pem)
    values ('pack', ${publicPem}, ${sealer.seal(place, pem)})`.execute(earlier);
  await earlier.destroy();
  const { keys } = (await aVault(dataDir)).vault;
  expect((await keys.signer('pack')).publicKeyPem).toBe(publicPem);
  expect(await keys.list('pack')).toMatchObject([{ state: 'current', madeAt: null }]);
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
  await expect(keys.replace(purpose, unannounced, { privateKeyPem: pem })).rejects.toMatchObject({
    code: 'KEY_UNSUITABLE',
  });
});

test('what is no key is refused', async () => {
  const { keys } = (await aVault()).vault;
  await expect(keys.replace('pack', unannounced, { privateKeyPem: 'hello' })).rejects.toMatchObject(
    {
      code: 'KEY_UNSUITABLE',
    },
  );
});
