import { type Box, clip, grow, sharedArea, union } from '../box.ts';
import { cellCount, type FrameGrid } from '../frame-grid.ts';
import type { FrameSpan } from '../frame-span.ts';
import { tileRuns } from '../tile-runs.ts';
import { compactRegions } from './compact-regions.ts';
import { boxOf, type FootageObject } from './footage-object.ts';
import { joinOverlapping } from './join-fragments.ts';
import { outlinedBodies } from './outlined-bodies.ts';
import { stirringPlaces } from './stirring-places.ts';

// A median shows whoever was there most of the time. Until a person has looked at it, every place
// where that might have happened is covered from the first frame to the last.
const STIR_LEVELS = 7;
const STIR_SHARE = 0.1;
const STOOD_SECONDS = 2;
const IN_PLACE_SECONDS = 1;
const SCATTER_LIMIT = 3;
const ORIGIN_SECONDS = 1;
const LEAST_SECONDS = 1;
const LEAST_FRAMES = 8;
const IN_PLACE_MOST_SHARE = 0.04;
const AROUND_PX = 24;
// Of somebody who stands there all the time head and arms stir most, and the feet hardly at all.
const ABOVE_SHARE = 0.2;
const BELOW_SHARE = 0.6;
// What is about as wide as high, and small, may be the head of somebody of whom nothing else stirs:
// bodies are seven heads high and three wide.
const HEAD_MOST_SHARE = 0.12;
const HEAD_SLIM = 0.5;
const BODY_BELOW_HEADS = 6.5;
// The clock of a recorder is a row of glyphs at one height, in a strip at the edge; heads are not.
const CAPTION_SHARE = 0.12;
const CAPTION_GLYPHS = 4;
// Parts that overlap are one body, unless they would fill more of the picture than bodies do.
const BODY_MOST_SHARE = 0.3;
/** More parts are not joined to bodies: what they touch is in doubt, tile by tile. */
const MOST_PARTS = 400;

/** Collects, frame by frame, where the empty scene may not be empty. */
export interface DoubtfulPlaces {
  /** @param active - the cells that are to be looked at: all others are as the empty scene is. */
  observe(scores: Uint8Array, standing: Uint8Array, active: Int32Array): void;
  /**
   * Boxes to be covered in every frame while nobody has approved the empty scene.
   *
   * @param seen - from the first to the last frame in which anything was looked for, for each span of one light.
   */
  places(objects: readonly FootageObject[], seen: readonly FrameSpan[]): Box[];
}

/** What is remembered of each cell. Plain data. */
export interface DoubtState {
  readonly stirred: Uint32Array;
  readonly run: Uint32Array;
  readonly stood: Uint32Array;
  /** The frame in which something last stood there, counted from 1. */
  readonly last: Uint32Array;
  frames: number;
}

/** What is known before the first frame. */
export function newDoubtState(cells: number): DoubtState {
  const [stirred, run, stood, last] = [0, 1, 2, 3].map(() => new Uint32Array(cells));
  return { stirred: stirred!, run: run!, stood: stood!, last: last!, frames: 0 };
}

/** In fewer frames nobody can be seen to stir: of one frame the median is that frame, with whoever is in it. */
export function leastFramesLookedAt(framesPerSecond: number): number {
  return Math.max(LEAST_FRAMES, LEAST_SECONDS * framesPerSecond);
}

/**
 * Five signs make a place doubtful:
 * something stood there (it, or what it hid by leaving, may be in the median);
 * it stirs for a good part of the clip (someone who sits, breathes and leans; a tree as well);
 * something appeared and vanished there without ever going anywhere;
 * the same, however short and large, in the first or the last frame of a light: so looks the ground
 * that somebody is about to stand on for the rest of the clip, or stood on until just now;
 * something set out from there that had not come from an edge of the picture or out of a group:
 * nobody comes from nothing, but somebody may rise who is in the median.
 * In between only small ones: a large patch that comes and goes in place is light, and if it stays it stood.
 * Lines of single cells, as edges make when the camera trembles, are no place, unless two of them are the
 * ends or the sides of a body ({@link outlinedBodies}), or a line is short enough to be a distant head.
 *
 * @param state - what was seen before; it is gone on with.
 */
