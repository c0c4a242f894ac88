/** A rectangle [x, y, width, height] in pixels of the displayed frame, origin at the top left. */
export type Box = readonly [x: number, y: number, width: number, height: number];

/** `box` with `margin` pixels more on every side. */
export function grow(box: Box, margin: number): Box {
  return [box[0] - margin, box[1] - margin, box[2] + 2 * margin, box[3] + 2 * margin];
}

/** The part of `box` inside a frame of `width` × `height`; null when nothing of it is. */
export function clip(box: Box, width: number, height: number): Box | null {
  const x0 = Math.max(0, box[0]);
  const y0 = Math.max(0, box[1]);
  const x1 = Math.min(width, box[0] + box[2]);
  const y1 = Math.min(height, box[1] + box[3]);
  return x1 > x0 && y1 > y0 ? [x0, y0, x1 - x0, y1 - y0] : null;
}

/** The smallest box that holds both. */
export function union(a: Box, b: Box): Box {
  const x = Math.min(a[0], b[0]);
  const y = Math.min(a[1], b[1]);
  return [x, y, Math.max(a[0] + a[2], b[0] + b[2]) - x, Math.max(a[1] + a[3], b[1] + b[3]) - y];
}

/** Area of the part that both share, in square pixels. */
export function sharedArea(a: Box, b: Box): number {
  const width = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  return width > 0 && height > 0 ? width * height : 0;
}

/** Shared area over joined area, 0 to 1: how much two boxes are the same place. */
export function likeness(a: Box, b: Box): number {
  const shared = sharedArea(a, b);
  const joined = a[2] * a[3] + b[2] * b[3] - shared;
  return joined > 0 ? shared / joined : 0;
}
