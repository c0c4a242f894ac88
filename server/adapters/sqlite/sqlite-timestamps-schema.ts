import type { Kysely } from 'kysely';

/** One row a time stamp that came after sealing; it tells nothing but a digest and a moment. */
export interface PackTimestampsTable {
  pack_id: string;
  authority: string;
  token: Uint8Array;
}

/** The table of late time stamps. */
export interface TimestampsSchema {
  pack_timestamps: PackTimestampsTable;
}

/** Creates the table of late time stamps. Portable SQL: nothing here is SQLite's alone. */
export async function createTimestampsTable({ schema }: Kysely<never>): Promise<void> {
  await schema
    .createTable('pack_timestamps')
    .addColumn('pack_id', 'text', (column) => column.notNull().references('packs.id'))
    .addColumn('authority', 'text', (column) => column.notNull())
    .addColumn('token', 'blob', (column) => column.notNull())
    .addPrimaryKeyConstraint('pack_timestamps_key', ['pack_id', 'authority'])
    .execute();
}
