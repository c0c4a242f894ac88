/** A point of the scene in metres: x along the street, y up, z across it, away from the camera. */
export type Point3 = readonly [x: number, y: number, z: number];
/** A point of the picture in pixels, origin at the top left. */
export type Point2 = readonly [x: number, y: number];

/** Size of the picture. */
export const FRAME = { width: 1280, height: 720 } as const;

const HEIGHT_M = 3.9;
const FOCAL_PX = 1080;
const YAW = (34 * Math.PI) / 180;
const PITCH = (10.5 * Math.PI) / 180;

const [sinYaw, cosYaw] = [Math.sin(YAW), Math.cos(YAW)];
const [sinPitch, cosPitch] = [Math.sin(PITCH), Math.cos(PITCH)];

/** Where the camera hangs, below the roof of a house on the near side. */
export const CAMERA: Point3 = [0, HEIGHT_M, 0];

/** Distance along the line of sight, in metres; what has less than 0.5 cannot be drawn. */
export function depthOf([x, y, z]: Point3): number {
  const forward = x * sinYaw + z * cosYaw;
  return forward * cosPitch - (y - HEIGHT_M) * sinPitch;
}

/** Pixels of a metre at a depth. */
export function pixelsPerMetre(depth: number): number {
  return FOCAL_PX / depth;
}

/** The picture of a point, by central projection. */
export function project(point: Point3): Point2 {
  const [x, y, z] = point;
  const right = x * cosYaw - z * sinYaw;
  const forward = x * sinYaw + z * cosYaw;
  const up = (y - HEIGHT_M) * cosPitch + forward * sinPitch;
  const depth = Math.max(0.5, depthOf(point));
  return [FRAME.width / 2 + (FOCAL_PX * right) / depth, FRAME.height / 2 - (FOCAL_PX * up) / depth];
}

/** The direction in which a pixel looks, not of unit length. */
export function rayOf([px, py]: Point2): Point3 {
  const right = (px - FRAME.width / 2) / FOCAL_PX;
  const up = (FRAME.height / 2 - py) / FOCAL_PX;
  const y = up * cosPitch - sinPitch;
  const forward = cosPitch + up * sinPitch;
  return [right * cosYaw + forward * sinYaw, y, forward * cosYaw - right * sinYaw];
}

/** The part of a step along the street that is seen as a step to the right. */
export const RIGHTWARD: readonly [x: number, z: number] = [cosYaw, -sinYaw];
