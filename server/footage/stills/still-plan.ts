import { holds } from '../frame-span.ts';
import { type RedactionPlan, redactionPlanSchema } from '../plan/redaction-plan.ts';
import { StillError } from './still-error.ts';

/** A redaction plan that can be used with a still: its frame 0. */
export type StillPlan = RedactionPlan & { readonly mode: 'marked' | 'all' };

/**
 * Reads a plan for a still. It is the plan of clips with one frame, 0: `marked` covers the boxes of
 * `cover` and needs `reviewedFrames` to hold frame 0; `all` covers everything but the boxes of
 * `keep`, each released, and each with its `details` decided. What refers to an analysis has no
 * meaning here and is refused, and so is having no plan: what a still shows is a person's decision.
 *
 * @param size - of the upright picture, in pixels.
 * @throws {StillError} `STILL_PLAN_MISSING`, `STILL_PLAN_INVALID`, `STILL_PLAN_OUTSIDE_FRAME` or
 *   `STILL_NOT_REVIEWED`.
 */
export function readStillPlan(
  input: unknown,
  size: { readonly widthPx: number; readonly heightPx: number },
): StillPlan {
  if (input === undefined || input === null) {
    throw new StillError(
      'STILL_PLAN_MISSING',
      'A still needs a plan, for nothing moves in it that could be covered by itself. Mark what to cover, look at the picture and name frame 0 as reviewed.',
    );
  }
  const parsed = redactionPlanSchema.safeParse(input);
  if (!parsed.success) {
    const places = parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole');
    throw invalid(`these parts of it are faulty: ${[...new Set(places)].join(', ')}`);
  }
  const plan = parsed.data;
  if (plan.mode === 'moving') {
    throw invalid('in a still nothing moves, so its mode must be "marked" or "all"');
  }
  const foreign = plan.analysis !== undefined || plan.emptyScene !== undefined;
  if (foreign || plan.keep.some((rule) => 'object' in rule)) {
    throw invalid('it refers to the analysis of a clip, which a still has none of');
  }
  if (plan.range !== undefined && !holds([plan.range], 0)) {
    throw invalid('its range leaves out frame 0, the only one there is');
  }
  if (plan.cover.some(({ from }) => from > 0)) {
    throw invalid('one of its boxes to cover begins after frame 0, the only one there is');
  }
  if (plan.mode === 'marked' && plan.keep.length > 0) {
    throw invalid('in the mode "marked" nothing can be kept, only covered');
  }
  if (plan.keep.some((rule) => rule.details === undefined)) {
    throw invalid(
      'each box to keep needs "details": what of it stays covered, or that all of it is shown',
    );
  }
  refuseOutside(plan, size);
  if (plan.mode === 'marked' && !holds(plan.reviewedFrames, 0)) {
    throw new StillError(
      'STILL_NOT_REVIEWED',
      'A plan that covers only what was marked needs the picture reviewed. Look at it, then name frame 0 as reviewed.',
    );
  }
  return plan as StillPlan;
}

function refuseOutside(plan: RedactionPlan, size: { widthPx: number; heightPx: number }): void {
  const rules = [...plan.cover, ...plan.keep.filter((rule) => 'keyframes' in rule)];
  const details = plan.keep.flatMap(({ details: given }) =>
    given !== undefined && 'covered' in given ? given.covered : [],
  );
  const boxes = [...rules.flatMap((rule) => rule.keyframes.map((key) => key.box)), ...details];
  for (const [x, y, width, height] of boxes) {
    if (x + width <= size.widthPx && y + height <= size.heightPx) continue;
    throw new StillError(
      'STILL_PLAN_OUTSIDE_FRAME',
      `A box of the plan reaches out of the picture, which is ${size.widthPx} × ${size.heightPx} pixels when upright. Draw it inside.`,
    );
  }
}

function invalid(why: string): StillError {
  return new StillError('STILL_PLAN_INVALID', `The plan cannot be used: ${why}.`);
}
