import type { JsonValue } from '../kernel/canonical-json.ts';

/** Where a job can be in its life. The last three are final. */
export const JOB_STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;

/** One of {@link JOB_STATES}. */
export type JobState = (typeof JOB_STATES)[number];

/** How far a job has come. `total` is 0 while it is not known. */
export interface JobProgress {
  readonly done: number;
  readonly total: number;
  /** What is counted: `frames`, `pages`, `bytes` … */
  readonly unit: string;
}

/** Why a job failed, in words that may be shown. */
export interface JobFailure {
  readonly code: string;
  readonly message: string;
}

/** Durable long work. */
export interface Job {
  readonly id: string;
  readonly kind: string;
  readonly input: JsonValue;
  /** What the handler returned; null until the job is done. */
  readonly output: JsonValue;
  readonly state: JobState;
  readonly progress: JobProgress;
  /** How often it was started, not counting orderly interruptions. */
  readonly attempts: number;
  readonly failure: JobFailure | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}
