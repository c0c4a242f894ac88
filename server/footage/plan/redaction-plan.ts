import { z } from 'zod';

const count = z.int().min(0);
const side = z.int().min(1);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const role = z.string().min(1).max(64);
const id = z.string().regex(/^[A-Za-z0-9-]{1,32}$/);

/** A box [x, y, width, height] in whole pixels of the displayed frame. */
const box = z.tuple([count, count, side, side]);
/** Frames [from, to). */
const span = z
  .tuple([count, count])
  .refine(([from, to]) => to > from, 'the end lies before the start');
const keyframes = z
  .array(z.strictObject({ frame: count, box }))
  .min(1)
  .refine((keys) => keys.every((key, at) => at === 0 || key.frame > keys[at - 1]!.frame), {
    message: 'keyframes must follow each other in time',
  });
const between = { from: count, to: count };

/**
 * What of a kept vehicle stays covered: its windows and its number plate. Without it, the upper
 * 45 % and the lower 25 % of the vehicle's box. Explicit boxes replace that; showing everything is
 * a decision of its own, with the role of who took it.
 */
const details = z.union([
  z.strictObject({ covered: z.array(box).min(1) }),
  z.strictObject({ shown: z.literal(true), approvedBy: role }),
]);
const kept = {
  id,
  approvedBy: role,
  /** Frames in which a person looked at the moving vehicle and released it. */
  releasedFrames: z.array(span).default([]),
  details: details.optional(),
};

/**
 * A redaction plan, version 1: what to cover, what to show, and who decided it. Frames are numbers
 * of the frame index; the range is half-open; boxes are pixels of the displayed frame.
 */
export const redactionPlanSchema = z.strictObject({
  version: z.literal(1),
  /** `moving`: everything that is not in the empty scene; `all`: everything; `marked`: `cover` only. */
  mode: z.enum(['moving', 'all', 'marked']),
  /** Frames of the copy; the whole clip when absent. */
  range: span.optional(),
  /** Digest of the analysis the plan was made with; needed by `emptyScene` and `keep`. */
  analysis: digest.optional(),
  emptyScene: z.strictObject({ digest, approvedBy: role.optional() }).optional(),
  cover: z
    .array(z.strictObject({ id, keyframes, ...between }).refine((r) => r.to > r.from, 'no frames'))
    .default([]),
  keep: z
    .array(
      z.union([
        z.strictObject({ ...kept, object: z.int().min(1), picture: digest }),
        z
          .strictObject({ ...kept, keyframes, ...between })
          .refine((r) => r.to > r.from, 'no frames'),
      ]),
    )
    .default([]),
  /** Deviation from the empty scene that counts, in levels. */
  threshold: z.int().min(4).max(64).default(14),
  /** Pixels around what differs. */
  marginPx: z.int().min(0).max(256).default(16),
  /** Frames before and after in which it is covered as well. */
  holdFrames: z
    .strictObject({ before: z.int().min(0).max(250), after: z.int().min(0).max(250) })
    .default({ before: 5, after: 5 }),
  /** Frames that a person has looked at; `marked` needs all of the range. */
  reviewedFrames: z.array(span).default([]),
});

/** A plan with all defaults filled in. */
export type RedactionPlan = z.output<typeof redactionPlanSchema>;
/** A plan as it is written. */
export type RedactionPlanInput = z.input<typeof redactionPlanSchema>;
/** One thing to cover. */
export type CoverRule = RedactionPlan['cover'][number];
/** One vehicle to show. */
export type KeepRule = RedactionPlan['keep'][number];
/** A box at one frame. */
export type Keyframe = CoverRule['keyframes'][number];
