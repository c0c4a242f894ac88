import { CodedError } from '../kernel/errors.ts';

/** What can go wrong with recordings, their analysis, their redaction and its proof. */
export type FootageErrorCode =
  | 'SOURCE_EMPTY'
  | 'SOURCE_UNREADABLE'
  | 'SOURCE_IS_PLAYLIST'
  | 'SOURCE_ENCRYPTED'
  | 'NO_VIDEO'
  | 'SEVERAL_VIDEOS'
  | 'CODEC_UNSUPPORTED'
  | 'FRAME_TOO_LARGE'
  | 'CLIP_TOO_LONG'
  | 'ROTATION_UNSUPPORTED'
  | 'DECODE_ENDED_EARLY'
  | 'DECODE_FAILED'
  | 'TOOL_MISSING'
  | 'TOOL_TIMED_OUT'
  | 'OTHER_CAMERA'
  | 'ANALYSIS_UNREADABLE'
  | 'ANALYSIS_MISMATCH'
  | 'PLAN_INVALID'
  | 'PLAN_OUTSIDE_FRAME'
  | 'PLAN_OF_ANOTHER_ANALYSIS'
  | 'PLAN_NOT_REVIEWED'
  | 'DISK_TOO_SMALL'
  | 'RENDER_FAILED'
  | 'PROOF_FAILED'
  | 'RECORDING_UNKNOWN'
  | 'COPY_UNKNOWN'
  | 'NOT_ANALYSED';

/** An error of this folder; `message` holds no path, no file name and nothing seen in a picture. */
export class FootageError extends CodedError<FootageErrorCode> {}
