import type { IdempotencyStore } from '../../http/idempotency.ts';
import type { Database } from './sqlite-database.ts';

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
