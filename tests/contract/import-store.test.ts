import type { Kysely } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createSqliteCases } from '../../server/adapters/sqlite/sqlite-cases.ts';
import { createSqliteImports } from '../../server/adapters/sqlite/sqlite-imports.ts';
import type { ReviewsSchema } from '../../server/adapters/sqlite/sqlite-reviews-schema.ts';
import { DEFAULT_CODE_LISTS as lists } from '../../server/cases/codes/code-lists.ts';
import type { CaseStore, ImportStore } from '../../server/cases/ports.ts';
import { sha256 } from '../../server/kernel/digest.ts';
import { newId } from '../../server/kernel/ids.ts';
import { aCase } from '../builders/case.ts';
import { openCasesDatabase } from '../builders/cases-database.ts';
import { createMemoryCases } from '../fakes/memory-cases.ts';
import { createMemoryImports } from '../fakes/memory-imports.ts';
import { createPlainVault } from '../fakes/plain-vault.ts';

interface Stores {
  readonly cases: CaseStore;
  readonly imports: ImportStore;
  readonly db?: Awaited<ReturnType<typeof openCasesDatabase>>['db'];
}
const STORES: Record<string, () => Promise<Stores>> = {
  memory: async () => {
    const cases = createMemoryCases({ lists });
    return { cases, imports: createMemoryImports({ cases }) };
  },
  sqlite: async () => {
    const { db } = await openCasesDatabase();
    const vault = createPlainVault();
    const imports = createSqliteImports({ db, ...vault, purge: async () => undefined });
    return { cases: createSqliteCases({ db, ...vault, lists }), imports, db };
  },
};
const start = new Date('2026-11-27T08:00:00Z');
const table = sha256('a table');
const none: ReadonlySet<string> = new Set();

async function previewed({ imports }: Stores, count = 3, problemCount = 0, at = start) {
  const records = Array.from({ length: count }, () => aCase({ narrative: { ru: 'Рассказ' } }));
  const id = await imports.begin(at);
  await imports.stage(id, records.slice(0, 2));
  await imports.stage(id, records.slice(2));
  await imports.finish(id, { table, caseCount: count, problemCount });
  return { id, records };
}

/** How many rows a database has of what waits, and of what is sealed of it and of cases. */
async function expectKept({ db }: Stores, rows: { staged: number; sealed: number }) {
  if (db === undefined) return;
  expect(await db.selectFrom('staged_cases').select('number').execute()).toHaveLength(rows.staged);
  expect(await db.selectFrom('sealed_cases').select('number').execute()).toHaveLength(rows.sealed);
}

