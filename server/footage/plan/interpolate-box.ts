import type { Box } from '../box.ts';
import type { Keyframe } from './redaction-plan.ts';

/**
 * The box of a keyframed rule at a frame: between two keyframes each side moves evenly and is
 * rounded outward to whole pixels; before the first and after the last it stays.
 *
 * @param keyframes - at least one, in time.
 */
export function interpolateBox(keyframes: readonly Keyframe[], frame: number): Box {
  const first = keyframes[0]!;
  if (frame <= first.frame) return first.box;
  for (let at = 1; at < keyframes.length; at++) {
    const b = keyframes[at]!;
    if (frame > b.frame) continue;
    const a = keyframes[at - 1]!;
    const mix = (from: number, to: number) =>
      from + ((to - from) * (frame - a.frame)) / (b.frame - a.frame);
    const left = Math.floor(mix(a.box[0], b.box[0]));
    const top = Math.floor(mix(a.box[1], b.box[1]));
    const right = Math.ceil(mix(a.box[0] + a.box[2], b.box[0] + b.box[2]));
    const bottom = Math.ceil(mix(a.box[1] + a.box[3], b.box[1] + b.box[3]));
    return [left, top, right - left, bottom - top];
  }
  return keyframes.at(-1)!.box;
}
