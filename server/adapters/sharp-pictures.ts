import type { PictureCodec } from '../footage/ports.ts';
import { rgbOf } from '../footage/stills/rgb-planes.ts';
import { loadSharp } from './load-sharp.ts';

/** Pictures through sharp; no metadata is written. */
export function createSharpPictures(): PictureCodec {
  return {
    async encodePng(planes, widthPx, heightPx) {
      const sharp = await loadSharp();
      const rgb = rgbOf(planes, widthPx, heightPx);
      const raw = { width: widthPx, height: heightPx, channels: 3 as const };
      return new Uint8Array(await sharp(rgb, { raw }).png().toBuffer());
    },
  };
}