describe.each(Object.keys(STORES))('an import store: %s', (name) => {
  const open = () => STORES[name]!();

  test('nothing is a case before it is accepted, then all is', async () => {
    const stores = await open();
    const { id, records } = await previewed(stores);
    expect(await stores.cases.count({})).toBe(0);
    expect(await stores.imports.find(id)).toEqual({
      id,
      state: 'previewed',
      startedAt: '2026-11-27T08:00:00Z',
      caseCount: 3,
      problemCount: 0,
    });
    await stores.imports.accept(id, start);
    for (const record of records) expect(await stores.cases.find(record.id)).toEqual(record);
    expect(await stores.imports.find(id)).toMatchObject({ state: 'imported' });
    await expect(stores.imports.accept(id, start)).rejects.toMatchObject({ code: 'IMPORT_OVER' });
  });

  test('after a day it is forgotten, though no other import began', async () => {
    const stores = await open();
    const { id } = await previewed(stores);
    const late = new Date(start.getTime() + 86_401_000);
    const unknown = { code: 'IMPORT_UNKNOWN' };
    await expect(stores.imports.accept(id, late)).rejects.toMatchObject(unknown);
    await expect(stores.imports.find(id)).rejects.toMatchObject(unknown);
    await expectKept(stores, { staged: 0, sealed: 0 });
    expect(await stores.cases.count({})).toBe(0);
  });

  test('what nobody accepted for a day goes when it is asked for, and nothing newer', async () => {
    const stores = await open();
    const { id: old } = await previewed(stores);
    const { id: newer } = await previewed(stores, 3, 0, new Date(start.getTime() + 3_600_000));
    await stores.imports.forgetOld(new Date(start.getTime() + 86_401_000));
    await expect(stores.imports.find(old)).rejects.toMatchObject({ code: 'IMPORT_UNKNOWN' });
    expect(await stores.imports.find(newer)).toMatchObject({ state: 'previewed' });
    await expectKept(stores, { staged: 3, sealed: 3 });
  });

  test('a code that came in meanwhile keeps everything out', async () => {
    const stores = await open();
    const { id, records } = await previewed(stores);
    await stores.cases.insertAll([aCase({ registryCode: records[2]!.registryCode })]);
    await expect(stores.imports.accept(id, start)).rejects.toMatchObject({
      code: 'REGISTRY_CODE_TAKEN',
    });
    expect(await stores.cases.count({})).toBe(1);
    expect(await stores.imports.find(id)).toMatchObject({ state: 'previewed' });
  });

  test('an import is undone as a whole, and its codes are free again', async () => {
    const stores = await open();
    const others = [aCase(), aCase()];
    await stores.cases.insertAll(others);
    const { id, records } = await previewed(stores);
    await expect(stores.imports.undo(id, none)).rejects.toMatchObject({ code: 'IMPORT_OVER' });
    await stores.imports.accept(id, start);
    await stores.imports.undo(id, none);
    expect(await stores.cases.count({})).toBe(2);
    expect(await stores.imports.find(id)).toMatchObject({ state: 'undone', caseCount: 3 });
    await expect(stores.imports.undo(id, none)).rejects.toMatchObject({ code: 'IMPORT_OVER' });
    await stores.cases.insertAll(records);
  });

  test('who reads while an import is undone finds cases that are there or are not', async () => {
    const stores = await open();
    const { id, records } = await previewed(stores, 30);
    await stores.imports.accept(id, start);
    const asked = records.flatMap((record) => [
      stores.cases.page({ filter: {}, limit: 30 }),
      stores.cases.findByRegistryCode(record.registryCode),
    ]);
    await Promise.all([...asked.slice(0, 20), stores.imports.undo(id, none), ...asked.slice(20)]);
    expect(await stores.cases.page({ filter: {}, limit: 30 })).toEqual({ cases: [], next: null });
  });

  test('once one case was reviewed, or told of in a pack, none is taken out', async () => {
    const stores = await open();
    const { id, records } = await previewed(stores);
    await stores.imports.accept(id, start);
    const touched = { code: 'IMPORT_TOUCHED' };
    const told = new Set([records[1]!.id]);
    await expect(stores.imports.undo(id, told)).rejects.toMatchObject(touched);
    await stores.cases.saveDecisions(records[0]!.id, [
      {
        language: 'ru',
        start: 0,
        end: 7,
        surface: 'Рассказ',
        verdict: 'keep',
        reason: 'a word',
        byRole: 'lawyer',
        decidedAt: '2026-11-27T09:00:00Z',
      },
    ]);
    await expect(stores.imports.undo(id, none)).rejects.toMatchObject(touched);
    expect(await stores.cases.count({})).toBe(3);
  });

  test('knows a table that was imported, until it is undone', async () => {
    const stores = await open();
    const { id } = await previewed(stores);
    expect(await stores.imports.wasImported(table)).toBe(false);
    await stores.imports.accept(id, start);
    expect(await stores.imports.wasImported(table)).toBe(true);
    expect(await stores.imports.wasImported(sha256('another'))).toBe(false);
    await stores.imports.undo(id, none);
    expect(await stores.imports.wasImported(table)).toBe(false);
  });

  test('forgets what nobody accepted for a day, and what is discarded', async () => {
    const stores = await open();
    const unknown = { code: 'IMPORT_UNKNOWN' };
    const { id: old } = await previewed(stores);
    const { id: kept } = await previewed(stores, 1);
    await stores.imports.accept(kept, start);
    const later = new Date(start.getTime() + 25 * 3_600_000);
    const { id: fresh } = await previewed(stores, 1, 4, later);
    await expect(stores.imports.find(old)).rejects.toMatchObject(unknown);
    expect((await stores.imports.list()).map((one) => one.id)).toEqual([fresh, kept]);
    await stores.imports.discard(fresh);
    await expect(stores.imports.accept(fresh, start)).rejects.toMatchObject(unknown);
    await expect(stores.imports.find(newId())).rejects.toMatchObject(unknown);
  });

  test('an import whose table was not read to its end cannot be accepted', async () => {
    const { imports } = await open();
    const id = await imports.begin(start);
    await imports.stage(id, [aCase()]);
    await expect(imports.accept(id, start)).rejects.toMatchObject({ code: 'IMPORT_UNKNOWN' });
    expect(await imports.list()).toEqual([]);
  });
});

test('a case whose review was begun is worked on', async () => {
  const stores = await STORES.sqlite!();
  const { id, records } = await previewed(stores);
  await stores.imports.accept(id, start);
  const review = { case_id: records[0]!.id, version: 1, sealed: new Uint8Array(1) };
  await (stores.db as unknown as Kysely<ReviewsSchema>)
    .insertInto('case_reviews')
    .values(review)
    .execute();
  await expect(stores.imports.undo(id, none)).rejects.toMatchObject({ code: 'IMPORT_TOUCHED' });
});

test('what waits for acceptance is sealed as cases are, and nothing of it is left when it is discarded', async () => {
  const stores = await STORES.sqlite!();
  const { id, records } = await previewed(stores);
  const sealed = await stores.db!.selectFrom('sealed_cases').select('sealed').execute();
  const staged = await stores.db!.selectFrom('staged_cases').selectAll().execute();
  expect(staged).toHaveLength(3);
  const bytes = Buffer.concat(sealed.map((row) => Buffer.from(row.sealed)));
  for (const word of ['Рассказ', '2021-03-20', records[0]!.registryCode]) {
    expect(bytes.includes(word)).toBe(false);
    expect(JSON.stringify(staged)).not.toContain(word);
  }
  await stores.imports.discard(id);
  await expectKept(stores, { staged: 0, sealed: 0 });
});

test('what an import brought in is gone when it is undone, and nothing else', async () => {
  const stores = await STORES.sqlite!();
  const other = aCase();
  await stores.cases.insertAll([other]);
  const { id } = await previewed(stores);
  await stores.imports.accept(id, start);
  await expectKept(stores, { staged: 0, sealed: 4 });
  await stores.imports.undo(id, none);
  await expectKept(stores, { staged: 0, sealed: 1 });
  expect(await stores.cases.find(other.id)).toEqual(other);
});