export function createDoubtfulPlaces(
  grid: FrameGrid,
  framesPerSecond: number,
  state: DoubtState,
): DoubtfulPlaces {
  const cells = cellCount(grid);
  const { stirred, run, stood, last } = state;

  return {
    observe(scores, standing, active) {
      const now = ++state.frames;
      for (let at = 0; at < active.length; at++) {
        const i = active[at]!;
        if (scores[i]! >= STIR_LEVELS) stirred[i]!++;
        if (standing[i] === 0) continue;
        run[i] = last[i] === now - 1 ? run[i]! + 1 : 1;
        last[i] = now;
        if (run[i]! > stood[i]!) stood[i] = run[i]!;
      }
    },
    places(objects, seen) {
      const doubt = new Uint8Array(cells);
      const longStood = STOOD_SECONDS * framesPerSecond;
      const oftenStirred = Math.max(3, STIR_SHARE * state.frames);
      for (let i = 0; i < cells; i++) {
        if (stood[i]! >= longStood || stirred[i]! >= oftenStirred) doubt[i] = 255;
      }
      const stirring = stirringPlaces(doubt, grid);
      const parts = [
        ...compactRegions(doubt, grid).map((region) => surroundings(region)),
        ...outlinedBodies(stirring, grid).map((body) => surroundings(body)),
        // Of what is small both sides are one line.
        ...stirring.filter((place) => isSmall(place, grid)).map((place) => surroundings(place)),
        ...stirring.filter((place) => isHead(place, stirring, grid)).map(bodyBelow),
      ];
      const regions = joinParts(parts, grid);
      const mostArea = IN_PLACE_MOST_SHARE * grid.widthPx * grid.heightPx;
      const inPlace = objects
        .filter((object) => object.span[1] - object.span[0] >= IN_PLACE_SECONDS * framesPerSecond)
        .map(wholePlace)
        .filter((place) => place !== null)
        .filter((place) => place[2] * place[3] <= mostArea);
      const atEnds = objects
        .filter(({ span }) => seen.some(([from, to]) => span[0] === from || span[1] === to))
        .map(wholePlace)
        .filter((place) => place !== null);
      const origins = objects
        .filter((object) => cameFromNothing(object, objects, grid))
        .map((object) => groundOf(object, Math.round(ORIGIN_SECONDS * framesPerSecond)));
      return [...regions, ...inPlace, ...atEnds, ...origins]
        .map((box) => clip(grow(box, AROUND_PX), grid.widthPx, grid.heightPx))
        .filter((box) => box !== null);
    },
  };
}

/** Parts that belong together, as one. */
function joinParts(parts: readonly Box[], grid: FrameGrid): Box[] {
  if (parts.length > MOST_PARTS) return tileRuns(parts, grid);
  return joinOverlapping(parts, BODY_MOST_SHARE * grid.widthPx * grid.heightPx);
}

/** The place of a whole body of which a part stirs. */
function surroundings([x, y, width, height]: Box): Box {
  const above = Math.round(ABOVE_SHARE * height);
  return [x, y - above, width, height + above + Math.round(BELOW_SHARE * height)];
}

/** The place of a body of which only the head stirs. */
function bodyBelow([x, y, width, height]: Box): Box {
  return [x - width, y - height, 3 * width, (2 + BODY_BELOW_HEADS) * height];
}

function isSmall([, , width, height]: Box, { heightPx }: FrameGrid): boolean {
  return Math.max(width, height) <= HEAD_MOST_SHARE * heightPx;
}

/** Whether a place may be a head: small, not slim, and none of the glyphs of a caption. */
function isHead(place: Box, stirring: readonly Box[], grid: FrameGrid): boolean {
  const [, y, width, height] = place;
  if (!isSmall(place, grid)) return false;
  if (Math.min(width, height) < HEAD_SLIM * Math.max(width, height)) return false;
  const strip = CAPTION_SHARE * grid.heightPx;
  if (y + height > strip && y < grid.heightPx - strip) return true;
  const alike = stirring.filter(
    (other) =>
      Math.abs(other[1] - y) <= grid.cellPx &&
      Math.abs(other[1] + other[3] - y - height) <= grid.cellPx,
  );
  return besideEachOther(alike) < CAPTION_GLYPHS;
}

/** How many of `row` stand beside each other, none over another. */
function besideEachOther(row: readonly Box[]): number {
  let count = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const [x, , width] of row.toSorted((a, b) => a[0] + a[2] - b[0] - b[2])) {
    if (x < end) continue;
    count++;
    end = x + width;
  }
  return count;
}

/** All the ground that an object touched; null when it went somewhere. */
function wholePlace(object: FootageObject): Box | null {
  let area = 0;
  for (let at = 0; at < object.boxes.length; at += 4) {
    area += object.boxes[at + 2]! * object.boxes[at + 3]!;
  }
  const whole = groundOf(object, object.boxes.length / 4);
  const meanArea = area / (object.boxes.length / 4);
  return whole[2] * whole[3] > SCATTER_LIMIT * meanArea ? null : whole;
}

/** The ground that an object touched in its first frames. */
function groundOf(object: FootageObject, frames: number): Box {
  const [from, to] = object.span;
  let ground = boxOf(object, from)!;
  for (let frame = from + 1; frame < Math.min(to, from + frames); frame++) {
    ground = union(ground, boxOf(object, frame)!);
  }
  return ground;
}

function cameFromNothing(
  object: FootageObject,
  all: readonly FootageObject[],
  grid: FrameGrid,
): boolean {
  const start = object.span[0];
  const first = grow(boxOf(object, start)!, AROUND_PX);
  const atEdge =
    first[0] < 0 ||
    first[1] < 0 ||
    first[0] + first[2] > grid.widthPx ||
    first[1] + first[3] > grid.heightPx;
  if (atEdge) return false;
  return !all.some((other) => {
    if (other === object || other.span[0] >= start) return false;
    const box = boxOf(other, start - 1);
    return box !== null && sharedArea(first, box) > 0;
  });
}
