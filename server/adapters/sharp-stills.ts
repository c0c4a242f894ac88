import sharp from 'sharp';
import { StillError } from '../footage/still-error.ts';
import { STILL_PIXEL_LIMIT, type StillPictures } from '../footage/still-pictures.ts';

const TIMEOUT_S = 60;
/** Pinned: the tolerances of the proof follow from it. */
const JPEG = {
  quality: 90,
  chromaSubsampling: '4:4:4',
  progressive: false,
  mozjpeg: false,
} as const;

/**
 * Stills through sharp, from bytes in memory only. From then on no libvips of this process loads
 * anything but JPEG, PNG and WebP from memory: no SVG, PDF, TIFF or GIF, and no file.
 */
export function createSharpStills(): StillPictures {
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: [
      'VipsForeignLoadJpegBuffer',
      'VipsForeignLoadPngBuffer',
      'VipsForeignLoadWebpBuffer',
    ],
  });
  // What was decoded is a picture of somebody: nothing of it stays in memory for later.
  sharp.cache(false);

  return {
    tools: { sharp: sharp.versions.sharp, libvips: sharp.versions.vips },
    async decode(bytes) {
      await refuseLarge(bytes);
      try {
        const { data, info } = await sharp(bytes, {
          failOn: 'error',
          limitInputPixels: STILL_PIXEL_LIMIT,
        })
          .autoOrient()
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
    },
    async encode({ widthPx, heightPx, rgb }, format) {
      const picture = sharp(rgb, { raw: { width: widthPx, height: heightPx, channels: 3 } });
      const coded =
        format === 'jpeg'
          ? picture.jpeg(JPEG)
          : format === 'png'
            ? picture.png({ palette: false })
            : picture.webp({ lossless: true });
      return new Uint8Array(await coded.timeout({ seconds: TIMEOUT_S }).toBuffer());
    },
  };
}

/** Asks the header only, so that a picture bomb is told before a pixel of it is decoded. */
async function refuseLarge(bytes: Uint8Array): Promise<void> {
  const { width, height } = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw unreadable(cause);
    });
  if (width * height <= STILL_PIXEL_LIMIT) return;
  throw new StillError(
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
