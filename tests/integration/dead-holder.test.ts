import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { isGone, processName } from '../../server/adapters/process-owner.ts';
import { createSqliteJobs } from '../../server/adapters/sqlite/sqlite-jobs.ts';
import { aVault } from '../builders/open-vault.ts';

// A job whose process was killed is taken up at once, not when its lease ends.

const claim = { kinds: ['redact'], nowMs: 2_000, leaseUntilMs: 60_000, attemptLimit: 3 };

async function aHeldJob() {
  const { database, vault } = await aVault();
  const store = createSqliteJobs({ database, sealer: vault.sealer });
  await store.add({ id: 'a', kind: 'redact', input: null, name: 'a', nowMs: 1_000 });
  const hold = (await store.claim(claim))!;
  const heldBy = (holder: string) => database.updateTable('jobs').set({ holder }).execute();
  return { store, hold, heldBy };
}

test('a job of a dead process is free at once; one of a living process is not', async () => {
  const { store, hold, heldBy } = await aHeldJob();
  const child = spawn('sleep', ['60']);
  await heldBy(processName(child.pid));
  expect(await store.claim(claim)).toBeNull();
  child.kill('SIGKILL');
  await once(child, 'close');
  const next = (await store.claim(claim))!;
  expect(next.fence).toBe(hold.fence + 1);
  expect(await store.end(hold, { state: 'done', output: null }, 2_500)).toBe(false);
});

test('a process that has the id of a dead one is not taken for it', () => {
  const [pid, started] = processName().split('.');
  expect(isGone(`${pid}.${started}`)).toBe(false);
  expect(isGone(`${pid}.1`)).toBe(true);
  for (const name of ['', 'x.1', '-1.1', '0.1']) expect(isGone(name), name).toBe(true);
});
