import { CodedError } from '../kernel/errors.ts';

/** Why what happened to a sent pack cannot be recorded or found. */
export type ResponseErrorCode =
  | 'PACK_UNSEALED'
  | 'SUBMISSION_UNKNOWN'
  | 'SUBMISSION_UNCLEAR'
  | 'DAY_IMPOSSIBLE'
  | 'REPLY_UNKNOWN'
  | 'REPLY_EMPTY'
  | 'REPLY_UNLISTED'
  | 'REPLY_UNCERTAIN'
  | 'REPLY_TOO_LATE';

/** An error of this folder; `message` names no person. */
export class ResponseError extends CodedError<ResponseErrorCode> {}
