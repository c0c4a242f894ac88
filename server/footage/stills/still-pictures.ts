import type { ToolVersions } from '../tool-versions.ts';
import type { StillFormat, StillKind } from './still-format.ts';

/** A decoded picture: rows of red, green and blue, 8 bits each, sRGB. */
export interface StillPixels {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly rgb: Uint8Array;
}

/** The most pixels that a still may have. */
export const STILL_PIXEL_LIMIT = 50_000_000;

/** Decodes and encodes stills from bytes in memory; it knows no paths. */
export interface StillPictures {
  /**
   * Decodes a picture: turned upright as its orientation tag says (in HEIC and AVIF the boxes say
   * it, and the tag does not count), colours converted to sRGB, what is transparent laid over white,
   * everything but pixels dropped.
   *
   * @throws {StillError} `STILL_UNREADABLE`, `STILL_TOO_LARGE`, `STILL_ANIMATED`, `STILL_SEVERAL` or
   *   `STILL_TOOL_MISSING`; the last three of HEIC and AVIF only.
   */
  decode(bytes: Uint8Array): Promise<StillPixels>;
  /**
   * Encodes pixels and nothing else, so that a block of 16 × 16 pixels on the grid is coded without
   * its neighbours: JPEG without subsampled colour, PNG and WebP without loss.
   *
   * @throws {StillError} `STILL_TOO_LARGE` for a side longer than the kind of picture can have.
   */
  encode(pixels: StillPixels, format: StillFormat): Promise<Uint8Array>;
  /** Names and versions of the tools that handle an original of a kind, for records. */
  toolsFor(kind: StillKind): Promise<ToolVersions>;
}
