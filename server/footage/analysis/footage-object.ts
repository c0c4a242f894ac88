import type { Box } from '../box.ts';
import type { FrameSpan } from '../frame-span.ts';
import type { KnownPicture } from './known-picture.ts';

/** Something that was followed through the clip: a person, a car, a group that walked together. */
export interface FootageObject {
  /** From 1, in the order of first appearance, within one analysis. */
  readonly number: number;
  /** Frames in which it was followed. */
  readonly span: FrameSpan;
  /** Box of each frame of `span`, in pixels, four numbers a frame. */
  readonly boxes: Int16Array;
  /** Its longest stand-still; null when it never stood. */
  readonly dwell: Dwell | null;
}

/** A stand-still: when, where, and the median picture of what stood there. */
export interface Dwell {
  readonly frames: FrameSpan;
  readonly box: Box;
  readonly picture: KnownPicture;
}

/** Where an object was in a frame; null when it was not followed there. */
export function boxOf(object: FootageObject, frame: number): Box | null {
  const [from, to] = object.span;
  if (frame < from || frame >= to) return null;
  const at = 4 * (frame - from);
  const { boxes } = object;
  return [boxes[at]!, boxes[at + 1]!, boxes[at + 2]!, boxes[at + 3]!];
}
