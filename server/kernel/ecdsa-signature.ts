import { isDer } from './strict-der.ts';

const SEQUENCE = 0x30;
const INTEGER = 0x02;
/** The most that one byte of length says: enough for the numbers of every curve in use. */
const LONGEST_NUMBER = 0x7f;

/**
 * The numbers r and s of an ECDSA signature, without leading zeros; null for bytes that are not
 * `SEQUENCE { INTEGER r, INTEGER s }` in DER, both above zero. OpenSSL takes no other spelling, other
 * libraries take several.
 *
 * @see RFC 3279, 2.2.3
 */
export function readEcdsaSignature(der: Uint8Array): readonly [Uint8Array, Uint8Array] | null {
  if (der[0] !== SEQUENCE || !isDer(der)) return null;
  const [, first = 0] = der;
  const start = first > LONGEST_NUMBER ? 2 + (first & LONGEST_NUMBER) : 2;
  const r = numberAt(der, start);
  const s = r === null ? null : numberAt(der, r.end);
  return r === null || s === null || s.end !== der.length ? null : [r.digits, s.digits];
}

function numberAt(der: Uint8Array, at: number): { digits: Uint8Array; end: number } | null {
  const [tag, length = 0, first = 0, second = 0] = der.subarray(at, at + 4);
  const end = at + 2 + length;
  if (tag !== INTEGER || length === 0 || length > LONGEST_NUMBER || end > der.length) return null;
  // Zero or negative, or longer than it needs to be.
  if (first > 0x7f || (first === 0 && (length === 1 || second <= 0x7f))) return null;
  return { digits: der.subarray(first === 0 ? at + 3 : at + 2, end), end };
}
