import { createPrivateKey, randomBytes } from 'node:crypto';
import { PKCS8ShroudedKeyBag, PrivateKeyInfo } from 'pkijs';
import { VaultError } from '../vault/vault-error.ts';

/** What OWASP asks of PBKDF2 with HMAC-SHA-256 (2023); Node's own export takes 2,048. */
const ITERATIONS = 600_000;
const SHORTEST_PASSPHRASE = 15;
const ENCRYPTED = '-----BEGIN ENCRYPTED PRIVATE KEY-----';

/** Throws {VaultError} `PASSPHRASE_TOO_SHORT`: a key file may be carried off and guessed at for years. */
export function refuseShortPassphrase(passphrase: string): void {
  if ([...passphrase].length >= SHORTEST_PASSPHRASE) return;
  throw new VaultError(
    'PASSPHRASE_TOO_SHORT',
    `The passphrase of a key file has at least ${SHORTEST_PASSPHRASE} characters. Give a longer one.`,
  );
}

/**
 * Encrypts a private key (PKCS#8, PEM) under a passphrase: PBES2 with PBKDF2-HMAC-SHA-256 and
 * AES-256-CBC (RFC 8018), which `openssl pkey` reads.
 *
 * @throws {VaultError} `PASSPHRASE_TOO_SHORT`.
 */
export async function encryptPrivateKey(pem: string, passphrase: string): Promise<string> {
  refuseShortPassphrase(passphrase);
  const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
  const bag = new PKCS8ShroudedKeyBag({
    parsedValue: PrivateKeyInfo.fromBER(new Uint8Array(der)),
  });
  await bag.makeInternalValues({
    password: new TextEncoder().encode(passphrase).buffer,
    // The type wants a vector; the library draws its own.
    contentEncryptionAlgorithm: { name: 'AES-CBC', length: 256, iv: randomBytes(16) },
    hmacHashAlgorithm: 'SHA-256',
    iterationCount: ITERATIONS,
  });
  const base64 = Buffer.from(bag.toSchema().toBER()).toString('base64');
  return `${ENCRYPTED}\n${base64.match(/.{1,64}/g)!.join('\n')}\n-----END ENCRYPTED PRIVATE KEY-----\n`;
}

/** Whether a key file is encrypted, as openssl and {@link encryptPrivateKey} write it. */
export function isEncryptedPrivateKey(pem: string): boolean {
  return pem.includes(ENCRYPTED) || /^Proc-Type: 4,ENCRYPTED/m.test(pem);
}

/**
 * The key of an encrypted file, as PKCS#8 in PEM without encryption.
 *
 * @throws {VaultError} `WRONG_PASSPHRASE` when it does not open; `KEY_UNSUITABLE` when OpenSSL knows
 *   no such encryption.
 */
export function decryptPrivateKey(pem: string, passphrase: string): string {
  try {
    const key = createPrivateKey({ key: pem, passphrase });
    return key.export({ type: 'pkcs8', format: 'pem' }) as string;
  } catch (cause) {
    if (/unsupported/i.test((cause as Error).message)) {
      throw new VaultError(
        'KEY_UNSUITABLE',
        'The key file is encrypted in a way of old that is not read here. Encrypt it anew with: openssl pkcs8 -topk8 -v2 aes-256-cbc.',
        { cause },
      );
    }
    throw new VaultError(
      'WRONG_PASSPHRASE',
      'The passphrase does not open the key file. Check both, then try again.',
      { cause },
    );
  }
}
