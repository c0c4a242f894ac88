const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
/** Quantisation, baseline frame, Huffman tables, scan: all that a bare baseline JPEG is made of. */
const ALLOWED = new Map([
  [0xdb, 'DQT'],
  [0xc0, 'SOF0'],
  [0xc4, 'DHT'],
  [SCAN, 'SOS'],
]);

/**
 * What a JPEG holds besides one bare picture: any segment but those of a baseline picture (so no
 * EXIF with its thumbnail, XMP, profile, preview, gain map or comment), a second picture, bytes
 * after the end marker. Empty when there is nothing.
 *
 * @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf Annex B
 */
export function foreignInJpeg(bytes: Uint8Array): string[] {
  if (bytes[0] !== 0xff || bytes[1] !== START) return ['no start marker'];
  const foreign: string[] = [];
  let scans = 0;
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
    at += 2 + length;
    if (marker === SCAN) {
      scans++;
      at = endOfScan(bytes, at);
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
