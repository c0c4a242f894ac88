import { z } from 'zod';

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);

/** What is checked of every copy, in the order of the record. */
export const PROOF_CHECKS = [
  'frames-equal-index',
  'original-as-analysed',
  'covered-tiles-constant',
  'shown-area-similar',
  'frames-as-proved',
  'one-video-stream',
  'nothing-foreign',
  'intervals-equal',
] as const;

/** The name of a check. */
export type ProofCheckName = (typeof PROOF_CHECKS)[number];

/**
 * The proof record, version 1: what was covered, by which plan and tools, and whether the delivered
 * file, decoded again, shows it. It describes the original's length and is kept, not published: a
 * pack gets the receipt.
 */
export const proofRecordSchema = z.strictObject({
  version: z.literal(1),
  kind: z.literal('dalil-redaction-proof'),
  result: z.enum(['passed', 'failed']),
  mode: z.enum(['moving', 'all', 'marked']),
  emptyScene: z.enum(['approved', 'not approved']),
  analysis: digest,
  plan: digest,
  tools: z.record(z.string(), z.string()),
  rendering: z.strictObject({
    version: z.int(),
    preset: z.string(),
    crf: z.int(),
    maxQuantiser: z.int(),
    threads: z.int(),
  }),
  range: z.tuple([count, count]),
  frameTimes: z.strictObject({
    source: z.enum(['container', 'generated']),
    repaired: count,
  }),
  /** Damaged pictures of the whole original, which the copy has no frame of. */
  undecodedFrames: count,
  checks: z
    .array(
      z.strictObject({
        name: z.enum(PROOF_CHECKS),
        passed: z.boolean(),
        /** How many frames, tiles or items were looked at. */
        looked: count,
        /** How many of them were faulty. */
        faults: count,
        /** What was measured or found, for people. */
        note: z.string(),
      }),
    )
    .length(PROOF_CHECKS.length),
  coverage: z.strictObject({
    meanShare: z.number().min(0).max(1),
    framesWhollyCovered: count,
    framesWithNothingCovered: count,
  }),
  operations: z.strictObject({
    coverRules: count,
    keptObjects: count,
    releasedFrames: count,
    reviewedFrames: count,
  }),
  output: z
    .strictObject({
      sha256: digest,
      sizeBytes: count,
      frames: count,
      widthPx: count,
      heightPx: count,
    })
    .nullable()
    .describe('null when the proof failed: no such file exists'),
});

/** A proof record. */
export type ProofRecord = z.infer<typeof proofRecordSchema>;
/** One check in it. */
export type ProofCheck = ProofRecord['checks'][number];
