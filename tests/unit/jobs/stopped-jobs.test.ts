import { describe, expect, test } from 'vitest';
import { aJobEngine, anEngine, aSlowHandler, LEASE_MS, settle } from '../../builders/job-engine.ts';
import { createMemoryJobs } from '../../fakes/memory-jobs.ts';

describe('stopping', () => {
  test('a cancelled job stops at once, and what it still returns is dropped', async () => {
    const slow = aSlowHandler();
    const { jobs } = anEngine(slow.handler);
    const { id } = await jobs.submit('redact', 1);
    const running = jobs.run(id);
    const { signal } = await slow.begun;
    expect(await jobs.cancel(id)).toBe(true);
    expect(signal.aborted).toBe(true);
    slow.finish('too late');
    expect(await running).toMatchObject({ state: 'cancelled', output: null });
    expect(await jobs.cancel(id)).toBe(false);
  });

  test('a job cancelled by another process stops at the next heartbeat', async () => {
    const slow = aSlowHandler();
    const { store, jobs, beat } = anEngine(slow.handler);
    const { id } = await jobs.submit('redact', 1);
    const running = jobs.run(id);
    const { signal } = await slow.begun;
    await anEngine(async () => null, store).jobs.cancel(id);
    expect(signal.aborted).toBe(false);
    beat();
    await settle();
    expect(signal.aborted).toBe(true);
    slow.fail(signal.reason as Error);
    expect(await running).toMatchObject({ state: 'cancelled', failure: null });
  });

  test('an interrupted job goes back to the queue, and is not blamed', async () => {
    let interruptions = 0;
    const stop = () => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 1);
      return controller.signal;
    };
    const { jobs } = anEngine(
      (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            interruptions += 1;
            reject(new Error('stopped'));
          });
        }),
    );
    const { id } = await jobs.submit('redact', 1);
    for (let i = 0; i < 5; i++) {
      const job = await jobs.run(id, { signal: stop() });
      expect(job).toMatchObject({
        state: 'queued',
        attempts: 0,
        failure: null,
      });
    }
    expect(interruptions).toBe(5);
  });
});

describe('crashes', () => {
  test('a job of a process that died is done by another, once its lease ended', async () => {
    const dead = aSlowHandler();
    const first = anEngine(dead.handler);
    const { id } = await first.jobs.submit('redact', 1);
    const abandoned = first.jobs.run(id);
    await dead.begun;
    const handlers = new Map([['redact', async () => 'second']]);
    const second = aJobEngine({
      store: first.store,
      clock: first.clock,
      handlers,
    });
    first.clock.advance(LEASE_MS - 1);
    await expect(second.jobs.run(id)).rejects.toMatchObject({
      code: 'JOB_HELD',
    });
    first.clock.advance(1);
    expect(await second.jobs.runNext()).toMatchObject({
      id,
      state: 'done',
      output: 'second',
    });
    dead.finish('first, woken up');
    expect(await abandoned).toMatchObject({ state: 'done', output: 'second' });
  });

  test('a heart that beats keeps the job', async () => {
    const slow = aSlowHandler();
    const { store, jobs, clock, beat } = anEngine(slow.handler);
    const { id } = await jobs.submit('redact', 1);
    const running = jobs.run(id);
    await slow.begun;
    const other = aJobEngine({
      store,
      clock,
      handlers: new Map([['redact', async () => 'other']]),
    });
    for (let i = 0; i < 8; i++) {
      clock.advance(LEASE_MS / 2);
      beat();
      await settle();
      expect(await other.jobs.runNext()).toBeNull();
    }
    slow.finish('kept');
    expect((await running).output).toBe('kept');
  });

  test('work that ends its process is parked after three starts', async () => {
    const store = createMemoryJobs();
    const { jobs, clock } = anEngine(() => new Promise(() => {}), store);
    const { id } = await jobs.submit('redact', 1);
    for (let i = 1; i <= 3; i++) {
      void jobs.run(id);
      await settle();
      expect(await jobs.find(id)).toMatchObject({
        state: 'running',
        attempts: i,
      });
      clock.advance(LEASE_MS);
    }
    expect(await jobs.runNext()).toBeNull();
    expect(await jobs.find(id)).toMatchObject({
      state: 'failed',
      failure: { code: 'JOB_PARKED' },
    });
    expect((await jobs.submit('redact', 1)).id).not.toBe(id);
  });
});
