import { foreignInScan } from './still-jpeg-scan.ts';

const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
const FRAME = 0xc0;
const HUFFMAN = 0xc4;
/** Quantisation, baseline frame, Huffman tables, scan: all that a bare baseline JPEG is made of. */
const ALLOWED = new Map([
  [0xdb, 'DQT'],
  [FRAME, 'SOF0'],
  [HUFFMAN, 'DHT'],
  [SCAN, 'SOS'],
]);

/**
 * What a JPEG holds besides one bare picture: any segment but those of a baseline picture (so no
 * EXIF with its thumbnail, XMP, profile, preview, gain map or comment), a second picture, bytes
 * behind the coded data or after the end marker. Empty when there is nothing.
 *
 * @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf Annex B
 */
export function foreignInJpeg(bytes: Uint8Array): string[] {
  if (bytes[0] !== 0xff || bytes[1] !== START) return ['no start marker'];
  const foreign: string[] = [];
  let scans = 0;
  const frames: Uint8Array[] = [];
  const huffman: Uint8Array[] = [];
  let at = 2;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return [...foreign, 'bytes between segments'];
    const marker = bytes[at + 1]!;
    if (marker === END) {
      if (at + 2 !== bytes.length) foreign.push('bytes after the end marker');
      if (scans !== 1) foreign.push(`${scans} scans`);
      return foreign;
    }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    if (!ALLOWED.has(marker)) foreign.push(`segment ${marker.toString(16)}`);
    if (length < 2) return [...foreign, 'segment without a length'];
    const content = bytes.subarray(at + 4, at + 2 + length);
    if (marker === FRAME) frames.push(content);
    if (marker === HUFFMAN) huffman.push(content);
    at += 2 + length;
    if (marker === SCAN) {
      scans++;
      const end = endOfScan(bytes, at);
      const [frame] = frames;
      if (frame === undefined || frames.length > 1) foreign.push(`${frames.length} frames`);
      else
        foreign.push(
          ...foreignInScan({ frame, huffman, scan: content, data: bytes.subarray(at, end) }),
        );
      at = end;
    }
  }
  return [...foreign, 'no end marker'];
}

/** Where the coded data of a scan end: at a marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1]!;
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}
