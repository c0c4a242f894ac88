import { createHash, hash } from 'node:crypto';

/** A SHA-256 digest as 64 lower-case hexadecimal digits. */
export type Sha256 = string & { readonly __brand: 'Sha256' };

const HEX_64 = /^[0-9a-f]{64}$/;
const HEX_OF_BYTE = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Tells whether `text` has the form of a SHA-256 digest. */
export function isSha256(text: unknown): text is Sha256 {
  return typeof text === 'string' && HEX_64.test(text);
}

/** SHA-256 of bytes, or of the UTF-8 form of a text, as hex. */
export function sha256(data: Uint8Array | string): Sha256 {
  return hash('sha256', data, 'hex') as Sha256;
}

/** SHA-256 over the concatenation of `parts`, as 32 bytes. */
export function sha256Bytes(...parts: Uint8Array[]): Uint8Array {
  const hasher = createHash('sha256');
  for (const part of parts) hasher.update(part);
  return new Uint8Array(hasher.digest());
}

/** A running digest: feed it with `update`, end it once with `digest`. */
export interface RunningSha256 {
  update(chunk: Uint8Array): void;
  digest(): Sha256;
}

/** Starts a running SHA-256. */
export function startSha256(): RunningSha256 {
  const hasher = createHash('sha256');
  return {
    update: (chunk) => {
      hasher.update(chunk);
    },
    digest: () => hasher.digest('hex') as Sha256,
  };
}

/** The value of a digit, by its code: 48 is "0", 97 is "a". */
function digitOf(code: number): number {
  return code < 97 ? code - 48 : code - 87;
}

/** Lower-case hex of bytes. */
export function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += HEX_OF_BYTE[byte];
  return hex;
}

/** Bytes of a lower-case hex text of even length; anything else throws a `RangeError`. */
export function fromHex(hex: string): Uint8Array {
  if (hex.length % 2 !== 0 || /[^0-9a-f]/.test(hex)) throw new RangeError('not lower-case hex');
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = 16 * digitOf(hex.charCodeAt(2 * i)) + digitOf(hex.charCodeAt(2 * i + 1));
  }
  return bytes;
}
