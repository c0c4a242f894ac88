import { emptySceneDigest, type FootageAnalysis, pictureDigest } from '../analysis/analysis.ts';
import { analysisDigest } from '../analysis/analysis-bytes.ts';
import { FootageError } from '../errors.ts';
import { type FrameSpan, holdAll } from '../frame-span.ts';
import { type RedactionPlan, redactionPlanSchema } from './redaction-plan.ts';

/** A plan that was checked against the analysis it will be used with. */
export interface CheckedPlan {
  readonly plan: RedactionPlan;
  readonly range: FrameSpan;
  readonly emptySceneApproved: boolean;
}

/**
 * Reads a plan and checks every word of it against the analysis.
 *
 * @throws {FootageError} `PLAN_INVALID` (the message names the field), `PLAN_OUTSIDE_FRAME`,
 *   `PLAN_OF_ANOTHER_ANALYSIS` or `PLAN_NOT_REVIEWED`.
 */
export function readPlan(input: unknown, analysis: FootageAnalysis): CheckedPlan {
  const parsed = redactionPlanSchema.safeParse(input);
  if (!parsed.success) {
    const places = parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole');
    throw new FootageError(
      'PLAN_INVALID',
      `The plan cannot be used; these parts of it are faulty: ${[...new Set(places)].join(', ')}.`,
    );
  }
  const plan = parsed.data;
  const frames = analysis.index.ticks.length;
  const range: FrameSpan = plan.range ?? [0, frames];
  if (range[1] > frames) {
    throw new FootageError(
      'PLAN_OUTSIDE_FRAME',
      `The plan’s range ends at frame ${range[1]}, and the recording has ${frames}. Shorten the range.`,
    );
  }
  refuseForeign(plan, analysis);
  refuseOutside(plan, analysis);
  if (plan.mode === 'marked' && !holdAll(plan.reviewedFrames, range)) {
    throw new FootageError(
      'PLAN_NOT_REVIEWED',
      'A plan that covers only what was marked needs every frame of its range reviewed. Look at the rest first, or cover everything that moves.',
    );
  }
  return { plan, range, emptySceneApproved: plan.emptyScene?.approvedBy !== undefined };
}

function refuseForeign(plan: RedactionPlan, analysis: FootageAnalysis): void {
  const objects = plan.keep.flatMap((rule) => ('object' in rule ? [rule] : []));
  const refers = plan.emptyScene !== undefined || objects.length > 0;
  const other =
    (plan.analysis !== undefined && plan.analysis !== analysisDigest(analysis)) ||
    (refers && plan.analysis === undefined) ||
    (plan.emptyScene !== undefined && plan.emptyScene.digest !== emptySceneDigest(analysis)) ||
    objects.some((rule) => {
      const object = analysis.objects.find(({ number }) => number === rule.object);
      return object === undefined || pictureDigest(object) !== rule.picture;
    });
  if (!other) return;
  throw new FootageError(
    'PLAN_OF_ANOTHER_ANALYSIS',
    'The plan was made with another analysis than this recording’s: its objects and pictures are not these. Name the same other recordings of the camera as then, if there were any, or analyse the recording and plan again.',
  );
}

function refuseOutside(plan: RedactionPlan, analysis: FootageAnalysis): void {
  const boxes = [
    ...plan.cover.flatMap((rule) => rule.keyframes.map((key) => key.box)),
    ...plan.keep.flatMap((rule) => ('keyframes' in rule ? rule.keyframes.map((k) => k.box) : [])),
    ...plan.keep.flatMap(({ details }) =>
      details !== undefined && 'covered' in details ? details.covered : [],
    ),
  ];
  const { widthPx, heightPx } = analysis;
  for (const [x, y, width, height] of boxes) {
    if (x + width <= widthPx && y + height <= heightPx) continue;
    throw new FootageError(
      'PLAN_OUTSIDE_FRAME',
      `A box of the plan reaches out of the picture, which is ${widthPx} × ${heightPx} pixels. Draw it inside.`,
    );
  }
}
