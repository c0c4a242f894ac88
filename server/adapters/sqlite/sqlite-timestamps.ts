import type { Kysely } from 'kysely';
import type { TimestampStore } from '../../packs/ports.ts';
import type { Database } from './sqlite-database.ts';

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

/** Keeps late time stamps in the database. */
export function createSqliteTimestamps({ database }: { database: Database }): TimestampStore {
  return {
    async add(pack, { name, token }) {
      await database
        .insertInto('pack_timestamps')
        .values({ pack_id: pack, authority: name, token })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async list(pack) {
      const rows = await database
        .selectFrom('pack_timestamps')
        .select(['authority', 'token'])
        .where('pack_id', '=', pack)
        .orderBy('authority')
        .execute();
      return rows.map(({ authority, token }) => ({
        name: authority,
        token: new Uint8Array(token),
      }));
    },
  };
}
