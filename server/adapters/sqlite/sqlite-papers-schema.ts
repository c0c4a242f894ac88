import type { SchemaModule } from 'kysely';

/** One row an edition of a paper; whose it is and when it came is sealed. */
export interface PapersTable {
  id: string;
  /** Editions in the order in which they came. */
  number: number;
  sealed: Uint8Array;
}

/** The table of the papers. */
export interface PapersSchema {
  organisation_papers: PapersTable;
}

/** Creates the table of the papers. Portable SQL: nothing here is SQLite's alone. */
export async function createPapersTable({ schema }: { schema: SchemaModule }): Promise<void> {
  await schema
    .createTable('organisation_papers')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('number', 'integer', (column) => column.notNull().unique())
    .addColumn('sealed', 'blob', (column) => column.notNull())
    .execute();
}
