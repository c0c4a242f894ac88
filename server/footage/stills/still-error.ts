import { CodedError } from '../../kernel/errors.ts';

/** What can go wrong with a still picture, its plan, its covered copy and the proof of it. */
export type StillErrorCode =
  | 'STILL_EMPTY'
  | 'STILL_UNREADABLE'
  | 'STILL_KIND_REFUSED'
  | 'STILL_ANIMATED'
  | 'STILL_SEVERAL'
  | 'STILL_TOO_LARGE'
  | 'STILL_PLAN_MISSING'
  | 'STILL_PLAN_INVALID'
  | 'STILL_PLAN_OUTSIDE_FRAME'
  | 'STILL_NOT_REVIEWED'
  | 'STILL_TIME_INVALID'
  | 'STILL_TIME_OUTSIDE'
  | 'STILL_PROOF_FAILED'
  | 'STILL_TOOL_MISSING';

/** An error about a still; `message` holds no file name and nothing seen in the picture. */
export class StillError extends CodedError<StillErrorCode> {}

/** The error of a picture that moves. */
export function severalFrames(): StillError {
  return new StillError(
    'STILL_ANIMATED',
    'The picture has several frames, and only the first would be covered. Save the frame that is needed as a picture of its own.',
  );
}
