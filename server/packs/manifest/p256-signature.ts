import { toHex } from '../../kernel/digest.ts';
import { readEcdsaSignature } from '../../kernel/ecdsa-signature.ts';

/** The order n of the group of P-256 (SEC 2, 2.4.2). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const SEQUENCE = 0x30;
const INTEGER = 0x02;

/**
 * Whether a signature (ECDSA P-256, DER) is the higher one of its pair. Of every signature (r, s)
 * anybody can make (r, n − s), which fits as well; a pack has the one with s ≤ n / 2, so that no byte
 * of it can change without being found. Bytes that are no such signature are not high either: they
 * fit no key.
 */
export function isHighSignature(der: Uint8Array): boolean {
  const parts = takeApart(der);
  return parts !== null && isHigh(parts.s);
}

/** The lower one of a signature and its twin; null for bytes that are no ECDSA P-256 signature. */
export function lowSignature(der: Uint8Array): Uint8Array | null {
  const parts = takeApart(der);
  if (parts === null) return null;
  const { r, s } = parts;
  const body = [...integer(r), ...integer(isHigh(s) ? ORDER - s : s)];
  return Uint8Array.of(SEQUENCE, body.length, ...body);
}

function isHigh(s: bigint): boolean {
  return s > ORDER / 2n;
}

/** The numbers of a signature, 0 < r, s < n. */
function takeApart(der: Uint8Array): { r: bigint; s: bigint } | null {
  const [r, s] = readEcdsaSignature(der)?.map((digits) => BigInt(`0x${toHex(digits)}`)) ?? [];
  return r !== undefined && s !== undefined && r < ORDER && s < ORDER ? { r, s } : null;
}

/** An INTEGER in DER: as short as can be, and never negative. */
function integer(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; rest > 0n; rest /= 256n) bytes.unshift(Number(rest % 256n));
  if (bytes[0]! > 0x7f) bytes.unshift(0);
  return [INTEGER, bytes.length, ...bytes];
}
