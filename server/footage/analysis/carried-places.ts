import { type Box, likeness, sharedArea, union } from '../box.ts';
import type { FrameSpan } from '../frame-span.ts';
import { boxesAt, type FrameBoxes } from './frame-boxes.ts';
import { joinFragments } from './join-fragments.ts';

/** What is seen in so many seconds beside a switch of light may stand on behind it. */
const BESIDE_SECONDS = 0.5;
/** While a camera switches, for less than so long, as much of the picture differs as no people do. */
const SWITCHING_SECONDS = 3;
const SWITCHING_SHARE = 0.4;
/** A camera's exposure settles within less: what is still seen after it is not in the scene. */
const SETTLED_SECONDS = 10;
// Of two people of whom one is in the scene of the next light only the other is seen there.
const WHOLLY_SHARE = 0.7;
const MOST_GROWTH = 2;
/** How much of its place of the frame before something keeps while it goes. */
const STEP_LIKENESS = 0.3;

/** A place that is covered in some frames, whoever approved the empty scene. */
export interface CarriedPlace {
  /** Not yet padded. */
  readonly box: Box;
  readonly frames: FrameSpan;
}

/** Frames of one light between two switches. */
export interface LightPassage {
  readonly light: number;
  readonly frames: FrameSpan;
  /** From the first to the last frame in which anything was looked for. */
  readonly seen: FrameSpan;
  readonly beside: BesideSwitch;
}

/**
 * What was seen in the first frames of a light, and in the last ones, frame by frame from the switch on:
 * parts by themselves, so that who passes somebody is not taken for one with them. Plain data.
 */
export interface BesideSwitch {
  readonly first: (readonly Box[])[];
  readonly last: (readonly Box[])[];
}

/** What is known before a light's first frame. */
export function newBesideSwitch(): BesideSwitch {
  return { first: [], last: [] };
}

/** Adds the parts of the next frame in which anything was looked for. */
export function addParts(
  { first, last }: BesideSwitch,
  parts: readonly Box[],
  framesPerSecond: number,
): void {
  const most = Math.ceil((SWITCHING_SECONDS + BESIDE_SECONDS) * framesPerSecond);
  if (first.length < most) first.push(parts);
  last.unshift(parts);
  if (last.length > most) last.pop();
}

/** What was seen in a light before it gave way; of that light the scene does not show it. */
interface LeftStanding {
  readonly box: Box;
  readonly light: number;
}

/**
 * Who stands still through a switch of light may stand in all of the next one, and so in its scene. What
 * was seen right before a switch is therefore covered behind it too, to the end of that light, and what
 * was seen right behind it is covered before; and on through the next switch, until a light comes in which
 * it was seen already.
 *
 * Not so where it is seen on the other side as well, by itself: either until it has gone from there, or
 * for so long that exposure has settled. Then the scene shows what is behind it.
 *
 * @param options.passages - in their order.
 * @param options.foreground - of all frames, as it was found in the light of each.
 * @param options.pictureArea - of a frame, in square pixels.
 * @param options.wholeFrames - frames that tell nothing of single places.
 */
