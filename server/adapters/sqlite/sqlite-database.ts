import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { VaultError } from '../vault/vault-error.ts';
import { migrateDatabase } from './migrate-database.ts';
import { createNodeSqliteDialect } from './node-sqlite-dialect.ts';
import { MIGRATIONS, type Migration } from './sqlite-migrations.ts';
import type { DatabaseSchema } from './sqlite-schema.ts';
import { storageFailure } from './storage-failure.ts';

/** The rows of Dalil. */
export type Database = Kysely<DatabaseSchema>;

/** How long a writer waits for another process before it gives up. */
const BUSY_TIMEOUT_MS = 10_000;

/** What SQLite may keep of the file in memory: the indexes of 100,000 cases, filled in random order. */
const CACHE_KIB = 65_536;

/**
 * Opens `dalil.sqlite` in the data folder, creating both where missing, and brings it up to date.
 * Close it with `destroy()`.
 *
 * A commit has reached the disk when it resolves (WAL, `synchronous=FULL`), what is deleted is
 * overwritten (`secure_delete`), and functions named by the schema itself are not trusted.
 *
 * @throws {VaultError} `DATABASE_UNUSABLE`, `DATABASE_NEWER`, `STORAGE_FULL` or `STORAGE_FAILED`.
 */
export async function openDatabase(options: {
  dataDir: string;
  migrations?: readonly Migration[];
}): Promise<Database> {
  const { dataDir, migrations = MIGRATIONS } = options;
  const sqlite = openFile(dataDir);
  const database: Database = new Kysely({
    dialect: createNodeSqliteDialect(sqlite),
  });
  try {
    await migrateDatabase(database as unknown as Kysely<never>, migrations);
    return database;
  } catch (error) {
    sqlite.close();
    if (error instanceof VaultError) throw error;
    throw storageFailure(error) ?? unusable(error);
  }
}

/**
 * Makes deleted rows leave the write-ahead log too, where `secure_delete` does not reach. Readers
 * of another process may delay it to the next call.
 */
export async function purgeDeleted(database: Database): Promise<void> {
  await sql`pragma wal_checkpoint(truncate)`.execute(database);
}

/** Resolves when the database answers. */
export async function pingDatabase(database: Database): Promise<void> {
  await sql`select 1`.execute(database);
}

function openFile(dataDir: string): DatabaseSync {
  let sqlite: DatabaseSync | undefined;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const file = path.join(dataDir, 'dalil.sqlite');
    // Made here because SQLite would leave it readable for others; its log inherits the mode.
    closeSync(openSync(file, 'a', 0o600));
    sqlite = new DatabaseSync(file, {
      timeout: BUSY_TIMEOUT_MS,
      defensive: true,
    });
    sqlite.exec(
      `pragma journal_mode = wal;
       pragma synchronous = full;
       pragma foreign_keys = on;
       pragma trusted_schema = off;
       pragma secure_delete = on;
       pragma temp_store = memory;
       pragma cache_size = -${CACHE_KIB};`,
    );
    return sqlite;
  } catch (error) {
    sqlite?.close();
    throw storageFailure(error) ?? unusable(error);
  }
}

function unusable(cause: unknown): VaultError {
  return new VaultError(
    'DATABASE_UNUSABLE',
    'The database in the data folder cannot be opened. Check that DALIL_DATA names the right folder and may be written, or restore a backup.',
    { cause },
  );
}
