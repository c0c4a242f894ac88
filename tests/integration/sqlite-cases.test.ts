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

test('a page of 100,000 cases comes about as fast as one of 2,000', async () => {
  const filters = [{}, { acts: ['threat'] }, { lawEnforcement: true, fromMonth: '2021-03' }];
  async function slowestPageMs(size: number) {
    const { db } = await openCasesDatabase();
    const store = createSqliteCases({ db, ...createPlainVault(), lists });
    const all = Array.from({ length: size }, (_, i) =>
      aCase({
        month: `20${20 + (i % 2)}-${String(1 + (i % 12)).padStart(2, '0')}`,
        perpetrators: [i % 3 === 0 ? 'police-patrol' : 'employer'],
      }),
    );
    await store.insertAll(all);
    const middle = all[size >> 1]!;
    const times: number[] = [];
    for (const filter of filters) {
      for (const after of [undefined, `${middle.month}.${middle.id}`]) {
        const runs: number[] = [];
        for (let run = 0; run < 5; run++) {
          const startedAt = performance.now();
          const page = await store.page({ filter, limit: 50, ...(after && { after }) });
          runs.push(performance.now() - startedAt);
          expect(page.cases).toHaveLength(50);
        }
        times.push(Math.min(...runs));
      }
    }
    await db.destroy();
    return Math.max(...times);
  }
  const small = await slowestPageMs(2_000);
  const large = await slowestPageMs(100_000);
  expect(large).toBeLessThan(Math.max(5 * small, 50));
});
