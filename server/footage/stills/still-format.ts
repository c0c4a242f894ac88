import { StillError, severalFrames } from './still-error.ts';
/** The kinds of pictures that are read and written. */
export type StillFormat = 'jpeg' | 'png' | 'webp';
/** The kinds that are read; `heif` is HEIC and AVIF. */
export type StillKind = StillFormat | 'heif';

/** Brands of files that hold pictures in boxes, as phones write them; others with `ftyp` are clips. */
const HEIF_BRANDS = new Set(
  'heic heix heim heis hevc hevx mif1 mif2 msf1 avif avis avio miaf'.split(' '),
);
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Tells a picture's kind by its first 12 bytes, never by a name; null for any other kind. */
export function sniffStill(bytes: Uint8Array): StillKind | null {
  const starts = (signature: readonly number[], at = 0) =>
    signature.every((byte, i) => bytes[at + i] === byte);
  if (starts([0xff, 0xd8, 0xff])) return 'jpeg';
  if (starts(PNG_SIGNATURE)) return 'png';
  if (starts([0x52, 0x49, 0x46, 0x46]) && starts([0x57, 0x45, 0x42, 0x50], 8)) return 'webp';
  if (chunkName(bytes, 4) === 'ftyp' && HEIF_BRANDS.has(chunkName(bytes, 8))) return 'heif';
  return null;
}

/**
 * Tells whether a picture has more than one frame. Only the first one would be covered, and which
 * one a viewer shows is the viewer's choice, so such pictures are refused. HEIC and AVIF are not told
 * here: see `heifFacts`.
 *
 * @see https://www.w3.org/TR/png-3/#apng-frame-based-animation
 * @see https://developers.google.com/speed/webp/docs/riff_container#extended_file_format
 */
export function isAnimated(bytes: Uint8Array, kind: StillKind): boolean {
  if (kind === 'webp') return chunkName(bytes, 12) === 'VP8X' && (bytes[20]! & 0x02) !== 0;
  if (kind !== 'png') return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = PNG_SIGNATURE.length; at + 8 <= bytes.length; ) {
    const name = chunkName(bytes, at + 4);
    if (name === 'acTL') return true;
    // The animation is declared before the first picture.
    if (name === 'IDAT') return false;
    at += 12 + view.getUint32(at);
  }
  return false;
}

/** The four letters at a place; shorter at the end of the bytes. */
export function chunkName(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

/** The largest file of a still, in bytes. */
export const STILL_BYTE_LIMIT = 64 * 1_048_576;

/**
 * The kind of picture that bytes are.
 *
 * @throws {StillError} `STILL_EMPTY`, `STILL_TOO_LARGE`, `STILL_KIND_REFUSED` or `STILL_ANIMATED`.
 */
export function acceptStill(bytes: Uint8Array): StillKind {
  if (bytes.length === 0) {
    throw new StillError(
      'STILL_EMPTY',
      'The picture is empty: its file has no bytes. Copy it from its source again.',
    );
  }
  if (bytes.length > STILL_BYTE_LIMIT) {
    throw new StillError(
      'STILL_TOO_LARGE',
      'The picture’s file is larger than 64 MB. Export it smaller from the recorder or the phone.',
    );
  }
  const kind = sniffStill(bytes);
  if (kind === null) {
    throw new StillError(
      'STILL_KIND_REFUSED',
      'The file is no JPEG, PNG, WebP, HEIC or AVIF picture. Save it as one of these and try again.',
    );
  }
  if (isAnimated(bytes, kind)) throw severalFrames();
  return kind;
}
