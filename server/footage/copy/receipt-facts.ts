import type { CheckedPlan } from '../plan/read-plan.ts';
import type { StillProof } from '../stills/still-proof.ts';
import type { ProofRecord } from './proof-record.ts';
import type { ReceiptFacts } from './redaction-receipt.ts';

/** What a receipt tells of a copy that passed its proof and was covered by the plan of a clip. */
export function receiptFactsOf(
  proof: ProofRecord | StillProof,
  { plan, emptySceneApproved }: CheckedPlan,
): ReceiptFacts {
  const roles = [
    plan.emptyScene?.approvedBy,
    ...plan.keep.flatMap((rule) => [
      rule.approvedBy,
      rule.details !== undefined && 'shown' in rule.details ? rule.details.approvedBy : undefined,
    ]),
  ].filter((role) => role !== undefined);
  return {
    sha256: proof.output!.sha256,
    sizeBytes: proof.output!.sizeBytes,
    mode: proof.mode,
    emptyScene: emptySceneApproved ? 'approved' : 'not approved',
    tools: proof.tools,
    operations: { covered: plan.cover.length, kept: plan.keep.length },
    checks: proof.checks.map(({ name, passed }) => ({ name, passed })),
    reviewers: [...new Set(roles)].sort(),
  };
}
