import { CodedError } from '../kernel/errors.ts';

/** Why the custody log could not be written or read. */
export type CustodyErrorCode =
  | 'EVENT_UNKNOWN'
  | 'EVENT_INVALID'
  | 'SIZE_UNKNOWN'
  | 'LOG_DAMAGED'
  | 'LOG_BUSY'
  | 'NAME_INVALID'
  | 'PROOF_UNREADABLE';

/** A custody log that cannot be appended to, or that was asked for what it does not hold. */
export class CustodyError extends CodedError<CustodyErrorCode> {}
