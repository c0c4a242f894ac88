import path from 'node:path';
import type { BlobStore } from '../../kernel/blobs.ts';
import { type RandomBytes, systemRandom } from '../../kernel/ids.ts';
import { type Clock, systemClock } from '../../kernel/time.ts';
import type { OutputNamer, TextSealer } from '../../kernel/vault.ts';
import type { Database } from '../sqlite/sqlite-database.ts';
import { createSigningKeys, type SigningKeys } from '../sqlite/sqlite-keys.ts';
import { createVaultBlobs } from './vault-blobs.ts';
import { VaultError } from './vault-error.ts';
import { subkey, unwrapVaultKey, type VaultSecret, wrapVaultKey } from './vault-key.ts';
import { createVaultNamer, createVaultSealer } from './vault-sealer.ts';
import { readVaultSecret } from './vault-secret.ts';

/** Everything that works only while the vault is open. */
export interface Vault {
  readonly blobs: BlobStore;
  readonly sealer: TextSealer;
  readonly namer: OutputNamer;
  readonly keys: SigningKeys;
  /** The vault key, for another process of this service: 32 bytes, to be sent and forgotten. */
  key(): Uint8Array;
}

/**
 * Opens the vault of a data folder, and makes it when there is none yet.
 *
 * The vault key is 32 random bytes, stored only as wrapped by what a person holds: a passphrase
 * (Argon2id) or the bytes of a key file (HKDF). Everything else is under keys derived from it.
 *
 * @returns null when neither passphrase nor key file is given: the vault stays locked, and nothing
 *   was tried.
 * @throws {VaultError} `WRONG_PASSPHRASE`, `WRONG_KEY_FILE`, `OTHER_SECRET` (it opens with the
 *   other kind), `VAULT_NOT_MADE`, `TWO_SECRETS`, `PASSPHRASE_TOO_SHORT`, `KEY_FILE_UNREADABLE` or `STORAGE_FULL`.
 */
export async function openVault(options: {
  dataDir: string;
  database: Database;
  passphrase?: string | undefined;
  keyFile?: string | undefined;
  keyBytes?: Uint8Array | undefined;
  /** False: a vault that does not exist yet is not made, but `VAULT_NOT_MADE` is thrown. */
  makes?: boolean;
  random?: RandomBytes;
  clock?: Clock;
}): Promise<Vault | null> {
  const { dataDir, database, makes = true, random = systemRandom, clock = systemClock } = options;
  const secret = await readVaultSecret(options);
  if (secret === null) return null;
  if (!makes && !(await isVaultMade(database))) {
    throw new VaultError(
      'VAULT_NOT_MADE',
      'There is no vault yet. Start the service once with DALIL_VAULT_KEYFILE or DALIL_VAULT_PASSPHRASE, or ask for a new vault.',
    );
  }
  return vaultOf({
    dataDir,
    database,
    random,
    clock,
    vaultKey: await vaultKeyOf(database, secret, random),
  });
}

/** Builds a vault from its key, which another process of this service opened. */
export function vaultOf(options: {
  dataDir: string;
  database: Database;
  random?: RandomBytes;
  clock?: Clock;
  vaultKey: Uint8Array;
}): Vault {
  const { dataDir, database, random = systemRandom, clock = systemClock, vaultKey } = options;
  const sealer = createVaultSealer({ key: subkey(vaultKey, 'seal'), random });
  return {
    sealer,
    namer: createVaultNamer({ key: subkey(vaultKey, 'name') }),
    keys: createSigningKeys({ database, sealer, clock }),
    blobs: createVaultBlobs({
      folder: path.join(dataDir, 'blobs'),
      database,
      sealer,
      wrapKey: subkey(vaultKey, 'wrap'),
      random,
    }),
    key: () => Uint8Array.from(vaultKey),
  };
}

/** Whether the data folder has a vault, open or not. */
export async function isVaultMade(database: Database): Promise<boolean> {
  const wrap = await database.selectFrom('vault_wraps').select('method').executeTakeFirst();
  return wrap !== undefined;
}

async function vaultKeyOf(
  database: Database,
  secret: VaultSecret,
  random: RandomBytes,
): Promise<Uint8Array> {
  const readWraps = () => database.selectFrom('vault_wraps').selectAll().execute();
  let wraps = await readWraps();
  if (wraps.length === 0) {
    const fresh = await wrapVaultKey(random(32), secret, random);
    await database.transaction().execute(async (transaction) => {
      // Another process may have made the vault meanwhile: there is only ever one key.
      const made = await transaction.selectFrom('vault_wraps').select('method').execute();
      if (made.length === 0) await transaction.insertInto('vault_wraps').values(fresh).execute();
    });
    wraps = await readWraps();
  }
  const wrap = wraps.find(({ method }) => method === secret.method);
  if (wrap === undefined) {
    throw new VaultError(
      'OTHER_SECRET',
      secret.method === 'passphrase'
        ? 'The vault opens with a key file, not with a passphrase. Name the file in DALIL_VAULT_KEYFILE.'
        : 'The vault opens with a passphrase, not with a key file. Give the passphrase it was made with.',
    );
  }
  return (await unwrapVaultKey(wrap, secret)) ?? refuse(secret);
}

function refuse(secret: VaultSecret): never {
  if (secret.method === 'passphrase') {
    throw new VaultError(
      'WRONG_PASSPHRASE',
      'The passphrase does not open this vault. Check it and the data folder, then try again.',
    );
  }
  throw new VaultError(
    'WRONG_KEY_FILE',
    'The key file does not open this vault. Check it and the data folder, then try again.',
  );
}
