import type { JobProgress } from './job.ts';
import type { JobHold, JobStore } from './ports.ts';

/** A row is written at most twice a second, however often a handler reports. */
const INTERVAL_MS = 500;

/** Writes the progress of a held job now and then; the last state always, at `flush`. */
export function createProgressWriter(deps: {
  store: JobStore;
  hold: JobHold;
  nowMs: () => number;
  /** Told that the job is no longer ours: it was cancelled, or somebody else took it. */
  onLost: () => void;
}) {
  const { store, hold, nowMs, onLost } = deps;
  let pending: JobProgress | null = null;
  let writing: Promise<void> | null = null;
  let writtenAtMs = Number.NEGATIVE_INFINITY;

  function start(progress: JobProgress): void {
    pending = null;
    writtenAtMs = nowMs();
    // Progress is a courtesy: work does not fail because it could not be told.
    writing = store
      .saveProgress(hold, progress, writtenAtMs)
      .then((kept) => {
        if (!kept) onLost();
      })
      .catch(() => {})
      .then(() => {
        writing = null;
      });
  }

  return {
    write(progress: JobProgress): void {
      pending = progress;
      if (writing === null && Math.abs(nowMs() - writtenAtMs) >= INTERVAL_MS) start(progress);
    },
    async flush(): Promise<void> {
      await writing;
      if (pending !== null) start(pending);
      await writing;
    },
  };
}
