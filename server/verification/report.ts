import type { Sha256 } from '../kernel/digest.ts';
import type { CommittedItem } from '../packs/manifest/commitments.ts';
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

/** An opening that was given to the auditor beside the pack. */
export interface JudgedOpening {
  readonly leaf: Sha256;
  readonly class: CommittedItem['class'];
  /** What it says of the item: compare it with the item itself. */
  readonly sha256: Sha256;
  readonly bytes: number;
  /** Whether the pack committed to it; not checked when the commitments are not the signed ones. */
  readonly result: 'COMMITTED' | 'NOT COMMITTED' | 'NOT CHECKED';
  /** Copies in the pack that were made from it, as their receipts say. */
  readonly copies: readonly string[];
}

/** A pack that was replaced by the one after it. */
export interface ChainLink {
  readonly statementSha256: Sha256;
  readonly pack: string;
  readonly sealedAt: string;
  readonly signerSha256: Sha256;
  readonly supersedes: Sha256 | null;
  /** Null where only its statement is at hand. */
  readonly verdict: Verdict | null;
  /** Whether it was sealed before the one that replaces it, by what both say. */
  readonly inOrder: boolean;
}

/** What a pack replaces, as far as earlier packs are at hand. */
export interface SupersededChain {
  /** The nearest first. */
  readonly links: readonly ChainLink[];
  /** The statement at which it breaks off, for it was not brought; null where the first pack is reached. */
  readonly missing: Sha256 | null;
  /** Statements that were brought and that the pack does not replace. */
  readonly foreign: readonly Sha256[];
}

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
  /** Whose the key is, as its certificate says, and who says so; null where there is none. */
  readonly certificate: { readonly subject: string; readonly issuer: string } | null;
  /** Time stamps in the pack, by path, and beside it, by the names that they were brought under. */
  readonly timestamps: ReadonlyArray<{
    readonly path: string;
    /** The moment that it names, UTC in ISO 8601; null for what came beside the pack and is none. */
    readonly at: string | null;
    /** Came beside the pack: nothing in the seal vouches for it, so it says nothing against the pack. */
    readonly beside: boolean;
    readonly result: StepResult;
  }>;
  readonly findings: readonly Finding[];
  /** What was said of openings that came beside the pack; empty when none did. */
  readonly openings: readonly JudgedOpening[];
  /** What no check can show, in sentences. */
  readonly notProved: readonly string[];
}
