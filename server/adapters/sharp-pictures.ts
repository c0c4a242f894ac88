import sharp from 'sharp';
import type { PictureCodec } from '../footage/ports.ts';

// Red and blue from chroma: BT.601 below 720 lines, BT.709 from there on.
const BT601 = { kr: 0.299, kb: 0.114 };
const BT709 = { kr: 0.2126, kb: 0.0722 };

/** Pictures through sharp; no metadata is written. */
export function createSharpPictures(): PictureCodec {
  return {
    async encodePng(planes, widthPx, heightPx) {
      const rgb = rgbOf(planes, widthPx, heightPx);
      const raw = { width: widthPx, height: heightPx, channels: 3 as const };
      return new Uint8Array(await sharp(rgb, { raw }).png().toBuffer());
    },
  };
}

function rgbOf(planes: Uint8Array, widthPx: number, heightPx: number): Uint8Array {
  const { kr, kb } = heightPx >= 720 ? BT709 : BT601;
  const pixels = widthPx * heightPx;
  const rgb = new Uint8Array(3 * pixels);
  const clamped = (value: number) => Math.max(0, Math.min(255, Math.round(value)));
  for (let y = 0, at = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, at += 3) {
      const chroma = pixels + (y >> 1) * (widthPx / 2) + (x >> 1);
      const luma = ((planes[y * widthPx + x]! - 16) * 255) / 219;
      const blue = ((planes[chroma]! - 128) * 255) / 224;
      const red = ((planes[chroma + pixels / 4]! - 128) * 255) / 224;
      const r = luma + 2 * (1 - kr) * red;
      const b = luma + 2 * (1 - kb) * blue;
      rgb[at] = clamped(r);
      rgb[at + 1] = clamped((luma - kr * r - kb * b) / (1 - kr - kb));
      rgb[at + 2] = clamped(b);
    }
  }
  return rgb;
}
