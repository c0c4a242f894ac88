import { describe, expect, test } from 'vitest';
import { createSqliteJobs } from '../../server/adapters/sqlite/sqlite-jobs.ts';
import type { JobClaim, JobStore } from '../../server/jobs/ports.ts';
import { aVault } from '../builders/open-vault.ts';
import { createMemoryJobs } from '../fakes/memory-jobs.ts';

const STORES: Record<string, () => Promise<JobStore>> = {
  memory: async () => createMemoryJobs(),
  sqlite: async () => {
    const { database, vault } = await aVault();
    return createSqliteJobs({ database, sealer: vault.sealer });
  },
};

const add = (store: JobStore, id: string, nowMs = 1000, name = `name-${id}`) =>
  store.add({ id, kind: 'redact', input: { source: id }, name, nowMs });
const claim = (store: JobStore, change: Partial<JobClaim> = {}) =>
  store.claim({
    kinds: ['redact'],
    nowMs: 2000,
    leaseUntilMs: 3000,
    attemptLimit: 3,
    ...change,
  });
const failure = {
  code: 'CLIP_TRUNCATED',
  message: 'The clip is cut. Ask for another copy.',
};

describe.each(Object.keys(STORES))('a job store: %s', (name) => {
  const open = () => STORES[name]!();

  test('gives back a queued job', async () => {
    const store = await open();
    expect(await add(store, 'a')).toBe('a');
    expect(await store.find('a')).toEqual({
      id: 'a',
      kind: 'redact',
      input: { source: 'a' },
      output: null,
      state: 'queued',
      progress: { done: 0, total: 0, unit: '' },
      attempts: 0,
      failure: null,
      createdAtMs: 1000,
      updatedAtMs: 1000,
    });
    expect(await store.find('b')).toBeNull();
  });

  test('has one living or done job a name', async () => {
    const store = await open();
    await add(store, 'a', 1000, 'same');
    expect(await add(store, 'b', 1000, 'same')).toBe('a');
    const hold = (await claim(store))!;
    expect(await add(store, 'c', 1000, 'same')).toBe('a');
    await store.end(hold, { state: 'done', output: null }, 2500);
    expect(await add(store, 'd', 1000, 'same')).toBe('a');
    expect(await store.list({ states: ['queued', 'done'], limit: 9 })).toHaveLength(1);
  });

  test('a failed or cancelled job makes room for another of its name', async () => {
    const store = await open();
    await add(store, 'a', 1000, 'same');
    await store.end((await claim(store))!, { state: 'failed', failure }, 2500);
    expect(await add(store, 'b', 1001, 'same')).toBe('b');
    expect(await store.cancel('b', 2600)).toBe(true);
    expect(await add(store, 'c', 1002, 'same')).toBe('c');
    expect(await store.find('a')).toMatchObject({
      state: 'failed',
      failure,
      updatedAtMs: 2500,
    });
    expect(await store.find('b')).toMatchObject({
      state: 'cancelled',
      updatedAtMs: 2600,
    });
  });

  test('hands out the oldest first, each to one claimer, only of kinds that he can do', async () => {
    const store = await open();
    for (const [id, nowMs] of [
      ['b', 1002],
      ['a', 1001],
      ['c', 1003],
    ] as const) {
      await add(store, id, nowMs);
    }
    expect(await claim(store, { kinds: ['letter'] })).toBeNull();
    expect(await claim(store, { kinds: [] })).toBeNull();
    const claims = await Promise.all([claim(store), claim(store), claim(store), claim(store)]);
    expect(claims.map((hold) => hold?.id)).toEqual(['a', 'b', 'c', undefined]);
    expect(await store.find('a')).toMatchObject({
      state: 'running',
      attempts: 1,
    });
  });

  test('hands out one asked for by id', async () => {
    const store = await open();
    await add(store, 'a');
    await add(store, 'b');
    expect(await claim(store, { id: 'b' })).toEqual({ id: 'b', fence: 1 });
    expect(await claim(store, { id: 'b' })).toBeNull();
    expect(await claim(store, { id: 'x' })).toBeNull();
  });

  test('hands out again what is held by nobody any more, under a higher fence', async () => {
    const store = await open();
    await add(store, 'a');
    const first = (await claim(store))!;
    expect(await claim(store, { nowMs: 2999, leaseUntilMs: 4000 })).toBeNull();
    const second = (await claim(store, { nowMs: 3000, leaseUntilMs: 4000 }))!;
    expect(second.fence).toBeGreaterThan(first.fence);
    expect(await store.renew(first, 9000)).toBe(false);
    expect(await store.saveProgress(first, { done: 1, total: 2, unit: 'x' }, 3001)).toBe(false);
    expect(await store.end(first, { state: 'done', output: 'old' }, 3001)).toBe(false);
    expect(await store.find('a')).toMatchObject({
      state: 'running',
      output: null,
      attempts: 2,
    });
    expect(await store.end(second, { state: 'done', output: 'new' }, 3002)).toBe(true);
    expect(await store.find('a')).toMatchObject({
      state: 'done',
      output: 'new',
    });
    expect(await store.end(second, { state: 'failed', failure }, 3003)).toBe(false);
  });

  test('keeps a renewed hold', async () => {
    const store = await open();
    await add(store, 'a');
    const hold = (await claim(store))!;
    expect(await store.renew(hold, 5000)).toBe(true);
    expect(await claim(store, { nowMs: 4999 })).toBeNull();
    const progress = { done: 3, total: 9, unit: 'frames' };
    expect(await store.saveProgress(hold, progress, 4000)).toBe(true);
    expect(await store.find('a')).toMatchObject({
      progress,
      updatedAtMs: 4000,
    });
  });

  test('parks what was started too often and never ended', async () => {
    const store = await open();
    await add(store, 'a');
    await add(store, 'b');
    for (const nowMs of [1000, 2000, 3000]) {
      await claim(store, { id: 'a', nowMs, leaseUntilMs: nowMs + 1000 });
    }
    const park = (nowMs: number) => store.park({ nowMs, attemptLimit: 3, failure });
    expect(await park(3999)).toBe(0);
    expect(await claim(store, { id: 'a', nowMs: 4000, leaseUntilMs: 5000 })).toBeNull();
    expect(await park(4000)).toBe(1);
    expect(await park(4000)).toBe(0);
    expect(await store.find('a')).toMatchObject({
      state: 'failed',
      failure,
      attempts: 3,
    });
    expect(await store.find('b')).toMatchObject({ state: 'queued' });
    expect(await add(store, 'c', 4000, 'name-a')).toBe('c');
  });

  test('takes a released job back as if it had not been started', async () => {
    const store = await open();
    await add(store, 'a');
    for (let i = 0; i < 5; i++) {
      const hold = (await claim(store))!;
      expect(await store.end(hold, { state: 'released' }, 2100)).toBe(true);
      expect(await store.end(hold, { state: 'released' }, 2100)).toBe(false);
    }
    expect(await store.find('a')).toMatchObject({
      state: 'queued',
      attempts: 0,
    });
  });

  test('cancels what is not over, and its holder loses it', async () => {
    const store = await open();
    await add(store, 'a');
    await add(store, 'b');
    const hold = (await claim(store, { id: 'a' }))!;
    expect(await store.cancel('a', 2500)).toBe(true);
    expect(await store.cancel('a', 2500)).toBe(false);
    expect(await store.cancel('b', 2500)).toBe(true);
    expect(await store.cancel('x', 2500)).toBe(false);
    expect(await store.renew(hold, 9000)).toBe(false);
    expect(await store.end(hold, { state: 'done', output: 1 }, 2600)).toBe(false);
    expect(await claim(store, { nowMs: 99_000 })).toBeNull();
  });

  test('lists the newest first', async () => {
    const store = await open();
    for (const [i, id] of ['a', 'b', 'c', 'd'].entries()) await add(store, id, 1000 + i);
    await store.cancel('b', 2000);
    const ids = async (states: Parameters<JobStore['list']>[0]['states'], limit: number) =>
      (await store.list({ states, limit })).map((job) => job.id);
    expect(await ids(['queued'], 9)).toEqual(['d', 'c', 'a']);
    expect(await ids(['queued', 'cancelled'], 3)).toEqual(['d', 'c', 'b']);
    expect(await ids([], 3)).toEqual([]);
  });
});
