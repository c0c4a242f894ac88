import { CAMERA, type Point2, type Point3, project } from './camera.ts';
import type { Rgb } from './canvas.ts';
import { letterDots } from './lettering.ts';
import type { Shape } from './person.ts';
import { ellipse, shade } from './shapes.ts';

/** What a car looks like. */
export interface CarLook {
  readonly body: Rgb;
  readonly plate: string;
  /** Stripe, lettering and light bar of a patrol car. */
  readonly livery?: { readonly stripe: Rgb; readonly text: string };
}

/** Where a car stands: the middle of its length, its side towards the camera, and where it heads. */
export interface CarPlace {
  readonly x: number;
  readonly nearZ: number;
  readonly heads: 1 | -1;
}

/** A car as shapes, and which places of it identify someone. */
export interface DrawnCar {
  readonly shapes: Shape[];
  readonly windows: Array<readonly Point2[]>;
  readonly plates: Array<readonly Point2[]>;
  /** Its outline on the ground. */
  readonly footprint: ReadonlyArray<readonly [x: number, z: number]>;
}

const LENGTH_M = 4.5;
const WIDTH_M = 1.75;
const GLASS: Rgb = [48, 58, 68];
const TYRE: Rgb = [34, 34, 36];
/** The cabin leans in by this much on each side. */
const LEAN_M = 0.2;

// The outline from the side: [metres from the tail, metres up], from the tail over the roof.
const TAIL = [0, 0.24] as const;
const OUTLINE = [
  TAIL,
  [0, 0.66],
  [0.06, 0.96],
  [0.7, 1.0],
  [1.35, 1.42],
  [2.72, 1.44],
  [3.42, 1.0],
  [4.25, 0.86],
  [4.47, 0.62],
  [LENGTH_M, 0.24],
] as const;
const REAR_GLASS = 3;
const WINDSCREEN = 5;
const WHEELS = [0.85, 3.65];

