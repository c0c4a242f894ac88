import { canonicalJson } from '../kernel/canonical-json.ts';
import { CodedError } from '../kernel/errors.ts';
import type { Clock } from '../kernel/time.ts';
import type { Job, JobFailure, JobProgress } from './job.ts';
import type { JobContext, JobHandlers } from './job-handler.ts';
import type { JobEnd, JobHold, JobStore } from './ports.ts';
import { createProgressWriter } from './progress-writer.ts';

/** How to watch and interrupt a run. */
export interface HeldRunOptions {
  readonly onProgress?: (progress: JobProgress) => void;
  /** Interrupts the run in good order: the job goes back to the queue. */
  readonly signal?: AbortSignal;
}

const HEARTBEATS_PER_LEASE = 4;

/** Runs handlers of claimed jobs, and keeps their holds alive meanwhile. */
export function createHeldRun(deps: {
  store: JobStore;
  clock: Clock;
  handlers: JobHandlers;
  leaseMs: number;
  every?: (intervalMs: number, call: () => void) => () => void;
  onFailure?: (job: { id: string; kind: string }, cause: unknown) => void;
}) {
  const { store, clock, handlers, leaseMs, every = everyInterval, onFailure } = deps;
  const stops = new Map<string, Set<AbortController>>();
  const nowMs = () => clock.now().getTime();

  /** Runs the handler; afterwards the store holds the outcome, unless the hold was lost. */
  async function run(job: Job, hold: JobHold, options: HeldRunOptions): Promise<void> {
    const lost = new AbortController();
    const running = stops.get(job.id) ?? new Set();
    stops.set(job.id, running.add(lost));
    const signals = options.signal === undefined ? [lost.signal] : [lost.signal, options.signal];
    const signal = AbortSignal.any(signals);
    const writer = createProgressWriter({ store, hold, nowMs, onLost: () => lost.abort() });
    const stopHeartbeat = every(leaseMs / HEARTBEATS_PER_LEASE, () => {
      store.renew(hold, nowMs() + leaseMs).then(
        (kept) => {
          if (!kept) lost.abort();
        },
        // One missed heartbeat is no loss: the next one comes before the lease ends.
        () => {},
      );
    });
    try {
      const progress = (done: number, total: number, unit: string) => {
        options.onProgress?.({ done, total, unit });
        writer.write({ done, total, unit });
      };
      const end = await outcomeOf(job, { progress, signal });
      await writer.flush();
      await store.end(hold, end, nowMs());
    } finally {
      stopHeartbeat();
      running.delete(lost);
      if (running.size === 0) stops.delete(job.id);
    }
  }

  async function outcomeOf(job: Job, context: JobContext): Promise<JobEnd> {
    try {
      const output = await handlers.get(job.kind)!(job.input, context);
      // Refuses what would be kept as something else: undefined, NaN, dates.
      canonicalJson(output);
      return { state: 'done', output };
    } catch (cause) {
      // Whatever a handler throws after it was told to stop is about stopping.
      if (context.signal.aborted) return { state: 'released' };
      onFailure?.({ id: job.id, kind: job.kind }, cause);
      return { state: 'failed', failure: failureOf(cause) };
    }
  }

  return {
    run,
    /** Tells the handlers of a job, if they run here, to stop. */
    stop(id: string): void {
      for (const controller of stops.get(id) ?? []) controller.abort();
    },
  };
}

function failureOf(cause: unknown): JobFailure {
  if (cause instanceof CodedError) return { code: cause.code, message: cause.message };
  return {
    code: 'JOB_FAILED',
    message: 'The work failed for a reason that was not foreseen. The log says more.',
  };
}

function everyInterval(intervalMs: number, call: () => void): () => void {
  const timer = setInterval(call, intervalMs);
  return () => clearInterval(timer);
}
