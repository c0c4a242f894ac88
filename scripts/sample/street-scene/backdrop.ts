import { createSeededRandom } from '../seeded-random.ts';
import { CAMERA, FRAME, type Point2, project, rayOf } from './camera.ts';
import { type Canvas, createCanvas, type Rgb, type Veil } from './canvas.ts';
import { DOOR, FENCE, FLATS, FRONT, TREES } from './street-plan.ts';
import { createSurfaces, haze, type Surfaces, within } from './surfaces.ts';
import { paintTree, treeShapes } from './tree.ts';

/** Something static that hides whoever stands farther across the street than `z`. */
export interface Screen {
  readonly z: number;
  readonly veil: Veil;
}

/** The street without anybody, and what of it people can go behind. */
export interface Backdrop {
  readonly rgb: Uint8ClampedArray;
  readonly screens: readonly Screen[];
}

const RAYS = [
  [0.25, 0.13],
  [0.75, 0.38],
  [0.25, 0.63],
  [0.75, 0.88],
] as const;

/** Draws the empty street. */
export function drawBackdrop(seed: string): Backdrop {
  const random = createSeededRandom(`backdrop/${seed}`);
  const look = createSight(createSurfaces(random.below(2 ** 31)));
  const canvas = createCanvas();
  const { width, height } = FRAME;
  const bars = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let [r, g, b] = [0, 0, 0];
      for (const [dx, dy] of RAYS) {
        const { colour, isFence } = look([x + dx, y + dy]);
        r += colour[0];
        g += colour[1];
        b += colour[2];
        if (isFence) bars[y * width + x]! += 255 / RAYS.length;
      }
      const at = 3 * (y * width + x);
      canvas.rgb[at] = r / RAYS.length;
      canvas.rgb[at + 1] = g / RAYS.length;
      canvas.rgb[at + 2] = b / RAYS.length;
    }
  }
  const screens: Screen[] = [
    { z: FRONT.z - 0.05, veil: wallVeil() },
    { z: FENCE.z, veil: bars },
  ];
  for (const tree of TREES) {
    const shapes = treeShapes(tree, random);
    paintTree(canvas, shapes);
    const white = createCanvas();
    paintTree(
      white,
      shapes.map((shape) => ({ ...shape, colour: [255, 255, 255] as Rgb })),
    );
    screens.push({ z: tree.foot[2], veil: redOf(white) });
  }
  return { rgb: canvas.rgb, screens };
}

/** What the first surface on a line of sight looks like. */
function createSight(surfaces: Surfaces) {
  const upright = [
    { ...FRONT, colourAt: surfaces.front },
    { ...FENCE, colourAt: surfaces.fence },
    { ...FLATS, colourAt: surfaces.flats },
  ];
  return (pixel: Point2): { colour: Rgb; isFence: boolean } => {
    const [dx, dy, dz] = rayOf(pixel);
    const far = Math.hypot(dx, dy, dz);
    for (const place of upright) {
      const steps = place.z / dz;
      const x = steps * dx;
      const y = CAMERA[1] + steps * dy;
      if (steps <= 0 || !within(place, x, y)) continue;
      const colour = place.colourAt(x, y);
      if (colour === null) continue;
      return { colour: haze(colour, steps * far), isFence: place.z === FENCE.z };
    }
    if (dy >= -0.004) return { colour: surfaces.sky(dy / far, dx / dz), isFence: false };
    const steps = -CAMERA[1] / dy;
    return {
      colour: haze(surfaces.ground(steps * dx, steps * dz), steps * far),
      isFence: false,
    };
  };
}

/** The house hides whoever went in or behind it, except through the open door. */
function wallVeil(): Veil {
  const canvas = createCanvas();
  const paintPart = (fromX: number, toX: number, heightM: number, colour: Rgb) => {
    const z = FRONT.z;
    const corners = [
      project([fromX, 0, z]),
      project([toX, 0, z]),
      project([toX, heightM, z]),
      project([fromX, heightM, z]),
    ];
    canvas.fill(corners, { colour });
  };
  paintPart(FRONT.fromX, FRONT.toX, FRONT.heightM, [255, 255, 255]);
  paintPart(DOOR.fromX + 0.16, DOOR.toX, DOOR.heightM, [0, 0, 0]);
  return redOf(canvas);
}

function redOf(canvas: Canvas): Veil {
  const { rgb } = canvas;
  const red = new Uint8Array(rgb.length / 3);
  for (let pixel = 0; pixel < red.length; pixel++) red[pixel] = rgb[3 * pixel]!;
  return red;
}
