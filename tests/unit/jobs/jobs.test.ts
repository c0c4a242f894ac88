import { describe, expect, test } from 'vitest';
import type { JobProgress } from '../../../server/jobs/job.ts';
import type { JobStore } from '../../../server/jobs/ports.ts';
import type { JsonValue } from '../../../server/kernel/canonical-json.ts';
import { CodedError } from '../../../server/kernel/errors.ts';
import { aJobEngine, anEngine, aSlowHandler, settle } from '../../builders/job-engine.ts';
import { createMemoryJobs } from '../../fakes/memory-jobs.ts';

class ClipError extends CodedError<'CLIP_TRUNCATED'> {}

describe('submitting', () => {
  test('the same work twice is one job, whatever the order of its fields', async () => {
    let runs = 0;
    const { jobs } = anEngine(async () => ++runs);
    const first = await jobs.submit('redact', { source: 'a', plan: 1 });
    expect((await jobs.submit('redact', { plan: 1, source: 'a' })).id).toBe(first.id);
    expect((await jobs.run(first.id)).output).toBe(1);
    const again = await jobs.submit('redact', { source: 'a', plan: 1 });
    expect(again).toMatchObject({ id: first.id, state: 'done', output: 1 });
    expect((await jobs.run(again.id)).output).toBe(1);
    expect(runs).toBe(1);
  });

  test('any other input is another job', async () => {
    const { jobs } = anEngine(async () => null);
    const ids = new Set<string>();
    const inputs: JsonValue[] = [{ a: 1 }, { a: '1' }, { a: [1] }, { a: 1, b: null }, null];
    for (const input of inputs) {
      ids.add((await jobs.submit('redact', input)).id);
    }
    expect(ids.size).toBe(5);
  });

  test('a kind that nobody can do is refused', async () => {
    const { jobs } = anEngine(async () => null);
    await expect(jobs.submit('dance', 1)).rejects.toMatchObject({
      code: 'JOB_KIND_UNKNOWN',
    });
    await expect(jobs.run('x')).rejects.toMatchObject({ code: 'JOB_UNKNOWN' });
    await expect(jobs.cancel('x')).rejects.toMatchObject({
      code: 'JOB_UNKNOWN',
    });
  });
});

describe('running', () => {
  test('gives the input to the handler and keeps its output', async () => {
    const { jobs, beating } = anEngine(async (input) => ({ got: input }));
    const { id } = await jobs.submit('redact', { source: 'өзөн' });
    const job = await jobs.run(id);
    expect(job).toMatchObject({
      state: 'done',
      output: { got: { source: 'өзөн' } },
      attempts: 1,
    });
    expect(beating.size).toBe(0);
  });

  test('a failure keeps its code and its safe words; the cause goes to the log', async () => {
    const cause = new Error('/secret/path moov atom not found');
    const told: unknown[] = [];
    const store = createMemoryJobs();
    const handler = async () => {
      throw new ClipError('CLIP_TRUNCATED', 'The clip is cut.', { cause });
    };
    const handlers = new Map([['redact', handler]]);
    const { jobs } = aJobEngine({
      store,
      handlers,
      onFailure: (_, error) => told.push(error),
    });
    const { id } = await jobs.submit('redact', 1);
    const job = await jobs.run(id);
    expect(job).toMatchObject({
      state: 'failed',
      failure: { code: 'CLIP_TRUNCATED', message: 'The clip is cut.' },
    });
    expect(told).toEqual([expect.objectContaining({ cause })]);
    await expect(jobs.run(id)).rejects.toMatchObject({ code: 'JOB_OVER' });
    expect((await jobs.submit('redact', 1)).id).not.toBe(id);
  });

  test('words of an unforeseen error are not shown', async () => {
    const { jobs } = anEngine(() => Promise.reject(new Error('/secret/path')));
    const job = await jobs.run((await jobs.submit('redact', 1)).id);
    expect(job.failure?.code).toBe('JOB_FAILED');
    expect(JSON.stringify(job)).not.toContain('secret');
  });

  test('a handler that throws before it returns a promise fails like any other', async () => {
    const { jobs, beating } = anEngine(() => {
      throw new ClipError('CLIP_TRUNCATED', 'The clip is cut.');
    });
    const job = await jobs.run((await jobs.submit('redact', 1)).id);
    expect(job.failure?.code).toBe('CLIP_TRUNCATED');
    expect(beating.size).toBe(0);
  });

  test('an output that JSON cannot hold is a failure, not another output', async () => {
    for (const output of [undefined, { at: new Date() }, [Number.NaN]]) {
      const { jobs } = anEngine(async () => output as unknown as JsonValue);
      const job = await jobs.run((await jobs.submit('redact', 1)).id);
      expect(job).toMatchObject({ state: 'failed', output: null });
    }
  });

  test('a job that runs cannot be run twice', async () => {
    const slow = aSlowHandler();
    const { jobs } = anEngine(slow.handler);
    const { id } = await jobs.submit('redact', 1);
    const running = jobs.run(id);
    await slow.begun;
    await expect(jobs.run(id)).rejects.toMatchObject({ code: 'JOB_HELD' });
    expect(await jobs.runNext()).toBeNull();
    slow.finish('done');
    expect((await running).output).toBe('done');
  });

  test('the queue is done in its order', async () => {
    const seen: JsonValue[] = [];
    const { jobs, clock } = anEngine(async (input) => seen.push(input));
    for (const input of ['a', 'b', 'c']) {
      await jobs.submit('redact', input);
      clock.advance(1);
    }
    expect(await jobs.runNext()).toMatchObject({ input: 'a', state: 'done' });
    await jobs.runNext();
    await jobs.runNext();
    expect(await jobs.runNext()).toBeNull();
    expect(seen).toEqual(['a', 'b', 'c']);
    expect((await jobs.list({ limit: 2 })).map(({ input }) => input)).toEqual(['c', 'b']);
    expect(await jobs.list({ states: ['queued'] })).toEqual([]);
  });
});

describe('progress', () => {
  test('is told at once, and written at most twice a second', async () => {
    const written: JobProgress[] = [];
    const store = createMemoryJobs();
    const counting: JobStore = {
      ...store,
      saveProgress(hold, progress, nowMs) {
        written.push(progress);
        return store.saveProgress(hold, progress, nowMs);
      },
    };
    const told: JobProgress[] = [];
    const engine = anEngine(async (_, { progress }) => {
      for (let done = 1; done <= 1000; done++) {
        progress(done, 1000, 'frames');
        engine.clock.advance(10);
        if (done % 10 === 0) await settle();
      }
      return null;
    }, counting);
    const { id } = await engine.jobs.submit('redact', 1);
    const job = await engine.jobs.run(id, {
      onProgress: (progress) => told.push(progress),
    });
    expect(told).toHaveLength(1000);
    expect(job.progress).toEqual({ done: 1000, total: 1000, unit: 'frames' });
    expect(written.length).toBeGreaterThan(15);
    expect(written.length).toBeLessThanOrEqual(22);
  });

  test('that cannot be written does not fail the work', async () => {
    const saveProgress = () => Promise.reject(new Error('busy'));
    const { jobs } = anEngine(
      async (_, { progress }) => {
        progress(1, 2, 'frames');
        return 'fine';
      },
      { ...createMemoryJobs(), saveProgress },
    );
    expect((await jobs.run((await jobs.submit('redact', 1)).id)).output).toBe('fine');
  });
});
