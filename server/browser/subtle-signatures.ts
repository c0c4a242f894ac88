import { p256KeyBytes } from '../packs/manifest/public-key.ts';
import type { CheckSignature } from '../verification/ports.ts';

const COORDINATE_BYTES = 32;
const SEQUENCE = 0x30;
const INTEGER = 0x02;

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

/** r ‖ s, 32 bytes each, out of `SEQUENCE { INTEGER r, INTEGER s }`; null for any other form. */
function pairOf(der: Uint8Array): Uint8Array | null {
  if (der[0] !== SEQUENCE || der[1] !== der.length - 2 || der.length > 0x7f) return null;
  const pair = new Uint8Array(2 * COORDINATE_BYTES);
  let at = 2;
  for (const end of [COORDINATE_BYTES, 2 * COORDINATE_BYTES]) {
    const length = der[at + 1] ?? 0;
    const number = der.subarray(at + 2, at + 2 + length);
    if (der[at] !== INTEGER || length === 0 || number.length !== length) return null;
    const [first = 0, second = 0] = number;
    // Negative, or longer than it needs to be.
    if (first > 0x7f || (first === 0 && length > 1 && second <= 0x7f)) return null;
    const digits = first === 0 ? number.subarray(1) : number;
    if (digits.length > COORDINATE_BYTES) return null;
    pair.set(digits, end - digits.length);
    at += 2 + length;
  }
  return at === der.length ? pair : null;
}

/** A copy in memory of its own, as WebCrypto wants it. */
function ofOwn(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
