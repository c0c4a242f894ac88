import type { Point2 } from './camera.ts';
import type { Rgb } from './canvas.ts';

/** An ellipse as a polygon, turned by `angle` radians. */
export function ellipse(
  [cx, cy]: Point2,
  radiusX: number,
  radiusY: number,
  angle = 0,
  corners = 20,
): Point2[] {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return Array.from({ length: corners }, (_, i) => {
    const turn = (2 * Math.PI * i) / corners;
    const [x, y] = [radiusX * Math.cos(turn), radiusY * Math.sin(turn)];
    return [cx + x * cos - y * sin, cy + x * sin + y * cos];
  });
}

/** A limb: a strip from `a` to `b` with round ends, as wide as told at each end. */
export function limb(a: Point2, b: Point2, widthA: number, widthB: number): Point2[] {
  const angle = Math.atan2(b[1] - a[1], b[0] - a[0]);
  const around = (centre: Point2, radius: number, from: number): Point2[] =>
    Array.from({ length: 7 }, (_, i) => {
      const turn = from + (Math.PI * i) / 6;
      return [centre[0] + radius * Math.cos(turn), centre[1] + radius * Math.sin(turn)];
    });
  return [
    ...around(a, widthA / 2, angle + Math.PI / 2),
    ...around(b, widthB / 2, angle - Math.PI / 2),
  ];
}

/** A colour made darker (below 1) or lighter. */
export function shade(colour: Rgb, factor: number): Rgb {
  const part = (value: number) => Math.max(0, Math.min(255, Math.round(value * factor)));
  return [part(colour[0]), part(colour[1]), part(colour[2])];
}

/** A colour between two. */
export function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const part = (i: 0 | 1 | 2) => a[i] + (b[i] - a[i]) * share;
  return [part(0), part(1), part(2)];
}
