import type { Rgb } from './canvas.ts';
import { mix, shade } from './shapes.ts';
import { DOOR, FRONT, ROAD, SHADOW, SIGN, TREES } from './street-plan.ts';
import { createTexture } from './texture.ts';

const PLASTER: Rgb = [203, 190, 160];
const PLINTH: Rgb = [120, 112, 104];
const FRAME_WHITE: Rgb = [222, 222, 216];
const GLASS: Rgb = [62, 74, 86];
const BOARD: Rgb = [226, 228, 224];
const ASPHALT: Rgb = [163, 163, 160];
const PAVING: Rgb = [178, 172, 164];
const SOIL: Rgb = [128, 122, 84];
const FENCE_GREEN: Rgb = [70, 104, 86];
const SHADE_LIGHT = 0.62;

/** The colours of the street's surfaces, each asked for a place in metres on it. */
export interface Surfaces {
  ground(x: number, z: number): Rgb;
  front(x: number, y: number): Rgb;
  /** Null between the bars. */
  fence(x: number, y: number): Rgb | null;
  flats(x: number, y: number): Rgb;
  /** @param rise - how steeply the pixel looks up; @param bearing - how far to the right. */
  sky(rise: number, bearing: number): Rgb;
}

/** Lays the surfaces out; `seed` places stains, cracks and leaves. */
export function createSurfaces(seed: number): Surfaces {
  const fine = createTexture(seed);
  const coarse = createTexture(seed + 1);
  const grain = (x: number, y: number) =>
    0.5 * fine(x * 22, y * 22) + 0.3 * fine(x * 7, y * 7) + 0.2 * coarse(x * 1.3, y * 1.3);

  function ground(x: number, z: number): Rgb {
    const light = inShade(x, z) ? SHADE_LIGHT : 1;
    return shade(groundColour(x, z), light * (0.9 + 0.2 * grain(x, z)));
  }

  function groundColour(x: number, z: number): Rgb {
    if (z < ROAD.nearZ) return PAVING;
    if (z < ROAD.farZ) return roadColour(x, z);
    if (z < ROAD.farZ + 0.06) return shade(PAVING, 0.55);
    if (z < ROAD.farZ + 0.28) return shade(PAVING, Math.abs(x % 1) < 0.02 ? 0.8 : 1.12);
    if (z < FRONT.z) {
      const joint = fraction(x / 0.6) < 0.035 || fraction(z / 0.6) < 0.035;
      const leaves = z < 17.4 && fine(x * 9, z * 9) > 0.9 && coarse(x * 0.4, z * 0.7) > 0.45;
      if (leaves) return [186, 142, 62];
      return shade(PAVING, joint ? 0.8 : 0.96 + 0.08 * coarse(Math.floor(x / 0.6), 7));
    }
    if (z > 31 && z < 33.4) return shade(PAVING, 0.95);
    return mix(SOIL, [112, 128, 70], coarse(x * 0.5, z * 0.5));
  }

  function roadColour(x: number, z: number): Rgb {
    const dash = Math.abs(z - ROAD.middleZ) < 0.07 && fraction(x / 4.5) < 0.42;
    if (dash && fine(x * 13, z * 31) > 0.22) return [206, 206, 200];
    const bent = coarse(x * 0.5, z * 0.5) + 0.35 * fine(x * 2.1, z * 2.1);
    const crack = Math.abs(bent - 0.66) < 0.006 && fine(x * 0.7, z * 0.7) > 0.72;
    if (crack) return shade(ASPHALT, 0.78);
    const patch = x > 15 && x < 18.4 && z > 7.4 && z < 9.6;
    const track = Math.exp(-(((z - 13.4) / 0.4) ** 2)) + Math.exp(-(((z - 7.9) / 0.4) ** 2));
    return shade(ASPHALT, (patch ? 0.8 : 1) * (1 - 0.06 * track) * (z > 14.7 ? 0.9 : 1));
  }

  function inShade(x: number, z: number): boolean {
    // The house on the near side, under whose roof the camera hangs.
    if (z < 6.9 + 0.1 * coarse(x * 3, 0)) return true;
    return TREES.some(({ foot, crownY, crownRadius, trunkRadius }) => {
      const [dx, dz] = [x - foot[0], z - foot[2]];
      const along = dx * SHADOW[0] + dz * SHADOW[1];
      const aside = Math.abs(dx * SHADOW[1] - dz * SHADOW[0]);
      if (along > 0 && along < crownY * 0.8 && aside < trunkRadius) return true;
      const fromCrown = Math.hypot(dx - SHADOW[0] * crownY, (dz - SHADOW[1] * crownY) * 1.2);
      return fromCrown < crownRadius * (0.55 + 0.6 * fine(x * 2.6, z * 2.6));
    });
  }

  function front(x: number, y: number): Rgb {
    const stain = 0.93 + 0.1 * coarse(x * 0.6, y * 0.35) + 0.05 * grain(x, y);
    if (x > DOOR.fromX && x < DOOR.toX && y < DOOR.heightM) return doorway(x, y);
    if (x > DOOR.fromX - 0.14 && x < DOOR.toX + 0.14 && y < DOOR.heightM + 0.14) {
      return [122, 84, 58];
    }
    if (x > SIGN.fromX && x < SIGN.toX && y > SIGN.fromY && y < SIGN.toY) {
      const rim = Math.min(x - SIGN.fromX, SIGN.toX - x, y - SIGN.fromY, SIGN.toY - y) < 0.05;
      return rim ? [92, 120, 140] : BOARD;
    }
    // The board's shadow on the wall.
    const light = x > SIGN.fromX + 0.1 && x < SIGN.toX + 0.1 && y > 2.4 && y < 2.56 ? 0.75 : 1;
    const pane = windowAt(x, y);
    if (pane !== null) return pane;
    if (y < 0.55) return shade(PLINTH, stain);
    if (Math.abs(y - 3.7) < 0.12) return shade(PLASTER, stain * (y < 3.64 ? 0.78 : 1.1));
    return shade(PLASTER, stain * light);
  }

  function doorway(x: number, y: number): Rgb {
    const leaf = x < DOOR.fromX + 0.16;
    return leaf ? [92, 62, 44] : shade([46, 40, 38], 0.7 + 0.3 * (y / DOOR.heightM));
  }

  /** Windows stand every 2.9 m, on two floors, none where the door is. */
  function windowAt(x: number, y: number): Rgb | null {
    const column = Math.floor((x + 12) / 2.9);
    const inX = fraction((x + 12) / 2.9) * 2.9 - 0.75;
    const floor = y > 1.25 && y < 2.75 ? 1.25 : y > 4.4 && y < 6 ? 4.4 : null;
    if (floor === null || inX < -0.08 || inX > 1.48 || column === 6) return null;
    const [w, h] = [1.4, floor === 1.25 ? 1.5 : 1.6];
    const inY = y - floor;
    if (inX < 0.07 || inX > w - 0.07 || inY < 0.07 || inY > h - 0.07) return FRAME_WHITE;
    if (Math.abs(inX - w / 2) < 0.035 || Math.abs(inY - h * 0.68) < 0.03) return FRAME_WHITE;
    const grille = floor === 1.25 && fraction(inX / 0.175) < 0.14;
    if (grille) return [96, 96, 94];
    const curtain = coarse(column * 5.1, floor) > 0.5 && inX > w / 2;
    const sheen = 0.85 + 0.5 * Math.max(0, Math.sin(2.2 * inX + 1.4 * inY + column));
    return curtain ? shade([150, 146, 138], sheen * 0.8) : shade(GLASS, sheen);
  }

  function fence(x: number, y: number): Rgb | null {
    const post = fraction(x / 2.6) < 0.04;
    const rail = Math.abs(y - 0.35) < 0.04 || Math.abs(y - 1.55) < 0.04;
    const bar = fraction(x / 0.13) < 0.2 && y > 0.12;
    if (!post && !rail && !bar && y > 0.22) return null;
    if (y < 0.22) return shade(PLINTH, 1.1);
    return shade(FENCE_GREEN, post ? 1.15 : 0.95 + 0.1 * fine(x * 3, y * 3));
  }

  function flats(x: number, y: number): Rgb {
    const inX = fraction(x / 3);
    const inY = fraction(y / 2.8);
    const seam = inX < 0.02 || inY < 0.025;
    if (inX > 0.3 && inX < 0.72 && inY > 0.35 && inY < 0.8) {
      return shade(
        [88, 98, 110],
        0.75 + 0.6 * coarse(Math.floor(x / 3) * 3.7, Math.floor(y / 2.8)),
      );
    }
    return shade([186, 180, 172], seam ? 0.88 : 0.96 + 0.08 * coarse(x * 0.3, y * 0.3));
  }

  function sky(rise: number, bearing: number): Rgb {
    // Snow on the range that stands to the south of the city.
    const ridge = 0.07 + 0.05 * coarse(bearing * 2.5, 3) + 0.015 * fine(bearing * 9, 5);
    if (rise < ridge) {
      const snowLine = 0.05 + 0.03 * fine(bearing * 14, rise * 20);
      return rise > snowLine ? [218, 223, 231] : [174, 184, 200];
    }
    return mix([214, 222, 230], [158, 186, 218], Math.min(1, rise * 2.2));
  }

  return { ground, front, fence, flats, sky };
}

/** How far the haze has the colour at a distance in metres. */
export function haze(colour: Rgb, distanceM: number): Rgb {
  return mix(colour, [206, 212, 220], 1 - Math.exp(-distanceM / 260));
}

/** True for a point of the fence's or the flats' plane that they fill. */
export function within(
  place: {
    readonly fromX: number;
    readonly toX: number;
    readonly heightM: number;
  },
  x: number,
  y: number,
): boolean {
  return x >= place.fromX && x < place.toX && y >= 0 && y < place.heightM;
}

function fraction(value: number): number {
  return value - Math.floor(value);
}
