import type { RedactedCopy } from '../footage/recording.ts';
import { PackError } from './errors.ts';

/**
 * Refuses a copy that nobody answers for. Its proof must have passed, and where motion decided what
 * is covered, a person must have approved the empty scene that motion was told by.
 *
 * @throws {PackError} `COPY_NOT_APPROVED`.
 */
export function refuseUnapproved({ proof, sha256, sizeBytes, receiptFacts }: RedactedCopy): void {
  const output = proof.output;
  const proved =
    proof.result === 'passed' && output?.sha256 === sha256 && output.sizeBytes === sizeBytes;
  const fits = receiptFacts.sha256 === sha256 && receiptFacts.checks.every((check) => check.passed);
  const approved = isApproved(proof);
  if (proved && fits && approved) return;
  throw new PackError(
    'COPY_NOT_APPROVED',
    approved
      ? 'A redacted copy has no proof that fits it, so it cannot be sealed. Redact the recording again.'
      : 'Nobody has approved the empty scene of a redacted copy, so it cannot be sealed. Look at the empty scene, approve it in the plan, and redact again.',
  );
}

/** Whether a person answers for what a copy shows: motion decided nothing, or its scene was approved. */
export function isApproved(proof: RedactedCopy['proof']): boolean {
  return proof.mode !== 'moving' || ('emptyScene' in proof && proof.emptyScene === 'approved');
}
