import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto';
import type { TextSealer } from '../kernel/vault.ts';
import type { Database } from './sqlite-database.ts';
import { VaultError } from './vault-error.ts';

/** `pack` seals packs (ECDSA P-256), `custody` signs checkpoints of the log (Ed25519). */
export type KeyPurpose = 'pack' | 'custody';

/** Signs without showing the private key. */
export interface KeySigner {
  /** SPKI, PEM. */
  readonly publicKeyPem: string;
  /** P-256: ECDSA over SHA-256, DER. Ed25519: 64 bytes over the message itself (RFC 8032). */
  sign(bytes: Uint8Array): Uint8Array;
}

/** The signing keys of this installation, sealed. */
export interface SigningKeys {
  /** The key of a purpose; made at first use. */
  signer(purpose: KeyPurpose): Promise<KeySigner>;
  /**
   * Keeps a key made elsewhere (PKCS#8, PEM) as the one of its purpose.
   *
   * @throws {VaultError} `KEY_UNSUITABLE` when it is no key of that kind, `KEY_EXISTS` when there
   *   is another already: what it signed would lose its signer.
   */
  save(purpose: KeyPurpose, privateKeyPem: string): Promise<KeySigner>;
}

/** Keeps signing keys in the database. */
export function createSigningKeys(deps: { database: Database; sealer: TextSealer }): SigningKeys {
  const { database, sealer } = deps;
  const placeOf = (purpose: KeyPurpose) => ({
    table: 'signing_keys',
    row: purpose,
    field: 'sealed_private_pem',
  });

  async function load(purpose: KeyPurpose): Promise<KeyObject | null> {
    const row = await database
      .selectFrom('signing_keys')
      .select('sealed_private_pem')
      .where('purpose', '=', purpose)
      .executeTakeFirst();
    if (row === undefined) return null;
    return createPrivateKey(sealer.open(placeOf(purpose), row.sealed_private_pem));
  }

  async function keep(purpose: KeyPurpose, key: KeyObject): Promise<KeyObject> {
    const pem = key.export({ type: 'pkcs8', format: 'pem' }) as string;
    await database
      .insertInto('signing_keys')
      .values({
        purpose,
        public_pem: publicPemOf(key),
        sealed_private_pem: sealer.seal(placeOf(purpose), pem),
      })
      .onConflict((conflict) => conflict.column('purpose').doNothing())
      .execute();
    // Two that start at once make two keys; the one that was kept first is everybody's.
    return (await load(purpose))!;
  }

  return {
    async signer(purpose) {
      return signerOf((await load(purpose)) ?? (await keep(purpose, generate(purpose))));
    },
    async save(purpose, privateKeyPem) {
      const key = parse(purpose, privateKeyPem);
      const kept = await keep(purpose, key);
      if (publicPemOf(kept) !== publicPemOf(key)) {
        throw new VaultError(
          'KEY_EXISTS',
          'There is a signing key for this purpose already, and what it signed needs it. Keep it, or start a new data folder.',
        );
      }
      return signerOf(kept);
    },
  };
}

function generate(purpose: KeyPurpose): KeyObject {
  return purpose === 'pack'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    : generateKeyPairSync('ed25519').privateKey;
}

function parse(purpose: KeyPurpose, pem: string): KeyObject {
  const wanted = purpose === 'pack' ? 'P-256' : 'Ed25519';
  let key: KeyObject | undefined;
  let cause: unknown;
  try {
    key = createPrivateKey(pem);
  } catch (error) {
    cause = error;
  }
  const kind = key?.asymmetricKeyType;
  const curve = key?.asymmetricKeyDetails?.namedCurve;
  const fits = purpose === 'pack' ? kind === 'ec' && curve === 'prime256v1' : kind === 'ed25519';
  if (key !== undefined && fits) return key;
  throw new VaultError(
    'KEY_UNSUITABLE',
    `This is no private key of the kind needed here. Give an ${wanted} key as PKCS#8 in PEM, without a passphrase.`,
    { cause },
  );
}

function signerOf(key: KeyObject): KeySigner {
  const algorithm = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  return {
    publicKeyPem: publicPemOf(key),
    sign: (bytes) => new Uint8Array(sign(algorithm, bytes, { key, dsaEncoding: 'der' })),
  };
}

function publicPemOf(privateKey: KeyObject): string {
  return createPublicKey(privateKey).export({
    type: 'spki',
    format: 'pem',
  }) as string;
}
