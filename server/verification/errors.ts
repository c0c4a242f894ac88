import { CodedError } from '../kernel/errors.ts';

/** The bytes are no archive at all, so that there is nothing to judge. */
export class VerificationError extends CodedError<'NOT_AN_ARCHIVE' | 'PACK_UNREADABLE'> {}
