import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { layCasesApart } from '../../server/adapters/sqlite/lay-cases-apart.ts';
import { createSqliteCases } from '../../server/adapters/sqlite/sqlite-cases.ts';
import { type Database, openDatabase } from '../../server/adapters/sqlite/sqlite-database.ts';
import { createSqliteImports } from '../../server/adapters/sqlite/sqlite-imports.ts';
import { MIGRATIONS } from '../../server/adapters/sqlite/sqlite-migrations.ts';
import { openVault, type Vault } from '../../server/adapters/vault/vault.ts';
import type { CaseRecord } from '../../server/cases/case.ts';
import { DEFAULT_CODE_LISTS as lists } from '../../server/cases/codes/code-lists.ts';
import type { CaseEvent } from '../../server/cases/registry/case-history.ts';
import { aCase, aConsent } from '../builders/case.ts';
import { aDatabase } from '../builders/open-vault.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';

const BEFORE = MIGRATIONS.findIndex(({ up }) => up === layCasesApart);
const event: CaseEvent = {
  kind: 'entered',
  at: '2026-11-20T08:00:00Z',
  role: 'lawyer',
  reason: null,
  before: {},
};
const decision = {
  language: 'ru',
  start: 0,
  end: 7,
  surface: 'Рассказ',
  verdict: 'keep',
  reason: 'no name',
  byRole: 'lawyer',
  decidedAt: '2026-11-23T10:15:00Z',
} as const;

const rich = aCase({
  registryCode: 'REG-1',
  month: '2021-10',
  date: '2021-10-14',
  site: 'site-9',
  nearOstSite: 'yes',
  primaryPopulation: 'pwid',
  // In no order that a database would give by itself.
  populations: ['pwid', 'msm', 'pwud'],
  perpetrators: ['police-patrol', 'employer'],
  acts: ['threat', 'extortion', 'beating'],
  services: ['legal-aid'],
  durationMinutes: 187,
  narrative: { ru: 'Рассказ' },
  consent: { narrative: aConsent({ level: 'C2' }), media: aConsent() },
});
const plain = aCase({ registryCode: 'REG-2', month: '2020-01', acts: ['beating'], services: [] });
const imported = aCase({ registryCode: 'REG-3', month: '2021-10', services: [] });

test('a registry from before cases were laid apart says all it said, and can be worked on', async () => {
  const dataDir = aTemporaryFolder();
  const keyFile = path.join(aTemporaryFolder(), 'vault.key');
  writeFileSync(keyFile, Buffer.alloc(32, 'key'));
  const former = await openDatabase({ dataDir, migrations: MIGRATIONS.slice(0, BEFORE) });
  const vault = (await openVault({ dataDir, database: former, keyFile }))!;
  await writeAsBefore(former, vault);
  await former.destroy();

  const db = await aDatabase(dataDir);
  const cases = createSqliteCases({ db, ...vault, lists });
  const imports = createSqliteImports({ db, ...vault, purge: async () => {} });
  for (const record of [rich, plain, imported]) expect(await cases.find(record.id)).toEqual(record);
  const { cases: page } = await cases.page({ filter: {}, limit: 10 });
  expect(page.map(({ id }) => id)).toEqual([plain.id, ...[rich.id, imported.id].sort()]);
  expect(await cases.count({ acts: ['beating'] })).toBe(2);
  expect(await cases.count({ sites: ['site-9'], populations: ['pwud'] })).toBe(1);
  expect(await cases.historyOf(rich.id)).toEqual([event]);
  expect(await cases.decisionsOf(rich.id)).toEqual([decision]);
  const kept = sql<{ version: number }>`select version from case_reviews union all
    select number from case_approvals`;
  expect((await kept.execute(db)).rows).toEqual([{ version: 7 }, { version: 4 }]);
  expect((await imports.list()).map(({ id }) => id)).toEqual(['accepted']);

  // Both ends of what refers to a case: a new entry finds it, and an undone import takes it out.
  const changed = { ...rich, readiness: 'ready', month: '2021-11', date: null };
  expect(await cases.replaceAll([{ record: changed, after: 1, event }])).toBe(true);
  expect(await cases.find(rich.id)).toEqual(changed);
  await imports.undo('accepted', new Set());
  await expect(cases.find(imported.id)).rejects.toMatchObject({ code: 'CASE_UNKNOWN' });
  await expect(cases.insertAll([aCase({ registryCode: 'reg-1' })])).rejects.toMatchObject({
    code: 'REGISTRY_CODE_TAKEN',
  });
  expect((await sql`pragma foreign_key_check`.execute(db)).rows).toEqual([]);
  expect((await sql`pragma integrity_check`.execute(db)).rows).toEqual([{ integrity_check: 'ok' }]);
});

/** Rows as they were written before, from the cases above. */
async function writeAsBefore(database: Database, { sealer, namer }: Vault) {
  const db = database as unknown as Kysely<Record<string, Record<string, unknown>>>;
  const add = (table: string, values: Record<string, unknown>) =>
    db.insertInto(table).values(values).execute();
  for (const [id, state] of [
    ['accepted', 'imported'],
    ['waiting', 'previewed'],
  ]) {
    const counts = { case_count: 1, problem_count: 0 };
    await add('imports', { id, state, started_at: '2026-11-20T08:00:00Z', ...counts });
    await add('import_batches', { import_id: id, number: 0, sealed: new Uint8Array(3) });
  }
  const seal = (table: string, row: string, field: string, value: unknown) =>
    sealer.seal({ table, row, field }, JSON.stringify(value));
  for (const record of [rich, plain, imported]) await addCase(record);
  await add('case_history', {
    case_id: rich.id,
    number: 0,
    sealed: seal('case_history', `${rich.id}/0`, 'sealed', event),
  });
  await add('case_reviews', { case_id: rich.id, version: 7, sealed: new Uint8Array(1) });
  await add('case_approvals', { case_id: rich.id, number: 4, sealed: new Uint8Array(1) });

  async function addCase(record: CaseRecord) {
    const { id, registryCode, date, site, durationMinutes, ageGroup, gender } = record;
    const { narrative, consent } = record;
    const sealed = {
      ...{ registryCode, date, site, durationMinutes, ageGroup, gender },
      ...{ narrative, consent },
    };
    const nameOf = (field: string, value: string) =>
      namer.nameFor({ table: 'cases', field, value });
    await add('cases', {
      id,
      registry_name: nameOf('registryCode', registryCode),
      month: record.month,
      oblast: record.oblast,
      district: record.district,
      site_name: site === null ? null : nameOf('site', site),
      near_ost_site: record.nearOstSite,
      primary_population: record.primaryPopulation,
      place: record.place,
      response: record.response,
      readiness: record.readiness,
      consent_level: consent.narrative.level,
      sealed: seal('cases', id, 'sealed', sealed),
      sealed_decisions: record === rich ? seal('cases', id, 'sealed_decisions', [decision]) : null,
      import_id: record === imported ? 'accepted' : null,
    });
    const codes = {
      population: record.populations,
      perpetrator: record.perpetrators,
      act: record.acts,
      service: record.services,
    };
    for (const [list, all] of Object.entries(codes)) {
      for (const [position, code] of all.entries()) {
        await add('case_codes', { case_id: id, list, code, position });
      }
    }
  }
}
