import { readEcdsaSignature } from '../kernel/ecdsa-signature.ts';
import { p256KeyBytes } from '../packs/manifest/public-key.ts';
import type { CheckSignature } from '../verification/ports.ts';

const COORDINATE_BYTES = 32;

/**
 * Whether a DER signature (ECDSA P-256 over SHA-256) by this key is right, by WebCrypto. Never
 * throws: a key or signature that cannot be read is not right. As OpenSSL, it takes DER in its one
 * form only.
 */
export const checkSubtleSignature: CheckSignature = async ({ publicKeyPem, bytes, signature }) => {
  const spki = p256KeyBytes(publicKeyPem);
  const pair = pairOf(signature);
  if (spki === null || pair === null) return false;
  const { subtle } = globalThis.crypto;
  try {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
    const key = await subtle.importKey('spki', ofOwn(spki), algorithm, false, ['verify']);
    const how = { name: 'ECDSA', hash: 'SHA-256' };
    return await subtle.verify(how, key, ofOwn(pair), ofOwn(bytes));
  } catch {
    return false;
  }
};

/** r ‖ s, 32 bytes each; null for bytes that are no signature of this curve. */
function pairOf(der: Uint8Array): Uint8Array | null {
  const numbers = readEcdsaSignature(der);
  if (numbers === null || numbers.some(({ length }) => length > COORDINATE_BYTES)) return null;
  const pair = new Uint8Array(2 * COORDINATE_BYTES);
  const [r, s] = numbers;
  pair.set(r, COORDINATE_BYTES - r.length);
  pair.set(s, 2 * COORDINATE_BYTES - s.length);
  return pair;
}

/** A copy in memory of its own, as WebCrypto wants it. */
function ofOwn(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
