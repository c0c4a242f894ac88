import { CodedError } from '../kernel/errors.ts';

/** What can go wrong with cases, their import, their texts and their figures. */
export type CasesErrorCode =
  | 'CODE_LISTS_INVALID'
  | 'CODE_LISTS_CHANGED'
  | 'CODE_UNKNOWN'
  | 'HIERARCHY_INVALID'
  | 'TABLE_UNREADABLE'
  | 'MAPPING_INVALID'
  | 'REGISTRY_CODE_TAKEN'
  | 'CONSENT_REQUEST_INVALID'
  | 'CASE_UNKNOWN'
  | 'CASE_INVALID'
  | 'CASE_CHANGED'
  | 'SEARCH_INVALID'
  | 'IMPORT_UNKNOWN'
  | 'IMPORT_OVER'
  | 'IMPORT_TOUCHED'
  | 'TOO_FEW_CASES'
  | 'DECISION_UNFOUNDED'
  | 'NARRATIVE_UNDECIDED'
  | 'NARRATIVE_CHANGED'
  | 'NARRATIVE_UNAPPROVED'
  | 'REVIEW_OUTDATED'
  | 'APPROVER_DECIDED'
  | 'ATTRIBUTES_NOT_ALLOWED'
  | 'DISCLOSURE_RISK'
  | 'FIGURES_UNTRACED'
  | 'LEDGER_MOVED'
  | 'LEDGER_INCOMPLETE';

/** An error of this folder; `message` never holds case data. */
export class CasesError extends CodedError<CasesErrorCode> {}
