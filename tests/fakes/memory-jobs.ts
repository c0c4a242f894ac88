import type { Job } from '../../server/jobs/job.ts';
import type { JobHold, JobStore } from '../../server/jobs/ports.ts';

interface KeptJob {
  job: Job;
  name: string | null;
  leaseUntilMs: number;
  fence: number;
}

/** A job store in memory. */
export function createMemoryJobs(): JobStore {
  const kept = new Map<string, KeptJob>();
  const oldestFirst = () =>
    [...kept.values()].sort(
      (a, b) => a.job.createdAtMs - b.job.createdAtMs || (a.job.id < b.job.id ? -1 : 1),
    );
  const isExpired = (one: KeptJob, nowMs: number) =>
    one.job.state === 'running' && one.leaseUntilMs <= nowMs;

  function change(one: KeptJob, job: Partial<Job>): void {
    one.job = structuredClone({ ...one.job, ...job });
    if (one.job.state === 'failed' || one.job.state === 'cancelled') one.name = null;
  }

  function held({ id, fence }: JobHold): KeptJob | null {
    const one = kept.get(id);
    return one !== undefined && one.fence === fence && one.job.state === 'running' ? one : null;
  }

  return {
    async add({ id, kind, input, name, nowMs }) {
      const standing = [...kept.values()].find((one) => one.name === name);
      if (standing !== undefined) return standing.job.id;
      const job: Job = {
        id,
        kind,
        input: structuredClone(input),
        output: null,
        state: 'queued',
        progress: { done: 0, total: 0, unit: '' },
        attempts: 0,
        failure: null,
        createdAtMs: nowMs,
        updatedAtMs: nowMs,
      };
      kept.set(id, { job, name, leaseUntilMs: 0, fence: 0 });
      return id;
    },
    find: async (id) => kept.get(id)?.job ?? null,
    async list({ states, limit }) {
      const found = oldestFirst().filter(({ job }) => states.includes(job.state));
      return found
        .reverse()
        .slice(0, limit)
        .map(({ job }) => job);
    },
    async claim({ id, kinds, nowMs, leaseUntilMs, attemptLimit }) {
      const free = oldestFirst().find(
        (one) =>
          (id === undefined || one.job.id === id) &&
          kinds.includes(one.job.kind) &&
          one.job.attempts < attemptLimit &&
          (one.job.state === 'queued' || isExpired(one, nowMs)),
      );
      if (free === undefined) return null;
      free.fence += 1;
      free.leaseUntilMs = leaseUntilMs;
      change(free, {
        state: 'running',
        attempts: free.job.attempts + 1,
        updatedAtMs: nowMs,
      });
      return { id: free.job.id, fence: free.fence };
    },
    async park({ nowMs, attemptLimit, failure }) {
      const worn = [...kept.values()].filter(
        (one) => isExpired(one, nowMs) && one.job.attempts >= attemptLimit,
      );
      for (const one of worn) change(one, { state: 'failed', failure, updatedAtMs: nowMs });
      return worn.length;
    },
    async renew(hold, leaseUntilMs) {
      const one = held(hold);
      if (one !== null) one.leaseUntilMs = leaseUntilMs;
      return one !== null;
    },
    async saveProgress(hold, progress, nowMs) {
      const one = held(hold);
      if (one !== null) change(one, { progress, updatedAtMs: nowMs });
      return one !== null;
    },
    async end(hold, end, nowMs) {
      const one = held(hold);
      if (one === null) return false;
      const updatedAtMs = nowMs;
      if (end.state === 'done') change(one, { state: 'done', output: end.output, updatedAtMs });
      if (end.state === 'failed') change(one, { ...end, updatedAtMs });
      if (end.state === 'released') {
        one.leaseUntilMs = 0;
        change(one, {
          state: 'queued',
          attempts: one.job.attempts - 1,
          updatedAtMs,
        });
      }
      return true;
    },
    async cancel(id, nowMs) {
      const one = kept.get(id);
      const open = one?.job.state === 'queued' || one?.job.state === 'running';
      if (one !== undefined && open) change(one, { state: 'cancelled', updatedAtMs: nowMs });
      return open;
    },
  };
}
