/** Where someone is on the ground, in metres. */
export interface Place {
  readonly x: number;
  readonly z: number;
}

/** Someone passes a place at a time, in seconds from the start of the clip. */
export interface Waypoint extends Place {
  readonly at: number;
}

/** How someone moves at a moment. */
export interface Motion extends Place {
  /** Direction in which they go, of length 1; the last one while they stand. */
  readonly heading: readonly [x: number, z: number];
  readonly speed: number;
  /** Metres walked since the start. */
  readonly walked: number;
}

const LOOK_S = 0.22;

/** Where a path leads at a time; null before its start and after its end. */
export function motionAt(path: readonly Waypoint[], at: number): Motion | null {
  const [first, last] = [path[0]!, path.at(-1)!];
  if (at < first.at || at >= last.at) return null;
  // Looking a little back and ahead rounds the corners.
  const before = placeAt(path, at - LOOK_S);
  const after = placeAt(path, at + LOOK_S);
  const [dx, dz] = [after.x - before.x, after.z - before.z];
  const length = Math.hypot(dx, dz);
  const heading: readonly [number, number] =
    length > 0.02 ? [dx / length, dz / length] : lastHeading(path, at);
  return {
    x: (before.x + after.x) / 2,
    z: (before.z + after.z) / 2,
    heading,
    speed: length / (2 * LOOK_S),
    walked: placeAt(path, at).walked,
  };
}

function placeAt(path: readonly Waypoint[], at: number): Place & { walked: number } {
  let walked = 0;
  for (let i = 1; i < path.length; i++) {
    const [a, b] = [path[i - 1]!, path[i]!];
    const length = Math.hypot(b.x - a.x, b.z - a.z);
    if (at > b.at && i + 1 < path.length) {
      walked += length;
      continue;
    }
    // Before the start and after the end the first and the last stretch go on.
    const part = (at - a.at) / (b.at - a.at);
    return {
      x: a.x + (b.x - a.x) * part,
      z: a.z + (b.z - a.z) * part,
      walked: walked + length * part,
    };
  }
  return { ...path[0]!, walked };
}

function lastHeading(path: readonly Waypoint[], at: number): readonly [number, number] {
  for (let i = path.length - 1; i > 0; i--) {
    const [a, b] = [path[i - 1]!, path[i]!];
    const length = Math.hypot(b.x - a.x, b.z - a.z);
    if (a.at < at && length > 0) return [(b.x - a.x) / length, (b.z - a.z) / length];
  }
  return [1, 0];
}
