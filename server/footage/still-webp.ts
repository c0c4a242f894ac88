import { chunkName } from './still-format.ts';

const HEADER_BYTES = 12;

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
