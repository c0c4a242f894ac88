import type { SchemaModule } from 'kysely';

/**
 * One row a confirmation, in their order. Who confirmed what is sealed: a row that somebody wrote by
 * hand does not open.
 */
export interface LetterConfirmationsTable {
  id: string;
  sealed: Uint8Array;
}

/** The table of the confirmations. */
export interface LetterConfirmationsSchema {
  letter_confirmations: LetterConfirmationsTable;
}

/** Creates the table of the confirmations. Portable SQL: nothing here is SQLite's alone. */
export async function createLetterConfirmationsTable({
  schema,
}: {
  schema: SchemaModule;
}): Promise<void> {
  await schema
    .createTable('letter_confirmations')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('sealed', 'blob', (column) => column.notNull())
    .execute();
}
