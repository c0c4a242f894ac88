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
  const [first, second] = await db.selectFrom('sealed_cases').selectAll().execute();
  await db
    .updateTable('sealed_cases')
    .set({ sealed: first!.sealed })
    .where('number', '=', second!.number)
    .execute();
  await expect(store.find(other.id)).rejects.toThrow();
  expect(await store.find(secret.id)).toEqual(secret);
});

test('a page is read in the order in which short rows lie, and no more than it is opened', async () => {
  const { db, asked } = await openCasesDatabase();
  const store = createSqliteCases({ db, ...createPlainVault(), lists });
  const all = Array.from({ length: 300 }, (_, i) =>
    aCase({
      month: `20${20 + (i % 2)}-${String(1 + (i % 12)).padStart(2, '0')}`,
      perpetrators: [i % 3 === 0 ? 'police-patrol' : 'employer'],
      ...(i % 2 === 0 && { site: 'site-9', nearOstSite: 'yes' as const }),
    }),
  );
  await store.insertAll(all);
  const filters = [
    {},
    { acts: ['threat'] },
    { lawEnforcement: true, fromMonth: '2021-03' },
    { sites: ['site-9'] },
  ];
  for (const filter of filters) {
    for (const isFirst of [true, false]) {
      const first = await store.page({ filter, limit: 10 });
      asked.length = 0;
      const after = isFirst ? {} : { after: first.next! };
      const page = await store.page({ filter, limit: 30, ...after });
      expect(page.cases).toHaveLength(30);
      const plan = asked.flatMap((one) => one.plan);
      // Nothing is sorted afterwards; a page begins where the one before it ended.
      expect(plan.filter((line) => /TEMP B-TREE/.test(line))).toEqual([]);
      if (!isFirst) expect(plan.join()).toMatch(/SEARCH cases USING .*month>/);
      if (filter.sites !== undefined) expect(plan.join()).toMatch(/cases_by_site/);
      // What is sealed is long: only that of the page is read, each by its number.
      expect(plan.join()).toMatch(/SEARCH sealed_cases USING INTEGER PRIMARY KEY/);
      expect(Math.max(...asked.map((one) => one.rowCount))).toBe(31);
    }
  }
  const columns = (await db.introspection.getTables()).find(
    ({ name }) => name === 'cases',
  )!.columns;
  expect(columns.filter(({ dataType }) => dataType === 'blob')).toEqual([]);
  await db.destroy();
});
