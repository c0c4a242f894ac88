import type { SchemaModule } from 'kysely';

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
