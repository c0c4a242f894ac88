import type { PlanStore } from '../../footage/ports.ts';
import type { JsonValue } from '../../kernel/canonical-json.ts';
import type { TextSealer } from '../../kernel/vault.ts';
import type { Database } from './sqlite-database.ts';

/** Keeps plans of recordings in the database, every version, sealed. */
export function createSqlitePlans(deps: { database: Database; sealer: TextSealer }): PlanStore {
  const { database, sealer } = deps;
  const placeOf = (recording: string, version: number) => ({
    table: 'recording_plans',
    row: `${recording}/${version}`,
    field: 'sealed',
  });
  const rowsOf = (recording: string) =>
    database.selectFrom('recording_plans').selectAll().where('recording_id', '=', recording);
  const open = (row: { recording_id: string; version: number; sealed: Uint8Array }) => ({
    version: row.version,
    plan: JSON.parse(sealer.open(placeOf(row.recording_id, row.version), row.sealed)) as JsonValue,
  });

  return {
    async latestPlan(recording) {
      const row = await rowsOf(recording).orderBy('version', 'desc').executeTakeFirst();
      return row === undefined ? null : open(row);
    },
    async plan(recording, version) {
      const row = await rowsOf(recording).where('version', '=', version).executeTakeFirst();
      return row === undefined ? null : open(row);
    },
    async addPlan(recording, after, plan) {
      const version = after + 1;
      const sealed = sealer.seal(placeOf(recording, version), JSON.stringify(plan));
      return await database.transaction().execute(async (transaction) => {
        const { last } = await transaction
          .selectFrom('recording_plans')
          .select(({ fn }) => fn.max('version').as('last'))
          .where('recording_id', '=', recording)
          .executeTakeFirstOrThrow();
        if (Number(last ?? 0) !== after) return false;
        await transaction
          .insertInto('recording_plans')
          .values({ recording_id: recording, version, sealed })
          .execute();
        return true;
      });
    },
  };
}
