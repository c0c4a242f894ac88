import { FRAME } from './camera.ts';
import { createTexture } from './texture.ts';

/** Bytes of a frame in yuv420p. */
export const FRAME_BYTES = (FRAME.width * FRAME.height * 3) / 2;

const { width, height } = FRAME;
const LUMA = width * height;
const NOISE_BYTES = 2 ** 21;

/** Turns pictures into what a camera delivers: planes of yuv420p, BT.709, limited range, noisy. */
export interface Sensor {
  /** Converts the even rectangle around [x0, y0, x1, y1) into `planes`. */
  convert(
    rgb: Uint8ClampedArray,
    planes: Uint8ClampedArray,
    rectangle: readonly [number, number, number, number],
  ): void;
  /** Adds the noise of frame `number` to a copy. */
  expose(planes: Uint8ClampedArray, number: number, exposed: Uint8ClampedArray): void;
}

/** Makes a sensor; the seed is its noise. */
export function createSensor(seed: number): Sensor {
  const noise = sensorNoise(seed);

  return {
    convert(rgb, planes, [left, top, right, bottom]) {
      const [x0, y0] = [left & ~1, top & ~1];
      const [x1, y1] = [Math.min(width, (right + 1) & ~1), Math.min(height, (bottom + 1) & ~1)];
      for (let y = y0; y < y1; y += 2) {
        for (let x = x0; x < x1; x += 2) {
          let [r, g, b] = [0, 0, 0];
          for (let part = 0; part < 4; part++) {
            const pixel = (y + (part >> 1)) * width + x + (part & 1);
            const [pr, pg, pb] = [rgb[3 * pixel]!, rgb[3 * pixel + 1]!, rgb[3 * pixel + 2]!];
            planes[pixel] = 16 + 0.18259 * pr + 0.61423 * pg + 0.06201 * pb;
            r += pr;
            g += pg;
            b += pb;
          }
          const chroma = LUMA + (y >> 1) * (width / 2) + (x >> 1);
          planes[chroma] = 128 + (-0.10064 * r - 0.33857 * g + 0.43922 * b) / 4;
          planes[chroma + LUMA / 4] = 128 + (0.43922 * r - 0.39894 * g - 0.04027 * b) / 4;
        }
      }
    },
    expose(planes, number, exposed) {
      // Every frame takes its noise from another place of the same long band.
      const from = (Math.imul(number + 1, 0x9e3779b1) >>> 0) % (NOISE_BYTES - FRAME_BYTES);
      // Planes have 16 to 240 and noise at most 5: nothing has to be clamped, which takes three times as long.
      const [clear, noisy] = [plainBytes(planes), plainBytes(exposed)];
      for (let i = 0; i < FRAME_BYTES; i++) noisy[i] = clear[i]! + noise[from + i]!;
    },
  };
}

function plainBytes({ buffer, byteOffset, length }: Uint8ClampedArray): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}

/** Noise of about 1.4 levels, nearly normal. */
function sensorNoise(seed: number): Int8Array {
  const random = createTexture(seed);
  const band = new Int8Array(NOISE_BYTES);
  for (let i = 0; i < NOISE_BYTES; i++) {
    const sum = random(i, 1) + random(i, 2) + random(i, 3) + random(i, 4);
    band[i] = Math.round((sum - 2) * 2.4);
  }
  return band;
}
