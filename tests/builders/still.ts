import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** Colours of the quarters of {@link quarters}: top left, top right, bottom left, bottom right. */
export const QUARTER_COLOURS = [
  [200, 40, 40],
  [40, 180, 60],
  [50, 70, 200],
  [220, 200, 50],
] as const;

/** A picture whose quarters have one colour each, as red, green, blue. Sides should be even. */
export function quarters(widthPx: number, heightPx: number): Uint8Array {
  const rgb = new Uint8Array(3 * widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const quarter = (y < heightPx / 2 ? 0 : 2) + (x < widthPx / 2 ? 0 : 1);
      rgb.set(QUARTER_COLOURS[quarter]!, 3 * (y * widthPx + x));
    }
  }
  return rgb;
}

/** {@link quarters} to encode as a test likes. */
export function quartersPicture(widthPx: number, heightPx: number): Sharp {
  const raw = { width: widthPx, height: heightPx, channels: 3 as const };
  return sharp(quarters(widthPx, heightPx), { raw });
}

/** Picture noise, the worst case for a lossy coder; the same for ever. */
export function noisePicture(widthPx: number, heightPx: number): Sharp {
  const rgb = new Uint8Array(3 * widthPx * heightPx);
  let seed = 1;
  for (let i = 0; i < rgb.length; i++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    rgb[i] = seed >>> 24;
  }
  return sharp(rgb, { raw: { width: widthPx, height: heightPx, channels: 3 } });
}

/** One chunk of a PNG. */
export function pngChunk(name: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A PNG of one bit a pixel that is small as a file and huge as a picture. */
export function pictureBomb(sidePx: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(sidePx, 0);
  header.writeUInt32BE(sidePx, 4);
  header[8] = 1;
  const row = Math.ceil(sidePx / 8) + 1;
  const data = deflateSync(Buffer.alloc(row * Math.min(sidePx, 2000)));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', data),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A still's plan that covers boxes of the upright picture, looked at by somebody. */
export function markedPlan(...boxes: Array<[number, number, number, number]>) {
  return {
    version: 1,
    mode: 'marked',
    cover: boxes.map((box, i) => ({ id: `r${i}`, keyframes: [{ frame: 0, box }], from: 0, to: 1 })),
    reviewedFrames: [[0, 1]],
  };
}

/** One segment of a JPEG. */
export function jpegSegment(marker: number, content: Uint8Array): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** A JPEG with further segments right after its start marker. */
export function withSegments(jpeg: Uint8Array, ...segments: readonly Uint8Array[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

/** A PNG with further chunks right after its header. */
export function withChunks(png: Uint8Array, ...chunks: readonly Uint8Array[]): Buffer {
  return Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)]);
}
