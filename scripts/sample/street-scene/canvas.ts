import { FRAME, type Point2 } from './camera.ts';

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** How much of each pixel something static hides of what stands behind it: 0 nothing, 255 all. */
export type Veil = Uint8Array;

/** What a shape is painted with. */
export interface Paint {
  readonly colour: Rgb;
  /** 1 covers; less lets the ground through, as a shadow does. */
  readonly opacity?: number;
  /** Whose it is, for the ground truth; without it a shape belongs to nobody. */
  readonly owner?: number;
  readonly veils?: readonly Veil[];
}

const SUBLINES = 4;
/** A pixel is somebody's from this share on: less is lost in noise and coding. */
const OWNED_SHARE = 0.2;

/** Pixels [x0, x1) of the rows [y0, y1). */
export type Rectangle = readonly [x0: number, y0: number, x1: number, y1: number];

/** A picture that shapes are painted into, with the owner of every pixel. */
export interface Canvas {
  readonly rgb: Uint8ClampedArray;
  readonly owners: Uint8Array;
  /** Fills a polygon by the even-odd rule, smooth at its edges. */
  fill(polygon: readonly Point2[], paint: Paint): void;
  /** Rectangles painted since they were last taken, as [x0, y0, x1, y1]. */
  changed(): ReadonlyArray<Rectangle>;
  takeChanged(): ReadonlyArray<Rectangle>;
}

/** Makes a black canvas of the frame's size. */
export function createCanvas(): Canvas {
  const { width, height } = FRAME;
  const rgb = new Uint8ClampedArray(width * height * 3);
  const owners = new Uint8Array(width * height);
  const line = new Float32Array(width + 1);
  let changed: Rectangle[] = [];

  function fill(polygon: readonly Point2[], paint: Paint): void {
    let [left, top]: [number, number] = [width, height];
    let [right, bottom] = [0, 0];
    for (const point of polygon) {
      left = Math.min(left, point[0]);
      right = Math.max(right, point[0]);
      top = Math.min(top, point[1]);
      bottom = Math.max(bottom, point[1]);
    }
    const [x0, y0] = [Math.max(0, Math.floor(left)), Math.max(0, Math.floor(top))];
    const [x1, y1] = [Math.min(width, Math.ceil(right)), Math.min(height, Math.ceil(bottom))];
    if (y0 >= y1 || x0 >= x1) return;
    noteChange(x0, y0, x1, y1);
    for (let y = y0; y < y1; y++) {
      line.fill(0, x0, x1);
      for (let sub = 0; sub < SUBLINES; sub++) {
        addCrossings(polygon, y + (sub + 0.5) / SUBLINES, line, x0, x1);
      }
      blend(y, x0, x1, paint);
    }
  }

  /** A shape that touches the last one makes its rectangle larger: a figure is one rectangle. */
  function noteChange(x0: number, y0: number, x1: number, y1: number): void {
    const last = changed.at(-1);
    if (last === undefined || x0 > last[2] || x1 < last[0] || y0 > last[3] || y1 < last[1]) {
      changed.push([x0, y0, x1, y1]);
      return;
    }
    const joined = [Math.min(x0, last[0]), Math.min(y0, last[1])] as const;
    changed[changed.length - 1] = [...joined, Math.max(x1, last[2]), Math.max(y1, last[3])];
  }

  function blend(y: number, x0: number, x1: number, paint: Paint): void {
    const { colour, opacity = 1, owner, veils = [] } = paint;
    for (let x = x0; x < x1; x++) {
      let share = line[x]! / SUBLINES;
      if (share <= 0) continue;
      const pixel = y * width + x;
      for (const veil of veils) share *= 1 - veil[pixel]! / 255;
      if (owner !== undefined && share >= OWNED_SHARE) owners[pixel] = owner;
      share *= opacity;
      for (let channel = 0; channel < 3; channel++) {
        const at = 3 * pixel + channel;
        rgb[at] = rgb[at]! + (colour[channel]! - rgb[at]!) * share;
      }
    }
  }

  return {
    rgb,
    owners,
    fill,
    changed: () => changed,
    takeChanged() {
      const taken = changed;
      changed = [];
      return taken;
    },
  };
}

/** Adds to `line`, for one line of sight across a polygon, how much of each pixel lies inside. */
function addCrossings(
  polygon: readonly Point2[],
  y: number,
  line: Float32Array,
  x0: number,
  x1: number,
): void {
  const crossings: number[] = [];
  let b = polygon.at(-1)!;
  for (let i = 0; i < polygon.length; i++) {
    const a = b;
    b = polygon[i]!;
    const [ay, by] = [a[1], b[1]];
    if (ay <= y === by <= y) continue;
    crossings.push(a[0] + ((y - ay) / (by - ay)) * (b[0] - a[0]));
  }
  crossings.sort((one, other) => one - other);
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const from = Math.max(x0, crossings[i]!);
    const to = Math.min(x1, crossings[i + 1]!);
    if (to <= from) continue;
    const first = Math.floor(from);
    const last = Math.min(x1 - 1, Math.floor(to));
    if (first === last) {
      line[first]! += to - from;
      continue;
    }
    line[first]! += first + 1 - from;
    for (let x = first + 1; x < last; x++) line[x]! += 1;
    line[last]! += to - last;
  }
}
