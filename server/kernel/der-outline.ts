import { fromHex, toHex } from './digest.ts';
import { isDer } from './strict-der.ts';

// What a value in DER is made of, as one line of text that a form can be held against: of what holds
// other values the tag and, in brackets, what it holds; of all else the tag, its bytes and a semicolon.
// Tags and bytes in hex: `30(02:01;04:cafe;)`. `verify.sh` writes the same of the same bytes.

const CONSTRUCTED = 0x20;
const LONG_LENGTH = 0x80;

/** The outline of bytes; null when they are not one value in DER. */
export function derOutline(bytes: Uint8Array): string | null {
  return isDer(bytes) ? outlineOf(bytes) : null;
}

/** Values in DER, one after the other, of their outlines; lengths are counted anew. */
export function derOfOutline(outline: string): Uint8Array {
  return fromHex(hexOf(outline));
}

function outlineOf(bytes: Uint8Array): string {
  let outline = '';
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at + 1]!;
    const count = first < LONG_LENGTH ? 0 : first - LONG_LENGTH;
    const start = at + 2 + count;
    const long = bytes.subarray(at + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
    const end = start + (count === 0 ? first : long);
    const tag = toHex(bytes.subarray(at, at + 1));
    const value = bytes.subarray(start, end);
    outline +=
      (bytes[at]! & CONSTRUCTED) === 0 ? `${tag}:${toHex(value)};` : `${tag}(${outlineOf(value)})`;
    at = end;
  }
  return outline;
}

/** From within: what has no brackets in it any more becomes bytes. */
function hexOf(outline: string): string {
  let hex = outline.replaceAll(/(..):([0-9a-f]*);/g, (_, tag, bytes) => encoded(tag, bytes));
  while (hex.includes('(')) {
    hex = hex.replaceAll(/(..)\(([0-9a-f]*)\)/g, (_, tag, inner) => encoded(tag, inner));
  }
  return hex;
}

/** A value in hex, its length as short as it can be. */
function encoded(tag: string, hex: string): string {
  const length = hex.length / 2;
  const digits = length.toString(16);
  const own = digits.padStart(digits.length + (digits.length % 2), '0');
  const count = length < LONG_LENGTH ? '' : (LONG_LENGTH + own.length / 2).toString(16);
  return tag + count + own + hex;
}