export function carriedPlaces(options: {
  passages: readonly LightPassage[];
  foreground: FrameBoxes;
  pictureArea: number;
  wholeFrames: readonly number[];
  framesPerSecond: number;
}): CarriedPlace[] {
  const { passages, foreground, pictureArea, wholeFrames, framesPerSecond } = options;
  const whole = new Set(wholeFrames);
  const most = Math.ceil(BESIDE_SECONDS * framesPerSecond);
  const settled = Math.ceil(SETTLED_SECONDS * framesPerSecond);
  return [
    ...carry(passages, ({ beside }) => beside.last, firstBoxes),
    ...carry(passages.toReversed(), ({ beside }) => beside.first, lastBoxes),
  ];

  /**
   * Through all switches one way.
   *
   * @param leave - the parts in a passage beside the switch by which it is left, from there on.
   * @param enter - what was seen in a passage beside the switch by which it is entered, from there on.
   */
  function carry(
    way: readonly LightPassage[],
    leave: (passage: LightPassage) => readonly (readonly Box[])[],
    enter: (passage: LightPassage) => Box[][],
  ): CarriedPlace[] {
    let standing: LeftStanding[] = [];
    return way.flatMap((passage, at) => {
      const before = way[at - 1];
      if (before === undefined) return [];
      const entered = enter(passage);
      const things = thingsIn(besideSwitch(leave(before)));
      // Somebody may be one part on this side of the switch and two on that.
      const seenOn = [
        ...things.map(({ nearest }) => nearest),
        ...joinFragments(things.map(({ nearest }) => nearest)),
      ].filter((box) => isSeenOn(box, entered));
      const unseen = things.filter(({ nearest }) => !seenOn.some((box) => isWithin(nearest, box)));
      const left = joinFragments(unseen.map(({ box }) => box)).map((box) => ({
        box,
        light: before.light,
      }));
      const carried = standing.filter(({ box }) => !isSeenOn(box, entered));
      standing = [...carried, ...left].filter(({ light }) => light !== passage.light);
      return standing.map(({ box }) => ({ box, frames: passage.frames }));
    });
  }

  /** The frames nearest to the switch in which it was not under way; the nearest of all where it always was. */
  function besideSwitch(frames: readonly (readonly Box[])[]): readonly (readonly Box[])[] {
    const from = frames.findIndex((parts) => areaOf(parts) < SWITCHING_SHARE * pictureArea);
    return frames.slice(Math.max(0, from), Math.max(0, from) + most);
  }

  function firstBoxes({ seen: [from, to] }: LightPassage): Box[][] {
    const found: Box[][] = [];
    for (let frame = from; frame < to && found.length < settled; frame++) {
      if (!whole.has(frame)) found.push(boxesAt(foreground, frame));
    }
    return found;
  }

  function lastBoxes({ seen: [from, to] }: LightPassage): Box[][] {
    const found: Box[][] = [];
    for (let frame = to - 1; frame >= from && found.length < settled; frame--) {
      if (!whole.has(frame)) found.push(boxesAt(foreground, frame));
    }
    return found;
  }
}

/** What boxes of frames are of: all that touch, and the one nearest to the switch. */
function thingsIn(frames: readonly (readonly Box[])[]): { nearest: Box; box: Box }[] {
  const things: { nearest: Box; box: Box }[] = [];
  for (const box of frames.flat()) {
    const touched = things.filter((thing) => sharedArea(thing.box, box) > 0);
    for (const thing of touched) thing.box = union(thing.box, box);
    if (touched.length === 0) things.push({ nearest: box, box });
  }
  return things;
}

/** Tells whether the scene of these frames, from the switch on, is known not to show what is at `place`. */
function isSeenOn(place: Box, frames: readonly (readonly Box[])[]): boolean {
  let now = place;
  for (const [at, boxes] of frames.entries()) {
    const next = boxes.toSorted((a, b) => likeness(b, now) - likeness(a, now))[0];
    if (next === undefined) return false;
    if (at === 0 && !isWholly(place, next)) return false;
    if (likeness(next, now) < STEP_LIKENESS) return false;
    if (sharedArea(next, place) === 0) return true;
    now = next;
  }
  return frames.length > 0;
}

/** Of all that parts cover together with what lies between those of one body. */
function areaOf(parts: readonly Box[]): number {
  return joinFragments(parts).reduce((sum, [, , width, height]) => sum + width * height, 0);
}

function isWithin(box: Box, around: Box): boolean {
  return sharedArea(box, around) === box[2] * box[3];
}

function isWholly(place: Box, seen: Box): boolean {
  const area = place[2] * place[3];
  return sharedArea(place, seen) >= WHOLLY_SHARE * area && seen[2] * seen[3] <= MOST_GROWTH * area;
}
