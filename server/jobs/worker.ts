import type { Jobs } from './jobs.ts';

/** Does waiting jobs, one after the other in each of a few places. */
export interface JobWorker {
  /** Looks for work now: there is a new job. */
  wake(): void;
  /** Starts nothing more, interrupts what runs (it goes back to the queue), and waits for it. */
  stop(): Promise<void>;
}

/** Jobs of processes that died come back when their lease ends; so often is looked for them. */
const LOOK_MS = 5_000;

/**
 * Starts a worker.
 *
 * @param deps.atOnce - how many jobs run at the same time; each may use every core by itself.
 * @param deps.onCrash - told of errors that the engine did not turn into a failed job.
 */
export function startJobWorker(deps: {
  jobs: Jobs;
  atOnce: number;
  onCrash: (error: unknown) => void;
}): JobWorker {
  const { jobs, atOnce, onCrash } = deps;
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();

  async function work(): Promise<void> {
    try {
      while (!stopping.signal.aborted) {
        if ((await jobs.runNext({ signal: stopping.signal })) === null) return;
      }
    } catch (error) {
      onCrash(error);
    }
  }

  function wake(): void {
    if (stopping.signal.aborted || running.size >= atOnce) return;
    const place = work().finally(() => running.delete(place));
    running.add(place);
  }

  const looking = setInterval(wake, LOOK_MS);
  wake();
  return {
    wake,
    async stop() {
      clearInterval(looking);
      stopping.abort();
      await Promise.all(running);
    },
  };
}

/** Does nothing, where jobs are done by others or not at all. */
export const IDLE_WORKER: JobWorker = { wake() {}, async stop() {} };
