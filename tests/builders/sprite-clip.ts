import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A box [x, y, width, height] in pixels. */
export type SpriteBox = readonly [number, number, number, number];

/** Something of known colours at a known place in every frame. */
export interface Sprite {
  /** Y, U, V; with `stripes`, every second band of that many pixels is 40 levels darker. */
  readonly colour: readonly [number, number, number];
  /** When set, the colour is added to what lies behind, and `stripes` plays no part. */
  readonly tint?: boolean;
  readonly stripes?: number;
  /** Even coordinates keep the chroma whole. */
  readonly boxAt: (frame: number) => SpriteBox | null;
}

/** A scene that is drawn frame by frame and coded by ffmpeg. */
export interface SpriteClip {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly fps: number;
  /** Drawn in order: later ones lie in front. */
  readonly sprites: readonly Sprite[];
  /** Levels of noise either way. */
  readonly noise?: number;
  /** Brightness of the street, 90 by default. */
  readonly brightness?: number;
  /** Levels that a frame is brighter by, all of it. */
  readonly lightAt?: (frame: number) => number;
  /** Options of the output, behind the coder's. */
  readonly output?: readonly string[];
  /** Coder and its options. */
  readonly coder?: readonly string[];
}

/** Streets that were drawn: most frames of a clip have the same one. */
const streets = new Map<string, Uint8Array>();
const MOST_STREETS = 16;

/** The brightness of the empty street: walls, windows and a kerb, edges enough that nothing is an even field. */
function streetOf(width: number, height: number, brightness: number, light: number): Uint8Array {
  const key = [width, height, brightness, light].join();
  const known = streets.get(key);
  if (known !== undefined) return known;
  const street = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    for (let x = 0; x < width; x++) {
      const texture = ((x >> 4) + (row >> 5)) % 3;
      street[row * width + x] = brightness + 12 * texture + (row * 30) / height + light;
    }
  }
  if (streets.size >= MOST_STREETS) streets.clear();
  streets.set(key, street);
  return street;
}

/** Draws one frame as planes of yuv420p. */
export function drawFrame(clip: SpriteClip, frame: number): Uint8Array {
  const { width, height, sprites, noise = 2, brightness = 90 } = clip;
  const light = clip.lightAt?.(frame) ?? 0;
  const y = width * height;
  const c = y / 4;
  const planes = new Uint8Array(y + 2 * c);
  planes.set(streetOf(width, height, brightness, light));
  planes.fill(126, y, y + c);
  planes.fill(130, y + c);
  for (const { colour, stripes, tint, boxAt } of sprites) {
    const box = boxAt(frame);
    if (box === null) continue;
    const [x0, y0, x1, y1] = [
      Math.max(0, box[0]),
      Math.max(0, box[1]),
      Math.min(width, box[0] + box[2]),
      Math.min(height, box[1] + box[3]),
    ];
    for (let row = y0; row < y1; row++) {
      const dark = stripes !== undefined && Math.floor((row - box[1]) / stripes) % 2 === 1 ? 40 : 0;
      for (let x = x0; x < x1; x++) {
        const chroma = y + (row >> 1) * (width / 2) + (x >> 1);
        if (tint === true) {
          planes[row * width + x]! += colour[0];
          planes[chroma] = 126 + colour[1];
          planes[chroma + c] = 130 + colour[2];
          continue;
        }
        planes[row * width + x] = colour[0] - dark + light;
        planes[chroma] = colour[1];
        planes[chroma + c] = colour[2];
      }
    }
  }
  let seed = (frame * 2654435761 + 12345) >>> 0;
  if (noise > 0) {
    for (let i = 0; i < y; i++) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      planes[i]! += ((seed >>> 16) % (2 * noise + 1)) - noise;
    }
  }
  return planes;
}

/** Draws and codes a clip. */
export async function writeSpriteClip(path: string, clip: SpriteClip): Promise<void> {
  const { width, height, frames, fps } = clip;
  const coder = clip.coder ?? ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20'];
  const input = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${width}x${height}`];
  const ffmpeg = spawn(
    'ffmpeg',
    ['-v', 'error', '-y', ...input, '-r', String(fps), '-i', 'pipe:0', ...coder].concat(
      clip.output ?? [],
      [path],
    ),
    { stdio: ['pipe', 'ignore', 'inherit'] },
  );
  const closed = once(ffmpeg, 'close');
  for (let frame = 0; frame < frames; frame++) {
    if (!ffmpeg.stdin.write(drawFrame(clip, frame))) await once(ffmpeg.stdin, 'drain');
  }
  ffmpeg.stdin.end();
  const [code] = await closed;
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);
}

/** Decodes a clip frame by frame to planes of yuv420p, with ffmpeg's own defaults. */
export async function decodeClip(
  path: string,
  width: number,
  height: number,
): Promise<Uint8Array[]> {
  const args = ['-v', 'error', '-i', path, '-map', '0:v', '-vsync', 'passthrough'];
  const ffmpeg = spawn('ffmpeg', [...args, '-pix_fmt', 'yuv420p', '-f', 'rawvideo', 'pipe:1'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const parts: Buffer[] = [];
  for await (const part of ffmpeg.stdout) parts.push(part as Buffer);
  const all = Buffer.concat(parts);
  const size = (width * height * 3) / 2;
  return Array.from({ length: all.length / size }, (_, frame) =>
    all.subarray(frame * size, (frame + 1) * size),
  );
}

/** Pixels of a box that are not black: what of a sprite survives in a covered frame. */
export function survivingPixels(
  planes: Uint8Array,
  width: number,
  height: number,
  box: SpriteBox,
): number {
  const y = width * height;
  let surviving = 0;
  const x1 = Math.min(width, box[0] + box[2]);
  const y1 = Math.min(height, box[1] + box[3]);
  for (let row = Math.max(0, box[1]); row < y1; row++) {
    for (let x = Math.max(0, box[0]); x < x1; x++) {
      const chroma = y + (row >> 1) * (width / 2) + (x >> 1);
      const black =
        Math.abs(planes[row * width + x]! - 16) <= 12 &&
        Math.abs(planes[chroma]! - 128) <= 8 &&
        Math.abs(planes[chroma + y / 4]! - 128) <= 8;
      if (!black) surviving++;
    }
  }
  return surviving;
}
