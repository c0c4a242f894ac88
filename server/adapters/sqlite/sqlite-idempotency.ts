import type { SchemaModule } from 'kysely';
import type { IdempotencyStore } from '../../http/idempotency.ts';
import type { Database } from './sqlite-database.ts';

/** One row an answer that a repetition gets again. */
export interface AnswersTable {
  key: string;
  asked: string;
  status: number;
  json: string;
}

/** The table of the answers. */
export interface AnswersSchema {
  answers: AnswersTable;
}

/** Creates the table of the answers. Portable SQL: nothing here is SQLite's alone. */
export async function createAnswersTable({ schema }: { schema: SchemaModule }): Promise<void> {
  await schema
    .createTable('answers')
    .addColumn('key', 'text', (column) => column.primaryKey().notNull())
    .addColumn('asked', 'text', (column) => column.notNull())
    .addColumn('status', 'integer', (column) => column.notNull())
    .addColumn('json', 'text', (column) => column.notNull())
    .execute();
}

/** Keeps answers in the database: only those of jobs that were started, which name ids and no more. */
export function createSqliteIdempotency(deps: { database: Database }): IdempotencyStore {
  const { database } = deps;
  return {
    async find(key) {
      const row = await database
        .selectFrom('answers')
        .selectAll()
        .where('key', '=', key)
        .executeTakeFirst();
      if (row === undefined) return null;
      return { asked: row.asked, status: row.status, json: JSON.parse(row.json) };
    },
    async keep(key, { asked, status, json }) {
      await database
        .insertInto('answers')
        .values({ key, asked, status, json: JSON.stringify(json) })
        .onConflict((conflict) => conflict.column('key').doNothing())
        .execute();
    },
  };
}
