import { z } from 'zod';
import { PROOF_CHECKS } from './proof-record.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * The receipt of a redacted copy, version 1, as a pack shows it. Never regions, digests of tile maps
 * or of the original, coordinates, times of day, or the original's size or duration.
 */
export const redactionReceiptSchema = z.strictObject({
  version: z.literal(1),
  kind: z.literal('dalil-redaction-receipt'),
  output: z.strictObject({
    path: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/),
    sha256: digest,
    sizeBytes: z.int().min(1),
  }),
  /** Salted commitment of the original; opened to a court, if ever. */
  inputCommitment: digest,
  tools: z.record(z.string(), z.string()),
  operations: z.strictObject({
    mode: z.enum(['moving', 'all', 'marked']),
    covered: z.int().min(0),
    kept: z.int().min(0),
  }),
  emptyScene: z.enum(['approved', 'not approved']),
  checks: z.array(z.strictObject({ name: z.enum(PROOF_CHECKS), passed: z.boolean() })),
  /** Roles, never names, of who approved what is shown. */
  reviewers: z.array(z.string()),
  /** Year and month, UTC. */
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
});

/** A receipt. */
export type RedactionReceipt = z.infer<typeof redactionReceiptSchema>;

/** What redaction knows for the receipt; the rest is known when the pack is sealed. */
export interface ReceiptFacts {
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly mode: RedactionReceipt['operations']['mode'];
  readonly emptyScene: RedactionReceipt['emptyScene'];
  readonly tools: RedactionReceipt['tools'];
  readonly operations: Omit<RedactionReceipt['operations'], 'mode'>;
  readonly checks: RedactionReceipt['checks'];
  readonly reviewers: RedactionReceipt['reviewers'];
}

/** Writes the receipt of a copy, field by field. @throws {ZodError} for values of no such form. */
export function redactionReceipt(options: {
  facts: ReceiptFacts;
  path: string;
  inputCommitment: string;
  month: string;
}): RedactionReceipt {
  const { facts } = options;
  return redactionReceiptSchema.parse({
    version: 1,
    kind: 'dalil-redaction-receipt',
    output: { path: options.path, sha256: facts.sha256, sizeBytes: facts.sizeBytes },
    inputCommitment: options.inputCommitment,
    tools: facts.tools,
    operations: {
      mode: facts.mode,
      covered: facts.operations.covered,
      kept: facts.operations.kept,
    },
    emptyScene: facts.emptyScene,
    checks: facts.checks.map(({ name, passed }) => ({ name, passed })),
    reviewers: facts.reviewers,
    month: options.month,
  });
}
