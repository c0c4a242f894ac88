import type { JsonValue } from '../kernel/canonical-json.ts';
import type { Job, JobFailure, JobProgress, JobState } from './job.ts';

/**
 * A claim on a running job. The fence grows with every claim, so that a holder who slept through
 * the end of the lease cannot write over the work of the next one.
 */
export interface JobHold {
  readonly id: string;
  readonly fence: number;
}

/** How a holder ends a job. `released` puts it back in the queue, as if it had not been started. */
export type JobEnd =
  | { readonly state: 'done'; readonly output: JsonValue }
  | { readonly state: 'failed'; readonly failure: JobFailure }
  | { readonly state: 'released' };

/** A job that may be claimed: queued, or running under a lease that ended. */
export interface JobClaim {
  /** This job only; otherwise the one that waits longest. */
  readonly id?: string;
  /** Kinds that the claimer can do. */
  readonly kinds: readonly string[];
  readonly nowMs: number;
  readonly leaseUntilMs: number;
  /** A job that was started so often and never ended is not claimable. */
  readonly attemptLimit: number;
}

/** Where jobs lie. Each method is atomic and durable, for any number of processes. */
export interface JobStore {
  /**
   * Adds a queued job, unless one of the same name is queued, running or done.
   *
   * @returns the id of the job that now stands for this name.
   */
  add(job: {
    id: string;
    kind: string;
    input: JsonValue;
    name: string;
    nowMs: number;
  }): Promise<string>;
  find(id: string): Promise<Job | null>;
  /** The newest first. */
  list(query: { states: readonly JobState[]; limit: number }): Promise<Job[]>;
  /**
   * Takes a job: it runs under a new fence, with one attempt more. Null when there is none. A lease
   * whose holder is known to be dead counts as ended.
   */
  claim(claim: JobClaim): Promise<JobHold | null>;
  /** Fails what was started `attemptLimit` times and whose lease ended. Returns how many. */
  park(options: { nowMs: number; attemptLimit: number; failure: JobFailure }): Promise<number>;
  /** Keeps a hold. False when it was lost; so with the next two. */
  renew(hold: JobHold, leaseUntilMs: number): Promise<boolean>;
  saveProgress(hold: JobHold, progress: JobProgress, nowMs: number): Promise<boolean>;
  end(hold: JobHold, end: JobEnd, nowMs: number): Promise<boolean>;
  /** Ends a queued or running job for good; its holder loses it. False when it was over already. */
  cancel(id: string, nowMs: number): Promise<boolean>;
}
