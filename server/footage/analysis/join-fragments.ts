import { type Box, sharedArea, union } from '../box.ts';

const NEAR_PX = 24;
const REACH_OF_SIZE = 0.75;

/**
 * Joins boxes that are likely parts of one body: near each other, or one above the other with a gap
 * smaller than they are. A grey coat before a grey wall leaves a head and two legs; the box of all
 * three is what must be covered. Joining two people covers what lies between them: a nuisance.
 */
export function joinFragments(boxes: readonly Box[]): Box[] {
  return joinWhile(boxes, belong);
}

/** Joins boxes that overlap, as long as the joined one stays below `mostArea` square pixels. */
export function joinOverlapping(boxes: readonly Box[], mostArea: number): Box[] {
  return joinWhile(boxes, (a, b) => {
    const [, , width, height] = union(a, b);
    return sharedArea(a, b) > 0 && width * height <= mostArea;
  });
}

function joinWhile(boxes: readonly Box[], together: (a: Box, b: Box) => boolean): Box[] {
  const joined = [...boxes];
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = 0; i < joined.length; i++) {
      for (let j = joined.length - 1; j > i; j--) {
        if (!together(joined[i]!, joined[j]!)) continue;
        joined[i] = union(joined[i]!, joined[j]!);
        joined.splice(j, 1);
        changed = true;
      }
    }
  }
  return joined;
}

function belong(a: Box, b: Box): boolean {
  const gapX = Math.max(a[0], b[0]) - Math.min(a[0] + a[2], b[0] + b[2]);
  const gapY = Math.max(a[1], b[1]) - Math.min(a[1] + a[3], b[1] + b[3]);
  // Bodies scale with the picture: a short gap beside a large part is as much as a hand's breadth.
  const smaller = Math.min(Math.max(a[2], a[3]), Math.max(b[2], b[3]));
  if (gapX <= Math.min(NEAR_PX, smaller) && gapY <= Math.min(NEAR_PX, smaller)) return true;
  const overlap = -gapX / Math.min(a[2], b[2]);
  return overlap >= 0.3 && gapY <= REACH_OF_SIZE * Math.max(a[2], a[3], b[2], b[3]);
}
