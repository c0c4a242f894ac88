import {
  addFrame,
  type FrameBoxes,
  growingBoxes,
  packBoxes as pack,
} from '../../server/footage/analysis/frame-boxes.ts';
import type { Box } from '../../server/footage/box.ts';

/** Packs boxes; there is one list for each frame. */
export function packBoxes(perFrame: Iterable<readonly Box[]>): FrameBoxes {
  const boxes = growingBoxes();
  for (const frame of perFrame) addFrame(boxes, frame);
  return pack(boxes);
}
