import type { PackBytes } from './ports.ts';

/**
 * The bytes [start, end) as one piece, fewer when the archive ends before: for small parts only.
 * Rejects when they cannot be read.
 */
export async function readRange(pack: PackBytes, start: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(end - start);
  let at = 0;
  for await (const part of pack.read(start, end)) {
    bytes.set(part.subarray(0, bytes.length - at), at);
    at += part.length;
  }
  return at >= bytes.length ? bytes : bytes.subarray(0, at);
}

/** Whether two pieces are the same bytes. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** The numbers in a piece of bytes. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
