import type { FootageAnalysis } from '../../server/footage/analysis/analysis.ts';
import { pictureDigest } from '../../server/footage/analysis/analysis.ts';
import type { Box } from '../../server/footage/box.ts';
import { proposePlan } from '../../server/footage/plan/propose-plan.ts';
import type { RedactionPlanInput } from '../../server/footage/plan/redaction-plan.ts';
import type { StreetTruth } from './street-scene/truth.ts';

/**
 * The plan that a lawyer would make of the sample clip: the empty scene approved, the recorder's
 * caption covered, the police car shown while it stands, but for its windows and plates. The ground
 * truth takes the place of the lawyer's eyes.
 *
 * @throws {Error} when the police car was not found standing: then the sample or the analysis broke.
 */
export function planSampleRedaction(
  analysis: FootageAnalysis,
  truth: StreetTruth,
): RedactionPlanInput {
  const proposed = proposePlan(analysis);
  const frames = analysis.index.ticks.length;
  const { box, windows, plates } = truth.policeStay;
  const car = analysis.objects
    .filter((object) => object.dwell !== null)
    .map((object) => ({ object, shared: sharedPart(object.dwell!.box, box) }))
    .sort((a, b) => b.shared - a.shared)[0];
  if (car === undefined || car.shared < 0.5) {
    throw new Error('the standing police car of the sample was not found');
  }
  return {
    ...proposed,
    emptyScene: { digest: proposed.emptyScene!.digest, approvedBy: 'lawyer' },
    cover: [
      {
        id: 'caption',
        keyframes: [{ frame: 0, box: asTuple(truth.captionBox) }],
        from: 0,
        to: frames,
      },
    ],
    keep: [
      {
        id: 'police-car',
        object: car.object.number,
        picture: pictureDigest(car.object)!,
        approvedBy: 'lawyer',
        details: { covered: [...windows, ...plates].map(asTuple) },
      },
    ],
    reviewedFrames: [[0, frames]],
  };
}

function asTuple([x, y, width, height]: readonly [number, number, number, number]): [
  number,
  number,
  number,
  number,
] {
  return [x, y, width, height];
}

/** Intersection over union of two boxes. */
function sharedPart(a: Box, b: readonly [number, number, number, number]): number {
  const width = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (a[2] * a[3] + b[2] * b[3] - shared);
}
