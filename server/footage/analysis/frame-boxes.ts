import type { Box } from '../box.ts';
import {
  append,
  contentOf,
  type GrowingNumbers,
  growingInt16,
  growingUint32,
} from './growing-numbers.ts';

/** Boxes of every frame of a clip, packed: four numbers a box, frame after frame. */
export interface FrameBoxes {
  /** Where the boxes of each frame begin, counted in boxes; one more entry than frames. */
  readonly starts: Uint32Array;
  readonly packed: Int16Array;
}

/** The boxes of one frame; none for a frame that is not there. */
export function boxesAt(boxes: FrameBoxes, frame: number): Box[] {
  const from = boxes.starts[frame] ?? 0;
  const to = boxes.starts[frame + 1] ?? from;
  const found: Box[] = [];
  for (let at = 4 * from; at < 4 * to; at += 4) {
    const { packed } = boxes;
    found.push([packed[at]!, packed[at + 1]!, packed[at + 2]!, packed[at + 3]!]);
  }
  return found;
}

/** Boxes of frames that come one after the other. Plain data. */
export interface GrowingBoxes {
  readonly ends: GrowingNumbers<Uint32Array<ArrayBuffer>>;
  readonly packed: GrowingNumbers<Int16Array<ArrayBuffer>>;
}

/** Boxes of no frame yet. */
export function growingBoxes(): GrowingBoxes {
  return { ends: growingUint32(), packed: growingInt16() };
}

/** Adds the boxes of the next frame. */
export function addFrame({ ends, packed }: GrowingBoxes, boxes: readonly Box[]): void {
  for (const box of boxes) append(packed, ...box);
  append(ends, packed.length / 4);
}

/** Packs the boxes of all frames that were added. */
export function packBoxes({ ends, packed }: GrowingBoxes): FrameBoxes {
  const starts = new Uint32Array(ends.length + 1);
  starts.set(contentOf(ends), 1);
  return { starts, packed: contentOf(packed) };
}
