import { CodedError } from '../kernel/errors.ts';

/** What was given cannot be judged: it is no archive, or none of what it was brought as. */
export class VerificationError extends CodedError<
  'NOT_AN_ARCHIVE' | 'PACK_UNREADABLE' | 'OPENING_UNREADABLE' | 'STATEMENT_UNREADABLE'
> {}
