import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto';
import { VaultError } from '../vault/vault-error.ts';

/** `pack` seals packs (ECDSA P-256), `custody` signs checkpoints of the log (Ed25519). */
export type KeyPurpose = 'pack' | 'custody';

/** Signs without showing the private key. */
export interface KeySigner {
  /** SPKI, PEM. */
  readonly publicKeyPem: string;
  /** Of the key and who vouches for it, PEM; null for keys without. */
  readonly certificatesPem: string | null;
  /** P-256: ECDSA over SHA-256, DER. Ed25519: 64 bytes over the message itself (RFC 8032). */
  sign(bytes: Uint8Array): Uint8Array;
}

/** A fresh private key of the kind that a purpose needs. */
export function generateSigningKey(purpose: KeyPurpose): KeyObject {
  return purpose === 'pack'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    : generateKeyPairSync('ed25519').privateKey;
}

/** Reads a private key (PEM, not encrypted). Throws {VaultError} `KEY_UNSUITABLE` for any other. */
export function parseSigningKey(purpose: KeyPurpose, pem: string): KeyObject {
  const wanted = purpose === 'pack' ? 'a P-256' : 'an Ed25519';
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
    `This is no private key of the kind needed here. Give ${wanted} key as PKCS#8 in PEM.`,
    { cause },
  );
}

/** A signer by a private key. */
export function signerOf(key: KeyObject, certificatesPem: string | null = null): KeySigner {
  const algorithm = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  return {
    publicKeyPem: publicPemOf(key),
    certificatesPem,
    sign: (bytes) => new Uint8Array(sign(algorithm, bytes, { key, dsaEncoding: 'der' })),
  };
}

/** The public half of a private key, SPKI in PEM. */
export function publicPemOf(privateKey: KeyObject): string {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }) as string;
}
