import type { TimestampStore } from '../../packs/ports.ts';
import type { Database } from './sqlite-database.ts';

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
