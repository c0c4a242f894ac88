import type { PresenceStore } from '../../footage/ports.ts';
import { PresenceError } from '../../footage/presence/presence-error.ts';
import { parsePresenceLog } from '../../footage/presence/presence-log.ts';
import { newId, type RandomBytes } from '../../kernel/ids.ts';
import type { TextSealer } from '../../kernel/vault.ts';
import type { Database } from './sqlite-database.ts';

/** Keeps presence logs in the database, sealed. */
export function createSqlitePresence(deps: {
  database: Database;
  sealer: TextSealer;
  random: RandomBytes;
}): PresenceStore {
  const { database, sealer, random } = deps;
  const placeOf = (row: string) => ({ table: 'presence_logs', row, field: 'sealed' });
  const opened = ({ id, sealed }: { id: string; sealed: Uint8Array }) =>
    parsePresenceLog(JSON.parse(sealer.open(placeOf(id), sealed)));
  return {
    async addLog(log) {
      const id = newId(random);
      const sealed = sealer.seal(placeOf(id), JSON.stringify(log));
      await database.insertInto('presence_logs').values({ id, sealed }).execute();
      return id;
    },
    async log(id) {
      const row = await database
        .selectFrom('presence_logs')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      if (row !== undefined) return opened(row);
      throw new PresenceError(
        'PRESENCE_LOG_UNKNOWN',
        'There is no such presence log. Look it up in the list again.',
      );
    },
    async logs() {
      const rows = await database.selectFrom('presence_logs').selectAll().orderBy('id').execute();
      return rows.map((row) => ({ id: row.id, log: opened(row) }));
    },
  };
}
