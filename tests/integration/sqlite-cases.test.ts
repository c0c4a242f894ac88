import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createSqliteCases } from '../../server/adapters/sqlite/sqlite-cases.ts';
import { DEFAULT_CODE_LISTS as lists } from '../../server/cases/codes/code-lists.ts';
import { aCase, aConsent } from '../builders/case.ts';
import { openCasesDatabase } from '../builders/cases-database.ts';
import { createPlainVault } from '../fakes/plain-vault.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'dalil-cases-'));
afterAll(() => rm(folder, { recursive: true }));

const secret = aCase({
  registryCode: 'REG-77123',
  month: '2021-10',
  date: '2021-10-14',
  site: 'needle-site-9',
  durationMinutes: 187,
  narrative: { ky: 'Купуя баян', ru: 'Тайный рассказ', en: 'A secret story' },
  consent: {
    narrative: aConsent({ takenOn: '2021-10-29', takenBy: 'psychologist', level: 'C2' }),
    media: aConsent(),
  },
});

test('nothing personal stands in the database file', async () => {
  const file = path.join(folder, 'sealed.db');
  const { db } = await openCasesDatabase(file);
  const store = createSqliteCases({ db, ...createPlainVault(), lists });
  await store.insertAll([secret]);
  await store.saveDecisions(secret.id, [
    {
      language: 'en',
      start: 2,
      end: 8,
      surface: 'secret',
      verdict: 'keep',
      reason: 'needle-reason',
      byRole: 'lawyer',
      decidedAt: '2026-11-23T10:15:00Z',
    },
  ]);
  await db.destroy();
  const names = await readdir(folder);
  const bytes = Buffer.concat(await Promise.all(names.map((n) => readFile(path.join(folder, n)))));
  expect(bytes.includes('police-district')).toBe(true); // coded columns are there to be filtered
  for (const needle of [
    'REG-77123',
    '77123',
    '2021-10-14',
    'needle-site-9',
    'Купуя',
    'Тайный',
    'secret',
    '2021-10-29',
    'psychologist',
    'needle-reason',
    '187',
  ]) {
    expect(bytes.includes(needle), needle).toBe(false);
  }
});

test('a sealed text that was moved to another case does not open there', async () => {
  const { db } = await openCasesDatabase();
  const store = createSqliteCases({ db, ...createPlainVault(), lists });
  const other = aCase();
  await store.insertAll([secret, other]);
  const { sealed } = await db
    .selectFrom('cases')
    .select('sealed')
    .where('id', '=', secret.id)
    .executeTakeFirstOrThrow();
  await db.updateTable('cases').set({ sealed }).where('id', '=', other.id).execute();
  await expect(store.find(other.id)).rejects.toThrow();
  expect(await store.find(secret.id)).toEqual(secret);
});

test('a page is found by indexes and in their order, so that it takes as long among 100,000 cases', async () => {
  const { db, asked } = await openCasesDatabase();
  const store = createSqliteCases({ db, ...createPlainVault(), lists });
  // More of each kind than are looked up one by one.
  const all = Array.from({ length: 6_200 }, (_, i) =>
    aCase({
      month: `20${20 + (i % 2)}-${String(1 + (i % 12)).padStart(2, '0')}`,
      perpetrators: [i % 3 === 0 ? 'police-patrol' : 'employer'],
    }),
  );
  await store.insertAll(all);
  const middle = all[all.length >> 1]!;
  for (const filter of [{}, { acts: ['threat'] }, { lawEnforcement: true, fromMonth: '2021-03' }]) {
    for (const after of [undefined, `${middle.month}.${middle.id}`]) {
      asked.length = 0;
      const page = await store.page({ filter, limit: 50, ...(after && { after }) });
      expect(page.cases).toHaveLength(50);
      const plan = asked.flatMap((one) => one.plan);
      expect(plan.join()).toMatch(/cases USING INDEX cases_by_month/);
      // Nothing is looked through without an index, or sorted afterwards.
      expect(plan.filter((line) => /^SCAN/.test(line) && !/ USING /.test(line))).toEqual([]);
      expect(plan.filter((line) => /TEMP B-TREE FOR ORDER/.test(line))).toEqual([]);
      expect(Math.max(...asked.map((one) => one.rowCount))).toBeLessThanOrEqual(2_001);
    }
  }
  await db.destroy();
});
