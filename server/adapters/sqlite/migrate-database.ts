import { type Kysely, sql } from 'kysely';
import { VaultError } from '../vault/vault-error.ts';
import type { Migration } from './sqlite-migrations.ts';

interface MigrationsSchema {
  migrations: { number: number; name: string };
}

/**
 * Brings a database to the last migration. Each step commits as a whole or not at all, so that a
 * crash leaves the database between two steps, never within one.
 *
 * @throws {VaultError} `DATABASE_NEWER` when steps ran that this program does not know.
 */
export async function migrateDatabase(
  database: Kysely<never>,
  migrations: readonly Migration[],
): Promise<void> {
  const db = database as unknown as Kysely<MigrationsSchema>;
  await db.schema
    .createTable('migrations')
    .ifNotExists()
    .addColumn('number', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.notNull().unique())
    .execute();
  for (;;) {
    const finished = await db.transaction().execute(async (transaction) => {
      const ran = await transaction
        .selectFrom('migrations')
        .selectAll()
        .orderBy('number')
        .execute();
      if (ran.some((step, i) => step.name !== migrations[i]?.name)) throw databaseNewer();
      const next = migrations[ran.length];
      if (next === undefined) return true;
      await next.up(transaction as unknown as Kysely<never>);
      await transaction
        .insertInto('migrations')
        .values({ number: ran.length, name: next.name })
        .execute();
      return false;
    });
    if (finished) break;
  }
  // What steps took out of tables must leave the write-ahead log too.
  await sql`pragma wal_checkpoint(truncate)`.execute(db);
  await sql`pragma optimize`.execute(db);
}

function databaseNewer(): VaultError {
  return new VaultError(
    'DATABASE_NEWER',
    'The database was made by another version of Dalil. Start the newest version, or restore a backup made by this one.',
  );
}