/** Draws a car standing on the road along the street. */
export function drawCar(look: CarLook, place: CarPlace): DrawnCar {
  const { body, livery } = look;
  const worldX = (l: number) => place.x + place.heads * (l - LENGTH_M / 2);
  /** A point of the car: metres from the tail, up, and from its near side. */
  const at = (l: number, y: number, w: number): Point2 => project([worldX(l), y, place.nearZ + w]);
  const leanAt = (y: number) => (y > 1.001 ? (LEAN_M * (y - 1)) / 0.44 : 0);
  const shapes: Shape[] = [];
  const windows: Point2[][] = [];
  const plates: Point2[][] = [];
  const add = (polygon: readonly Point2[], colour: Rgb) => shapes.push({ polygon, colour });
  const across = ([l, y]: readonly [number, number]): [Point2, Point2] => [
    at(l, y, leanAt(y)),
    at(l, y, WIDTH_M - leanAt(y)),
  ];

  for (const l of WHEELS) add(wheel(l, WIDTH_M - 0.2, 0.31), TYRE);
  const strips = OUTLINE.slice(1).map((to, index) => ({
    from: OUTLINE[index]!,
    to,
    index,
  }));
  for (const strip of strips.filter(faces).sort((a, b) => distance(b) - distance(a))) {
    drawStrip(strip);
  }
  drawSide();
  if (livery !== undefined) drawLightBar();
  const footprint = [0, LENGTH_M].flatMap((l, end) =>
    [0.1, WIDTH_M - 0.1].map(
      (_, i, ws) => [worldX(l), place.nearZ + ws[end === 0 ? i : 1 - i]!] as const,
    ),
  );
  return { shapes, windows, plates, footprint };

  function faces({ from, to }: (typeof strips)[number]): boolean {
    const normalX = -place.heads * (to[1] - from[1]);
    const normalY = to[0] - from[0];
    return (CAMERA[0] - worldX(from[0])) * normalX + (CAMERA[1] - from[1]) * normalY > 0;
  }

  function distance({ from, to }: (typeof strips)[number]): number {
    const x = worldX((from[0] + to[0]) / 2) - CAMERA[0];
    return Math.hypot(x, (from[1] + to[1]) / 2 - CAMERA[1]);
  }

  function drawStrip({ from, to, index }: (typeof strips)[number]): void {
    const [a, b] = across(from);
    const [c, d] = across(to);
    const upward = (to[0] - from[0]) / Math.hypot(to[0] - from[0], to[1] - from[1]);
    add([a, b, d, c], shade(body, 0.72 + 0.34 * Math.max(0, upward)));
    if (index === REAR_GLASS || index === WINDSCREEN) {
      const pane = inset([a, b, d, c], 0.1);
      add(pane, GLASS);
      add(inset(pane, 0.12).slice(0, 3), shade(GLASS, 1.25));
      windows.push(pane);
    }
    if (index === 0) drawEnd(from[0], [196, 40, 36]);
    if (index === OUTLINE.length - 2) drawEnd(to[0], [236, 236, 224]);
  }

  /** Lamps, bumper and number plate of the front or the tail. */
  function drawEnd(l: number, lamp: Rgb): void {
    const patch = (w0: number, w1: number, y0: number, y1: number): Point2[] => [
      at(l, y0, w0),
      at(l, y0, w1),
      at(l, y1, w1),
      at(l, y1, w0),
    ];
    add(patch(0.03, WIDTH_M - 0.03, 0.24, 0.4), [58, 60, 62]);
    add(patch(0.1, 0.45, 0.52, 0.64), lamp);
    add(patch(WIDTH_M - 0.45, WIDTH_M - 0.1, 0.52, 0.64), lamp);
    const plate = patch(0.6, 1.15, 0.42, 0.55);
    add(plate, [236, 236, 232]);
    plates.push(plate);
    // Seen from its own side the plate reads away from whoever stands at the car's other end.
    const mirrored = worldX(l) > CAMERA[0] ? 1 : -1;
    const dots = letterDots(look.plate, (u, v) =>
      at(l, 0.53 - 0.09 * v, 0.875 - mirrored * (u - 0.5) * 0.48),
    );
    for (const dot of dots) add(dot, [30, 30, 34]);
  }

  function drawSide(): void {
    const low = OUTLINE.filter(([, y]) => y <= 1).map(([l, y]) => at(l, y, 0));
    add(low, shade(body, 0.97));
    add(sidePanel(0.02, 4.48, 0.24, 0.34), shade(body, 0.6));
    if (livery !== undefined) {
      add(sidePanel(0.03, 4.42, 0.56, 0.78), livery.stripe);
      const forward = place.heads;
      const dots = letterDots(livery.text, (u, v) =>
        at(2.15 + forward * (u - 0.5) * 1.7, 0.76 - 0.18 * v, 0),
      );
      for (const dot of dots) add(dot, [240, 242, 245]);
    }
    const cabin = [at(0.62, 0.99, 0), at(1.35, 1.42, 0.19), at(2.72, 1.44, 0.2), at(3.44, 0.99, 0)];
    add(cabin, shade(body, 0.92));
    for (const [a, b, c, d] of [
      [0.86, 1.4, 1.98, 1.98],
      [2.06, 2.06, 2.66, 3.24],
    ] as const) {
      const pane = [at(a, 1.03, 0.01), at(b, 1.36, 0.16), at(c, 1.37, 0.165), at(d, 1.03, 0.01)];
      add(pane, GLASS);
      windows.push(pane);
    }
    // Somebody at the wheel: dark behind the glass, and still somebody.
    const [hx, hy] = at(2.45, 1.2, 0.2);
    const size = Math.abs(at(2.55, 1.2, 0.2)[0] - at(2.45, 1.2, 0.2)[0]) * 1.2;
    add(ellipse([hx, hy], size, size * 1.25, 0, 14), [92, 72, 60]);
    for (const l of [1.05, 2.02, 3.2]) add(sidePanel(l, l + 0.02, 0.4, 0.99), shade(body, 0.7));
    for (const l of WHEELS) {
      add(wheel(l, 0, 0.37), shade(body, 0.35));
      add(wheel(l, 0, 0.31), TYRE);
      add(wheel(l, 0, 0.19), [150, 152, 156]);
      add(wheel(l, 0, 0.06), [90, 92, 96]);
    }
  }

  function drawLightBar(): void {
    const far: Rgb = [206, 44, 40];
    const near: Rgb = [40, 74, 190];
    for (const [w0, w1, colour] of [
      [0.9, 1.4, far],
      [0.35, 0.88, near],
    ] as const) {
      const box = (l: number, y: number, w: number): Point3 => [worldX(l), y, place.nearZ + w];
      const quad = (...corners: Point3[]) => corners.map(project);
      const end = place.heads * (CAMERA[0] - place.x) > 0 ? 2.2 : 1.95;
      add(
        quad(box(1.95, 1.57, w0), box(2.2, 1.57, w0), box(2.2, 1.57, w1), box(1.95, 1.57, w1)),
        shade(colour, 1.2),
      );
      add(
        quad(box(end, 1.44, w0), box(end, 1.57, w0), box(end, 1.57, w1), box(end, 1.44, w1)),
        shade(colour, 0.8),
      );
      add(
        quad(box(1.95, 1.44, w0), box(2.2, 1.44, w0), box(2.2, 1.57, w0), box(1.95, 1.57, w0)),
        colour,
      );
    }
  }

  function sidePanel(l0: number, l1: number, y0: number, y1: number): Point2[] {
    return [at(l0, y0, 0), at(l1, y0, 0), at(l1, y1, 0), at(l0, y1, 0)];
  }

  function wheel(l: number, w: number, radius: number): Point2[] {
    return Array.from({ length: 24 }, (_, i) => {
      const turn = (2 * Math.PI * i) / 24;
      return at(l + radius * Math.cos(turn), 0.31 + radius * Math.sin(turn), w);
    });
  }
}

function inset(polygon: readonly Point2[], share: number): Point2[] {
  const cx = polygon.reduce((sum, [x]) => sum + x, 0) / polygon.length;
  const cy = polygon.reduce((sum, [, y]) => sum + y, 0) / polygon.length;
  return polygon.map(([x, y]) => [x + (cx - x) * share, y + (cy - y) * share]);
}
