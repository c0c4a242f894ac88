const WINDOW_MS = 30_000;
const LEAST_MS = 3_000;

/** Estimates how long a piece of work will still take, from how fast the last half minute went. */
export interface TimeLeft {
  /** @returns seconds; null while too little was seen. */
  estimate(done: number, total: number, nowMs: number): number | null;
}

/**
 * Starts an estimate. Only the last half minute counts: what was found done from an earlier run goes
 * by in a moment and tells nothing about the rest.
 */
export function createTimeLeft(): TimeLeft {
  let marks: { atMs: number; done: number }[] = [];
  return {
    estimate(done, total, nowMs) {
      const last = marks.at(-1);
      // Clocks are set back, and work is begun again.
      if (last !== undefined && (nowMs < last.atMs || done < last.done)) marks = [];
      if (last === undefined || marks.length === 0 || nowMs - last.atMs >= 500) {
        marks.push({ atMs: nowMs, done });
      }
      while (marks.length > 2 && nowMs - marks[1]!.atMs >= WINDOW_MS) marks.shift();
      const { atMs, done: doneThen } = marks[0]!;
      if (nowMs - atMs < LEAST_MS || done <= doneThen) return null;
      return ((nowMs - atMs) / 1000 / (done - doneThen)) * Math.max(0, total - done);
    },
  };
}
