import { crc32, inflateSync } from 'node:zlib';
import { chunkName } from './still-format.ts';

const SIGNATURE_BYTES = 8;
const CHANNELS = 3;
/** The density that the encoder writes for every picture: 1 pixel per millimetre. */
const DENSITY = '0000 03e8 0000 03e8 01'.replaceAll(' ', '');

/**
 * What a PNG holds besides one bare picture of the given size: any chunk but header, density, data
 * and end (so no text, EXIF, profile or animation), data that inflate to more than the rows or go
 * on behind them, bytes after the end. Empty when there is nothing.
 *
 * @see https://www.w3.org/TR/png-3/#11Chunks
 */
export function foreignInPng(
  bytes: Uint8Array,
  size: { readonly widthPx: number; readonly heightPx: number },
): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const foreign: string[] = [];
  const data: Uint8Array[] = [];
  let at = SIGNATURE_BYTES;
  let ended = false;
  while (!ended && at + 12 <= bytes.length) {
    const length = view.getUint32(at);
    const name = chunkName(bytes, at + 4);
    const end = at + 12 + length;
    if (end > bytes.length) break;
    const content = bytes.subarray(at + 8, end - 4);
    if (view.getUint32(end - 4) !== crc32(bytes.subarray(at + 4, end - 4))) {
      foreign.push(`checksum of ${name}`);
    }
    if (name === 'IDAT') data.push(content);
    else if (!isBare(name, content)) foreign.push(`chunk ${name}`);
    ended = name === 'IEND';
    at = end;
  }
  if (!ended) return [...foreign, 'no end'];
  if (at !== bytes.length) foreign.push('bytes after the end');
  return [...foreign, ...foreignInData(data, size)];
}

function isBare(name: string, content: Uint8Array): boolean {
  if (name === 'IHDR') return content.length === 13;
  if (name === 'IEND') return content.length === 0;
  return name === 'pHYs' && Buffer.from(content).toString('hex') === DENSITY;
}

function foreignInData(
  data: readonly Uint8Array[],
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
): string[] {
  const stream = Buffer.concat(data);
  const rows = (CHANNELS * widthPx + 1) * heightPx;
  try {
    const inflated = inflateSync(stream, { info: true, maxOutputLength: rows });
    // With `info` the result is an object, which the types of Node do not know.
    const { buffer, engine } = inflated as unknown as {
      buffer: Uint8Array;
      engine: { bytesWritten: number };
    };
    if (buffer.length !== rows) return ['data of another size'];
    return engine.bytesWritten === stream.length ? [] : ['bytes behind the data'];
  } catch {
    return ['data that cannot be inflated'];
  }
}
