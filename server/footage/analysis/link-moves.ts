import { type Box, grow, likeness, sharedArea } from '../box.ts';
import { boxOf, type Dwell, type FootageObject } from './footage-object.ts';

const TOUCH_PX = 16;
const LEAST_LIKENESS = 0.5;
const LEAST_SIZE = 0.5;
const MOST_SIZE = 1.6;

/**
 * Joins what stood with what arrived there and what left from there, when both are of its size, so
 * that a car that comes, waits and leaves is one object. While something waits it is followed by
 * its stand-still, and while it moves by its motion; the seams lie between.
 *
 * @param slackFrames - how far the seam may lie from the stand-still's ends.
 * @returns the objects, numbered anew in the order of first appearance.
 */
export function linkMoves(objects: readonly FootageObject[], slackFrames: number): FootageObject[] {
  const absorbed = new Set<FootageObject>();
  const linked = objects.map((object) => {
    const { dwell } = object;
    if (dwell === null || absorbed.has(object)) return object;
    const others = objects.filter(
      (other) => other !== object && other.dwell === null && !absorbed.has(other),
    );
    const arrival = others.find((other) => arrivesAt(other, dwell, slackFrames));
    const departure = others.find(
      (other) => other !== arrival && leavesFrom(other, dwell, slackFrames),
    );
    if (arrival !== undefined) absorbed.add(arrival);
    if (departure !== undefined) absorbed.add(departure);
    return joined(object, dwell, arrival, departure);
  });
  return linked
    .filter((object, at) => !absorbed.has(objects[at]!) && object.span[1] > object.span[0])
    .sort((a, b) => a.span[0] - b.span[0] || a.number - b.number)
    .map(({ span, boxes, dwell }, at) => ({ number: at + 1, span, boxes, dwell }));
}

function arrivesAt(object: FootageObject, dwell: Dwell, slack: number): boolean {
  const stop = dwell.frames[0];
  if (object.span[0] >= stop || object.span[1] < stop - slack) return false;
  if (object.span[1] > stop + 3 * slack) return false;
  const box = boxOf(object, Math.min(stop, object.span[1] - 1))!;
  return ofItsSize(box, dwell.box) && likeness(box, dwell.box) >= LEAST_LIKENESS;
}

function leavesFrom(object: FootageObject, dwell: Dwell, slack: number): boolean {
  const [from, to] = object.span;
  if (Math.abs(from - dwell.frames[1]) > slack) return false;
  if (sharedArea(grow(boxOf(object, from)!, TOUCH_PX), dwell.box) === 0) return false;
  for (let frame = from; frame < Math.min(to, from + 3 * slack); frame++) {
    if (ofItsSize(boxOf(object, frame)!, dwell.box)) return true;
  }
  return false;
}

function ofItsSize(box: Box, place: Box): boolean {
  const share = (box[2] * box[3]) / (place[2] * place[3]);
  return share >= LEAST_SIZE && share <= MOST_SIZE;
}

function joined(
  object: FootageObject,
  dwell: Dwell,
  arrival: FootageObject | undefined,
  departure: FootageObject | undefined,
): FootageObject {
  const [stop, start] = dwell.frames;
  const from = Math.min(arrival?.span[0] ?? object.span[0], stop);
  const to = Math.max(departure?.span[1] ?? object.span[1], start);
  const boxes: number[] = [];
  for (let frame = from; frame < to; frame++) {
    const mover =
      frame < stop ? (arrival ?? object) : frame >= start ? (departure ?? object) : null;
    const box = mover === null ? null : boxOf(mover, frame);
    boxes.push(...(box ?? dwell.box));
  }
  return { number: object.number, span: [from, to], boxes: Int16Array.from(boxes), dwell };
}
