import type { Box } from './box.ts';

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

/** Packs boxes; `perFrame` has one list for each frame. */
export function packBoxes(perFrame: readonly (readonly Box[])[]): FrameBoxes {
  const starts = new Uint32Array(perFrame.length + 1);
  perFrame.forEach((boxes, frame) => {
    starts[frame + 1] = starts[frame]! + boxes.length;
  });
  return { starts, packed: Int16Array.from(perFrame.flat(2)) };
}
