import type { FootageAnalysis } from '../analysis/analysis.ts';
import { boxOf, type FootageObject } from '../analysis/footage-object.ts';
import { boxesAt } from '../analysis/frame-boxes.ts';
import type { KnownPicture } from '../analysis/known-picture.ts';
import { type Box, sharedArea, union } from '../box.ts';
import { holds } from '../frame-span.ts';
import { interpolateBox } from './interpolate-box.ts';
import type { KeepRule } from './redaction-plan.ts';

/** The part of a vehicle's box, from above, in which windows are looked for; and, from below, plates. */
const WINDOWS_SHARE = 0.45;
const PLATES_SHARE = 0.25;
const MOST_GROWTH = 1.3;

/** A vehicle that is shown, resolved against the analysis. */
export interface KeptObject {
  /** Where it is while it is followed, standing or not; null elsewhere. */
  placeAt(frame: number): Box | null;
  /** Where it is shown in a frame; null when it is not shown there. */
  shownAt(frame: number): Box | null;
  /** True in frames in which a person looked at it and released it, moving as it is. */
  releasedAt(frame: number): boolean;
  /** What it looks like while it stands; null when it does not stand in that frame. */
  pictureAt(frame: number): KnownPicture | null;
  /** Boxes to cover over what is shown: exact ones, and ones guessed from its shape. */
  detailsAt(frame: number): { exact: readonly Box[]; guessed: readonly Box[] };
}

/** Resolves a rule of a checked plan. */
export function keptObject(rule: KeepRule, analysis: FootageAnalysis): KeptObject {
  const releasedAt = (frame: number) => holds(rule.releasedFrames, frame);
  const details = (place: Box | null) => detailsOf(rule, place);
  if ('keyframes' in rule) {
    const placeAt = (frame: number) =>
      frame >= rule.from && frame < rule.to ? interpolateBox(rule.keyframes, frame) : null;
    const shownAt = (frame: number) => (releasedAt(frame) ? placeAt(frame) : null);
    return {
      placeAt,
      shownAt,
      releasedAt,
      pictureAt: () => null,
      detailsAt: (frame) => details(shownAt(frame)),
    };
  }
  const object = analysis.objects.find(({ number }) => number === rule.object) as FootageObject;
  const stands = (frame: number) => object.dwell !== null && holds([object.dwell.frames], frame);
  const placeAt = (frame: number) =>
    stands(frame) ? object.dwell!.box : movingPlace(object, analysis, frame);
  const shownAt = (frame: number) => (stands(frame) || releasedAt(frame) ? placeAt(frame) : null);
  return {
    placeAt,
    shownAt,
    releasedAt,
    pictureAt: (frame) => (stands(frame) ? object.dwell!.picture : null),
    detailsAt: (frame) => details(shownAt(frame)),
  };
}

/**
 * Where a vehicle is while it moves: the foreground around what was followed of it, for its even
 * middle seems to stand while it sets off. Never much more than its size, for that is somebody else.
 */
function movingPlace(object: FootageObject, analysis: FootageAnalysis, frame: number): Box | null {
  const followed = boxOf(object, frame);
  if (followed === null || object.dwell === null) return followed;
  const most = MOST_GROWTH * areaOf(object.dwell.box);
  for (const box of boxesAt(analysis.foreground, frame)) {
    const whole = union(followed, box);
    const around = sharedArea(followed, box) >= 0.5 * areaOf(followed);
    if (around && areaOf(whole) <= most) return whole;
  }
  return followed;
}

function areaOf(box: Box): number {
  return box[2] * box[3];
}

function detailsOf(rule: KeepRule, place: Box | null) {
  const { details } = rule;
  if (place === null) return { exact: [], guessed: [] };
  if (details !== undefined && 'covered' in details) return { exact: details.covered, guessed: [] };
  if (details !== undefined) return { exact: [], guessed: [] };
  const [x, y, width, height] = place;
  const windows: Box = [x, y, width, Math.ceil(height * WINDOWS_SHARE)];
  const plates = Math.ceil(height * PLATES_SHARE);
  return { exact: [], guessed: [windows, [x, y + height - plates, width, plates] as Box] };
}
