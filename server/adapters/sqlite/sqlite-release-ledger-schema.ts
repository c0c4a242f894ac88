import type { Kysely } from 'kysely';

/** One row a release; all of it is sealed, for it joins cases with what was told of them. */
export interface ReleasesTable {
  /** 1, 2, 3 … in the order of recording. */
  number: number;
  sealed: Uint8Array;
}

/** The table of the release ledger. */
export interface ReleaseLedgerSchema {
  releases: ReleasesTable;
}

/** Creates the table of the release ledger. Portable SQL: nothing here is SQLite's alone. */
export async function createReleasesTable({ schema }: Kysely<never>): Promise<void> {
  await schema
    .createTable('releases')
    .addColumn('number', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('sealed', 'blob', (column) => column.notNull())
    .execute();
}
