import type { SchemaModule } from 'kysely';

/** One row an edition of the coded lists, sealed as a whole. */
export interface CodeListsTable {
  /** 1, 2, 3 … in the order of editing. */
  version: number;
  sealed: Uint8Array;
}

/** The table of the coded lists. */
export interface CodeListsSchema {
  code_lists: CodeListsTable;
}

/** Creates the table of the coded lists. Portable SQL: nothing here is SQLite's alone. */
export async function createCodeListsTable({ schema }: { schema: SchemaModule }): Promise<void> {
  await schema
    .createTable('code_lists')
    .addColumn('version', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('sealed', 'blob', (column) => column.notNull())
    .execute();
}
