import type { Sha256 } from '../kernel/digest.ts';
import type { Finding, StepId } from './findings.ts';

/** The outcome of a step. */
export type StepResult = 'PASS' | 'FAIL' | 'NOT CHECKED';

/** The state of a file. */
export type FileStatus = 'OK' | 'MISSING' | 'CHANGED' | 'EXTRA' | 'UNREADABLE';

/**
 * valid: everything fits, and what the auditor brought confirms the origin. consistent: everything
 * fits, but the key came from the pack itself. invalid: something does not fit.
 */
export type Verdict = 'valid' | 'consistent' | 'invalid';

/** The judgement of a pack. */
export interface Report {
  readonly verdict: Verdict;
  /** What the statement says; null where it cannot be read. */
  readonly pack: string | null;
  readonly sealedAt: string | null;
  readonly supersedes: Sha256 | null;
  readonly statementSha256: Sha256 | null;
  readonly signerSha256: Sha256 | null;
  readonly sample: boolean;
  readonly steps: ReadonlyArray<{
    readonly id: StepId;
    readonly title: string;
    readonly result: StepResult;
  }>;
  readonly files: ReadonlyArray<{ readonly path: string; readonly status: FileStatus }>;
  readonly findings: readonly Finding[];
  /** What no check can show, in sentences. */
  readonly notProved: readonly string[];
}
