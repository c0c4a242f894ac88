import type { Colour } from '../ports.ts';

/** Shares of red and blue in luma. */
interface Matrix {
  readonly kr: number;
  readonly kb: number;
}

const BT601: Matrix = { kr: 0.299, kb: 0.114 };
const BT709: Matrix = { kr: 0.2126, kb: 0.0722 };
const BT2020: Matrix = { kr: 0.2627, kb: 0.0593 };
const NAMED: Readonly<Record<string, Matrix>> = {
  bt709: BT709,
  smpte170m: BT601,
  bt470bg: BT601,
  fcc: BT601,
  bt2020nc: BT2020,
  bt2020c: BT2020,
};
/** From so many lines on a clip that does not say how it means its colours means BT.709. */
const HIGH_LINES = 720;

/** Red, green and blue of planes of yuv420p in limited range, each pixel with its own chroma. */
export function rgbOf(
  planes: Uint8Array,
  widthPx: number,
  heightPx: number,
  matrix: Colour['matrix'] = null,
): Uint8Array {
  const { kr, kb } = NAMED[matrix ?? ''] ?? (heightPx >= HIGH_LINES ? BT709 : BT601);
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
