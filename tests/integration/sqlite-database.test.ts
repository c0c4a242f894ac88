import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openDatabase } from '../../server/adapters/sqlite/sqlite-database.ts';
import { MIGRATIONS, type Migration } from '../../server/adapters/sqlite/sqlite-migrations.ts';
import { aDatabase } from '../builders/open-vault.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';

test('the database is set up to keep what it acknowledged', async () => {
  const dataDir = aTemporaryFolder();
  const database = await openDatabase({ dataDir });
  await database.destroy();
  const again = await aDatabase(dataDir);
  const pragmas = [
    'journal_mode',
    'synchronous',
    'foreign_keys',
    'trusted_schema',
    'secure_delete',
  ];
  const values = await Promise.all(
    pragmas.map(async (name) => {
      const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(again);
      return Object.values(rows[0]!)[0];
    }),
  );
  expect(values).toEqual(['wal', 2, 1, 0, 1]);
});

const broken: Migration = {
  name: '999-broken',
  async up(db) {
    await db.schema.createTable('half').addColumn('id', 'text').execute();
    throw new Error('the power went out');
  },
};

test('a migration that breaks off leaves nothing of itself, and can be repeated', async () => {
  const dataDir = aTemporaryFolder();
  const opening = openDatabase({ dataDir, migrations: [...MIGRATIONS, broken] });
  await expect(opening).rejects.toMatchObject({ code: 'DATABASE_UNUSABLE' });
  const database = await aDatabase(dataDir);
  const tables = (await database.introspection.getTables()).map(({ name }) => name);
  expect(tables).not.toContain('half');
  for (const name of ['vault_wraps', 'blobs', 'custody_events', 'jobs', 'cases']) {
    expect(tables).toContain(name);
  }
});

test('a database of a later version is left alone', async () => {
  const dataDir = aTemporaryFolder();
  const later: Migration = { name: '999-later', up: async () => {} };
  await (await openDatabase({ dataDir, migrations: [...MIGRATIONS, later] })).destroy();
  await expect(openDatabase({ dataDir })).rejects.toMatchObject({ code: 'DATABASE_NEWER' });
});

test('what is no database, or no folder, is refused without its path', async () => {
  const dataDir = aTemporaryFolder();
  writeFileSync(path.join(dataDir, 'dalil.sqlite'), 'this is a text '.repeat(1000));
  const blocked = path.join(dataDir, 'dalil.sqlite');
  for (const folder of [dataDir, blocked]) {
    const error = await openDatabase({ dataDir: folder }).catch((e) => e);
    expect(['DATABASE_UNUSABLE', 'STORAGE_FAILED']).toContain(error.code);
    expect(error.message).not.toContain(dataDir);
  }
});

test('a transaction that fails leaves nothing, and the next one works', async () => {
  const database = await aDatabase();
  const row = { size: 1, note: 'a' };
  const failing = database.transaction().execute(async (transaction) => {
    await transaction.insertInto('custody_checkpoints').values(row).execute();
    await transaction.insertInto('custody_checkpoints').values(row).execute();
  });
  await expect(failing).rejects.toThrow(/UNIQUE/);
  await database.insertInto('custody_checkpoints').values(row).execute();
  const rows = await database.selectFrom('custody_checkpoints').selectAll().execute();
  expect(rows).toEqual([row]);
});

test('rows can be streamed', async () => {
  const database = await aDatabase();
  const rows = Array.from({ length: 100 }, (_, size) => ({ size, note: String(size) }));
  await database.insertInto('custody_checkpoints').values(rows).execute();
  const seen: number[] = [];
  for await (const { size } of database.selectFrom('custody_checkpoints').selectAll().stream()) {
    seen.push(size);
  }
  expect(seen).toEqual(rows.map(({ size }) => size));
});
