import { canonicalJson, type JsonValue } from '../../kernel/canonical-json.ts';
import { sha256 } from '../../kernel/digest.ts';
import type { ReceiptFacts } from '../copy/redaction-receipt.ts';
import { proveStill } from './prove-still.ts';
import { stillCover } from './still-cover.ts';
import { acceptStill, type StillFormat } from './still-format.ts';
import type { StillPictures } from './still-pictures.ts';
import { readStillPlan, type StillPlan } from './still-plan.ts';
import type { StillProof } from './still-proof.ts';

/** A covered copy that passed its proof. */
export interface RedactedStill {
  readonly bytes: Uint8Array;
  /** The kind of the copy: the original's own, or the one that was asked for. */
  readonly format: StillFormat;
  readonly proof: StillProof;
  readonly receiptFacts: ReceiptFacts;
}

/** Makes the use case. */
export function createRedactStill(deps: { pictures: StillPictures }) {
  const { pictures } = deps;
  /**
   * Covers a still by its plan with opaque black, encodes it anew with nothing but pixels, decodes
   * the copy again and proves it. Boxes are pixels of the upright picture. The given bytes are not
   * changed.
   *
   * @param still - `plan` is anything: it is checked by {@link readStillPlan}. `as` is the kind of the
   *   copy; without it the original's, and JPEG for what a phone wrote as HEIC or AVIF.
   * @throws {StillError} of every code. `STILL_PROOF_FAILED` carries the proof record as `cause`.
   */
  return async function redactStill(still: {
    bytes: Uint8Array;
    plan: unknown;
    as?: StillFormat;
  }): Promise<RedactedStill> {
    const { bytes } = still;
    const kind = acceptStill(bytes);
    const format = still.as ?? (kind === 'heif' ? 'jpeg' : kind);
    const pixels = await pictures.decode(bytes);
    const plan = readStillPlan(still.plan, pixels);
    const cover = stillCover(plan, pixels);
    const made = await proveStill({
      pictures,
      pixels,
      cover,
      format,
      record: {
        mode: plan.mode,
        plan: sha256(canonicalJson(plan as unknown as JsonValue)),
        tools: { ...(await pictures.toolsFor(kind)) },
        operations: { coverRules: plan.cover.length, keptBoxes: plan.keep.length },
      },
    });
    return { ...made, receiptFacts: receiptFactsOf(made.proof, plan) };
  };
}

/** What {@link createRedactStill} makes. */
export type RedactStill = ReturnType<typeof createRedactStill>;

/** No empty scene plays a part in a still: a person looked at all of it, or all of it is covered. */
function receiptFactsOf(proof: StillProof, plan: StillPlan): ReceiptFacts {
  const roles = plan.keep.flatMap((rule) => [
    rule.approvedBy,
    ...(rule.details !== undefined && 'shown' in rule.details ? [rule.details.approvedBy] : []),
  ]);
  return {
    sha256: proof.output!.sha256,
    sizeBytes: proof.output!.sizeBytes,
    mode: proof.mode,
    emptyScene: 'not approved',
    tools: proof.tools,
    operations: { covered: plan.cover.length, kept: plan.keep.length },
    checks: proof.checks.map(({ name, passed }) => ({ name, passed })),
    reviewers: [...new Set(roles)].sort(),
  };
}
