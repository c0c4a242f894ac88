import { open } from 'node:fs/promises';
import { VaultError } from './vault-error.ts';
import type { VaultSecret } from './vault-key.ts';

const PASSPHRASE_CHARACTERS = 8;
const KEY_FILE_MIN_BYTES = 32;
const KEY_FILE_MAX_BYTES = 1024 * 1024;

/**
 * What opens the vault, from what was configured; null when nothing was: the vault stays locked.
 *
 * @throws {VaultError} `TWO_SECRETS`, `PASSPHRASE_TOO_SHORT` or `KEY_FILE_UNREADABLE`.
 */
export async function readVaultSecret(options: {
  passphrase?: string | undefined;
  /** Path of the key file. */
  keyFile?: string | undefined;
  /** What a key file holds, when somebody sent it. */
  keyBytes?: Uint8Array | undefined;
}): Promise<VaultSecret | null> {
  const { passphrase, keyFile, keyBytes } = options;
  if (passphrase !== undefined && keyFile !== undefined) {
    throw new VaultError(
      'TWO_SECRETS',
      'Both a passphrase and a key file were given for the vault. Give the one that it was made with.',
    );
  }
  if (keyFile !== undefined) return { method: 'key-file', bytes: await readKeyFile(keyFile) };
  if (keyBytes !== undefined) return { method: 'key-file', bytes: usableKey(keyBytes) };
  if (passphrase === undefined) return null;
  if ([...passphrase].length < PASSPHRASE_CHARACTERS) {
    throw new VaultError(
      'PASSPHRASE_TOO_SHORT',
      `The passphrase of the vault has at least ${PASSPHRASE_CHARACTERS} characters. Give a longer one.`,
    );
  }
  return { method: 'passphrase', passphrase };
}

async function readKeyFile(keyFile: string): Promise<Uint8Array> {
  const bytes = await readStart(keyFile, KEY_FILE_MAX_BYTES + 1).catch((cause: unknown) => {
    throw unreadable('it cannot be read', cause);
  });
  return usableKey(bytes);
}

function usableKey(bytes: Uint8Array): Uint8Array {
  if (bytes.length < KEY_FILE_MIN_BYTES) {
    throw unreadable(`it has fewer than ${KEY_FILE_MIN_BYTES} bytes`);
  }
  if (bytes.length > KEY_FILE_MAX_BYTES) throw unreadable('it has more than 1 MiB');
  return bytes;
}

async function readStart(path: string, limitBytes: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(limitBytes);
    let filled = 0;
    for (let read = -1; read !== 0 && filled < limitBytes; filled += read) {
      read = (await file.read(bytes, filled, limitBytes - filled, null)).bytesRead;
    }
    return new Uint8Array(bytes.subarray(0, filled));
  } finally {
    await file.close();
  }
}

function unreadable(why: string, cause?: unknown): VaultError {
  return new VaultError(
    'KEY_FILE_UNREADABLE',
    `The key file of the vault cannot be used: ${why}. Name another in DALIL_VAULT_KEYFILE; "openssl rand -out FILE 32" makes one.`,
    { cause },
  );
}
