import type { Sha256 } from '../../kernel/digest.ts';
import type { CaseReview } from './case-review.ts';
import type { Reviewer } from './review.ts';

/** That somebody read texts as they would leave, and let them. */
export interface Approval {
  readonly textsSha256: Sha256;
  readonly by: Reviewer;
  /** UTC to the second. */
  readonly at: string;
}

/** Keeps reviews and approvals, sealed: they quote narratives. */
export interface ReviewStore {
  /** The review of a case, with the number of times it was saved; null when none was. */
  review(caseId: string): Promise<{ version: number; review: CaseReview } | null>;
  /** Saves it as version `after` + 1; false when it has another version by now. */
  saveReview(caseId: string, after: number, review: CaseReview): Promise<boolean>;
  approvals(caseId: string): Promise<readonly Approval[]>;
  addApproval(caseId: string, approval: Approval): Promise<void>;
}
