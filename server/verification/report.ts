import type { Sha256 } from '../kernel/digest.ts';

/** What is checked, in the order of the chain: from the archive's form to what it holds. */
export const STEPS = {
  archive: 'The archive has the one form a pack may have',
  origin: 'The seal is by the key, or has the statement, that you brought',
  signature: 'The signature fits the statement',
  seal: 'The files of the seal are the signed ones',
  statement: 'The statement names this pack and its lists',
  tags: 'The bag’s own files are the listed ones',
  payload: 'The evidence files are the listed ones',
  closed: 'Nothing is there that is not listed',
  bag: 'The bag says of itself what is true',
  description: 'The description fits the files',
  commitments: 'The commitments have the root that was signed',
  openings: 'Every exhibit opens its commitment',
  receipts: 'Every redacted copy has a receipt that fits it',
  custody: 'The custody log holds the events of this pack',
  timestamp: 'A time stamp says when it was sealed',
} as const;

/** One of {@link STEPS}. */
export type StepId = keyof typeof STEPS;

/** The outcome of a step. */
export type StepResult = 'PASS' | 'FAIL' | 'NOT CHECKED';

/** The state of a file. */
export type FileStatus = 'OK' | 'MISSING' | 'CHANGED' | 'EXTRA' | 'UNREADABLE';

/** Something that is not as it must be. */
export interface Finding {
  readonly step: StepId;
  /** The file that it is about, inside the pack; null for the pack as a whole. */
  readonly path: string | null;
  readonly message: string;
}

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
