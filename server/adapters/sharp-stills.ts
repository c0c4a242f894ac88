import type { Sharp } from 'sharp';
import { StillError, severalFrames } from '../footage/stills/still-error.ts';
import { type StillFormat, sniffStill } from '../footage/stills/still-format.ts';
import { heifFacts } from '../footage/stills/still-heif.ts';
import {
  STILL_PIXEL_LIMIT,
  type StillPictures,
  type StillPixels,
} from '../footage/stills/still-pictures.ts';
import { createHeifConvert, type HeifConvert } from './heif-convert.ts';
import { loadSharp } from './load-sharp.ts';

const TIMEOUT_S = 60;
/** The longest side that a kind of picture can have; of PNG, what the limit of pixels leaves. */
const MOST_SIDE_PX: Record<StillFormat, number> = {
  jpeg: 65_500,
  png: STILL_PIXEL_LIMIT,
  webp: 16_383,
};
/** Pinned: the tolerances of the proof follow from it. */
const JPEG = {
  quality: 90,
  chromaSubsampling: '4:4:4',
  progressive: false,
  mozjpeg: false,
} as const;

/**
 * Stills through sharp, from bytes in memory only. HEIC and AVIF are decoded by another program, in a
 * process of its own.
 */
export function createSharpStills(options: { heif?: HeifConvert } = {}): StillPictures {
  const { heif = createHeifConvert() } = options;
  return {
    async toolsFor(kind) {
      const { versions } = await loadSharp();
      const tools = { sharp: versions.sharp, libvips: versions.vips };
      if (kind !== 'heif') return tools;
      return { ...tools, libheif: (await heif.version()) ?? 'unknown' };
    },
    async decode(bytes) {
      if (sniffStill(bytes) !== 'heif') {
        return await pixelsOf(bytes, (picture) => picture.autoOrient());
      }
      refuseUnclear(bytes);
      // Upright already; the orientation that its EXIF may tell would turn it once more.
      return await pixelsOf(await heif.decode(bytes), (picture) => picture);
    },
    async encode({ widthPx, heightPx, rgb }, format) {
      const most = MOST_SIDE_PX[format];
      if (Math.max(widthPx, heightPx) > most) {
        throw new StillError(
          'STILL_TOO_LARGE',
          `The picture is ${widthPx} × ${heightPx} pixels, and a ${format.toUpperCase()} has at most ${most} a side. Name the copy .png, or save the picture smaller.`,
        );
      }
      const sharp = await loadSharp();
      const picture = sharp(rgb, { raw: { width: widthPx, height: heightPx, channels: 3 } });
      const coded =
        format === 'jpeg'
          ? picture.jpeg(JPEG)
          : format === 'png'
            ? picture.png({ palette: false })
            : picture.webp({ lossless: true });
      const made = coded.timeout({ seconds: TIMEOUT_S }).toBuffer();
      return new Uint8Array(
        await made.catch((cause: unknown) => {
          throw new StillError(
            'STILL_TOO_LARGE',
            'The covered picture could not be written in the time that it may take. Name the copy .jpg, or save the picture smaller.',
            { cause },
          );
        }),
      );
    },
  };
}

async function pixelsOf(bytes: Uint8Array, turn: (picture: Sharp) => Sharp): Promise<StillPixels> {
  const sharp = await loadSharp();
  await refuseLarge(bytes);
  try {
    const picture = sharp(bytes, { failOn: 'error', limitInputPixels: STILL_PIXEL_LIMIT });
    const { data, info } = await turn(picture)
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .timeout({ seconds: TIMEOUT_S })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) throw new Error(`${info.channels} channels`);
    return {
      widthPx: info.width,
      heightPx: info.height,
      rgb: new Uint8Array(data.buffer, data.byteOffset, data.length),
    };
  } catch (cause) {
    throw unreadable(cause);
  }
}

/** Looks at what a HEIF file says of itself, so that nothing of it is decoded in vain. */
function refuseUnclear(bytes: Uint8Array): void {
  const facts = heifFacts(bytes);
  if (facts === null || facts.size === null || facts.pictures === 0) {
    throw unreadable(new Error('no main picture'));
  }
  if (facts.sequence) throw severalFrames();
  if (facts.pictures > 1) {
    throw new StillError(
      'STILL_SEVERAL',
      'The file holds several pictures, and only one of them would be covered. Save the one that is needed as a picture of its own.',
    );
  }
  if (facts.size.widthPx * facts.size.heightPx > STILL_PIXEL_LIMIT) throw tooLarge();
}

/** Asks the header only, so that a picture bomb is told before a pixel of it is decoded. */
async function refuseLarge(bytes: Uint8Array): Promise<void> {
  const sharp = await loadSharp();
  const { width, height } = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw unreadable(cause);
    });
  if (width * height > STILL_PIXEL_LIMIT) throw tooLarge();
}

function tooLarge(): StillError {
  return new StillError(
    'STILL_TOO_LARGE',
    'The picture has more than 50 million pixels. Save it smaller and try again.',
  );
}

function unreadable(cause: unknown): StillError {
  return new StillError(
    'STILL_UNREADABLE',
    'The picture is damaged or incomplete and cannot be read to its end. Copy it from its source again.',
    { cause },
  );
}
