import type { JsonValue } from '../kernel/canonical-json.ts';
import { newId, type RandomBytes } from '../kernel/ids.ts';
import type { Clock } from '../kernel/time.ts';
import type { OutputNamer } from '../kernel/vault.ts';
import { JobError } from './errors.ts';
import { createHeldRun, type HeldRunOptions } from './held-run.ts';
import { JOB_STATES, type Job, type JobState } from './job.ts';
import type { JobHandlers } from './job-handler.ts';
import type { JobStore } from './ports.ts';

/** Long work that survives a crash: persisted, leased, resumable, cancellable. */
export interface Jobs {
  /**
   * Asks for work. Equal inputs mean equal output: when the same work is queued, running or done
   * already, that job is returned. Whatever changes the output (versions of tools, a plan, digests
   * of sources) therefore belongs in the input.
   *
   * @throws {JobError} `JOB_KIND_UNKNOWN`.
   */
  submit(kind: string, input: JsonValue): Promise<Job>;
  /**
   * Does a job now and returns it as it then stands: done, failed, cancelled, or queued again when
   * `signal` interrupted it. A done job is returned as it is.
   *
   * @throws {JobError} `JOB_UNKNOWN`, `JOB_HELD` (another process does it) or `JOB_OVER` (it failed
   *   or was cancelled: submit it again).
   */
  run(id: string, options?: RunOptions): Promise<Job>;
  /** Does the job that waits longest; null when none waits. */
  runNext(options?: RunOptions): Promise<Job | null>;
  /** Stops a job for good; false when it was over already. Its handler is told to stop. */
  cancel(id: string): Promise<boolean>;
  /** Throws {JobError} `JOB_UNKNOWN`. */
  find(id: string): Promise<Job>;
  /** The newest first. */
  list(query?: { states?: readonly JobState[]; limit?: number }): Promise<Job[]>;
}

/** How to watch and interrupt a run. */
export type RunOptions = HeldRunOptions;

/** A lease is renewed four times before it ends. */
const LEASE_MS = 60_000;
/** A job that ended its process so often is not tried again. */
const ATTEMPT_LIMIT = 3;
const LIST_LIMIT = 100;

const PARKED = {
  code: 'JOB_PARKED',
  message: `The work was broken off ${ATTEMPT_LIMIT} times and was given up. Look into the log, then submit it again.`,
};

/**
 * Creates the job engine.
 *
 * @param deps.every - calls back periodically until the returned function is called.
 * @param deps.onFailure - told why a job failed, for the log; the job keeps only the safe message.
 */
export function createJobs(deps: {
  store: JobStore;
  clock: Clock;
  namer: OutputNamer;
  random: RandomBytes;
  handlers: JobHandlers;
  leaseMs?: number;
  every?: (intervalMs: number, call: () => void) => () => void;
  onFailure?: (job: { id: string; kind: string }, cause: unknown) => void;
}): Jobs {
  const { store, clock, namer, random, handlers, leaseMs = LEASE_MS } = deps;
  const held = createHeldRun({ ...deps, leaseMs });
  const kinds = [...handlers.keys()];
  const nowMs = () => clock.now().getTime();

  async function find(id: string): Promise<Job> {
    const job = await store.find(id);
    if (job !== null) return job;
    throw new JobError('JOB_UNKNOWN', 'There is no such job. Look it up in the list again.');
  }

  async function claim(id?: string) {
    const now = nowMs();
    await store.park({
      nowMs: now,
      attemptLimit: ATTEMPT_LIMIT,
      failure: PARKED,
    });
    return await store.claim({
      ...(id === undefined ? {} : { id }),
      kinds,
      nowMs: now,
      leaseUntilMs: now + leaseMs,
      attemptLimit: ATTEMPT_LIMIT,
    });
  }

  return {
    find,
    async submit(kind, input) {
      if (!handlers.has(kind)) throw unknownKind();
      const name = namer.nameFor({ job: kind, input });
      return await find(
        await store.add({
          id: newId(random),
          kind,
          input,
          name,
          nowMs: nowMs(),
        }),
      );
    },
    async run(id, options = {}) {
      const hold = await claim(id);
      if (hold !== null) {
        await held.run(await find(id), hold, options);
        return await find(id);
      }
      const job = await find(id);
      if (job.state === 'done') return job;
      throw refusalOf(job, handlers);
    },
    async runNext(options = {}) {
      const hold = await claim();
      if (hold === null) return null;
      await held.run(await find(hold.id), hold, options);
      return await find(hold.id);
    },
    async cancel(id) {
      await find(id);
      const cancelled = await store.cancel(id, nowMs());
      if (cancelled) held.stop(id);
      return cancelled;
    },
    list: ({ states = JOB_STATES, limit = LIST_LIMIT } = {}) => store.list({ states, limit }),
  };
}

function refusalOf({ state, kind }: Job, handlers: JobHandlers): JobError {
  if (state === 'failed' || state === 'cancelled') {
    return new JobError('JOB_OVER', 'The job failed or was cancelled. Submit it again.');
  }
  if (!handlers.has(kind)) return unknownKind();
  return new JobError(
    'JOB_HELD',
    'The job is being done already, here or by another process. Wait for it, or cancel it.',
  );
}

function unknownKind(): JobError {
  return new JobError(
    'JOB_KIND_UNKNOWN',
    'This program cannot do work of that kind. Update Dalil.',
  );
}
