import { chunkName } from './still-format.ts';

const HEADER_BYTES = 12;
/** Decoders look eight bytes ahead, so that of less than twice as many the end cannot be told. */
const LEAST_DATA_BYTES = 16;

/**
 * What a WebP holds besides one bare lossless picture: any further chunk (so no extended header, EXIF,
 * XMP, profile, alpha or animation), bytes after the end. Empty when there is nothing.
 *
 * @see https://developers.google.com/speed/webp/docs/riff_container#simple_file_format_lossless
 */
export function foreignInWebp(bytes: Uint8Array): string[] {
  if (bytes.length < HEADER_BYTES + 8) return ['no picture'];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const foreign: string[] = [];
  if (view.getUint32(4, true) + 8 !== bytes.length) foreign.push('bytes after the end');
  const name = chunkName(bytes, HEADER_BYTES);
  if (name !== 'VP8L') foreign.push(`chunk ${name}`);
  const length = view.getUint32(HEADER_BYTES + 4, true);
  const end = HEADER_BYTES + 8 + length + (length % 2);
  if (end !== bytes.length) foreign.push('another chunk');
  if (length % 2 === 1 && bytes[end - 1] !== 0) foreign.push('padding that is not empty');
  return foreign;
}

/**
 * The same WebP with two or three bytes less of coded data, so that none fills up. A decoder that still finds all it needs in it shows
 * that the data go on behind the picture; one byte the coder itself may write in vain. Null for what
 * is no bare lossless picture, or has too few bytes to tell.
 */
export function shortenedWebp(bytes: Uint8Array): Uint8Array | null {
  if (foreignInWebp(bytes).length > 0) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = view.getUint32(HEADER_BYTES + 4, true);
  // Decoders read the byte that would fill up an odd length as if it were data.
  const length = whole - 2 - (whole % 2);
  if (length < LEAST_DATA_BYTES) return null;
  const shorter = Uint8Array.from(bytes.subarray(0, HEADER_BYTES + 8 + length));
  const written = new DataView(shorter.buffer);
  written.setUint32(4, shorter.length - 8, true);
  written.setUint32(HEADER_BYTES + 4, length, true);
  return shorter;
}
