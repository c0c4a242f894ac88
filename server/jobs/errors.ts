import { CodedError } from '../kernel/errors.ts';

/** Why a job could not be submitted, run or found. */
export type JobErrorCode =
  | 'JOB_UNKNOWN'
  | 'JOB_KIND_UNKNOWN'
  | 'JOB_HELD'
  | 'JOB_OVER'
  | 'JOB_PARKED'
  | 'JOB_FAILED';

/** Work that cannot be started, or that ended in a way that has no better name. */
export class JobError extends CodedError<JobErrorCode> {}
