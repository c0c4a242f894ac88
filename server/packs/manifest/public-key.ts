import { fromBase64, toBase64 } from '../../kernel/base64.ts';
import { isBoundedText } from '../../kernel/bounded-text.ts';
import { toHex } from '../../kernel/digest.ts';

/** SubjectPublicKeyInfo of an uncompressed P-256 point: always these bytes, then the point. */
const P256_PREFIX = '3059301306072a8648ce3d020106082a8648ce3d030107034200';
const P256_SPKI_BYTES = 91;
/** SubjectPublicKeyInfo of an Ed25519 key (RFC 8410, 4): these bytes, then the 32 of the key. */
const ED25519_PREFIX = '302a300506032b6570032100';
const ED25519_SPKI_BYTES = 44;
/** More than either has. */
const MOST_BYTES = 1_000;

/**
 * The DER bytes of a P-256 public key in PEM (RFC 7468), which may come from anybody.
 *
 * @returns null when it is anything else, or holds anything besides: a key file has one form.
 */
export function p256KeyBytes(pem: string): Uint8Array | null {
  const bytes = derOf(pem);
  return bytes?.length === P256_SPKI_BYTES && startsWith(bytes, P256_PREFIX) && bytes[26] === 4
    ? bytes
    : null;
}

/** The 32 bytes of an Ed25519 public key in PEM, as of the custody log; null when it is none. */
export function ed25519KeyBytes(pem: string): Uint8Array | null {
  const bytes = derOf(pem);
  return bytes?.length === ED25519_SPKI_BYTES && startsWith(bytes, ED25519_PREFIX)
    ? bytes.slice(ED25519_PREFIX.length / 2)
    : null;
}

function derOf(pem: string): Uint8Array | null {
  if (!isBoundedText(pem, MOST_BYTES)) return null;
  const match = /^-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/=\n]+)-----END PUBLIC KEY-----\n$/.exec(
    pem,
  );
  const bytes = fromBase64((match?.[1] ?? '').replaceAll('\n', ''));
  return bytes !== null && bytes.length > 0 && formatPublicKey(bytes) === pem ? bytes : null;
}

function startsWith(bytes: Uint8Array, prefix: string): boolean {
  return toHex(bytes.subarray(0, prefix.length / 2)) === prefix;
}

/** A public key as PEM, as `openssl pkey -pubout` writes it. */
function formatPublicKey(bytes: Uint8Array): string {
  const lines = toBase64(bytes)
    .match(/.{1,64}/g)!
    .join('\n');
  return `-----BEGIN PUBLIC KEY-----\n${lines}\n-----END PUBLIC KEY-----\n`;
}
