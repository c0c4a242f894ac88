import { setTimeout as wait } from 'node:timers/promises';
import type { JobContext, JobHandler, JobHandlers } from '../../server/jobs/job-handler.ts';
import { createJobs } from '../../server/jobs/jobs.ts';
import type { JobStore } from '../../server/jobs/ports.ts';
import type { JsonValue } from '../../server/kernel/canonical-json.ts';
import { systemRandom } from '../../server/kernel/ids.ts';
import { createManualClock } from '../fakes/manual-clock.ts';
import { createMemoryJobs } from '../fakes/memory-jobs.ts';
import { createPlainVault } from '../fakes/plain-vault.ts';

/** How long the leases of {@link aJobEngine} last. */
export const LEASE_MS = 60_000;

/** A job engine whose heart beats only when it is told to. */
export function aJobEngine(options: {
  store: JobStore;
  handlers: JobHandlers;
  clock?: ReturnType<typeof createManualClock>;
  onFailure?: (job: { id: string; kind: string }, cause: unknown) => void;
}) {
  const clock = options.clock ?? createManualClock();
  const beating = new Set<() => void>();
  const jobs = createJobs({
    ...options,
    clock,
    namer: createPlainVault().namer,
    random: systemRandom,
    leaseMs: LEASE_MS,
    every: (_, call) => {
      beating.add(call);
      return () => beating.delete(call);
    },
  });
  const beat = () => {
    for (const call of beating) call();
  };
  return { jobs, clock, beat, beating };
}

/** A handler that tells when it began and waits until it is told how to end. */
export function aSlowHandler() {
  const ending = Promise.withResolvers<JsonValue>();
  const begun = Promise.withResolvers<JobContext>();
  const handler: JobHandler = (_, context) => {
    begun.resolve(context);
    return ending.promise;
  };
  return {
    handler,
    begun: begun.promise,
    finish: ending.resolve,
    fail: ending.reject,
  };
}

/** An engine for jobs of the kind `redact`. */
export function anEngine(handler: JobHandler, store: JobStore = createMemoryJobs()) {
  return {
    store,
    ...aJobEngine({ store, handlers: new Map([['redact', handler]]) }),
  };
}

/** Lets everything happen that is only waiting for its turn. */
export const settle = () => wait(1);
