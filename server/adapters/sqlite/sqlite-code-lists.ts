import type { CodeListEdition } from '../../cases/codes/code-lists.ts';
import type { CodeListStore } from '../../cases/ports.ts';
import type { TextSealer } from '../../kernel/vault.ts';
import type { Database } from './sqlite-database.ts';

/** Keeps every edition of the coded lists in the database, sealed. */
export function createSqliteCodeLists(deps: {
  database: Database;
  sealer: TextSealer;
}): CodeListStore {
  const { database, sealer } = deps;
  const placeOf = (version: number) => ({
    table: 'code_lists',
    row: String(version),
    field: 'sealed',
  });
  return {
    async editions() {
      const rows = await database.selectFrom('code_lists').selectAll().orderBy('version').execute();
      // By its place: an edition that was taken out leaves those after it unopenable.
      return rows.map(
        ({ sealed }, i) => JSON.parse(sealer.open(placeOf(i + 1), sealed)) as CodeListEdition,
      );
    },
    async add(edition) {
      const { version } = edition;
      const sealed = sealer.seal(placeOf(version), JSON.stringify(edition));
      return await database.transaction().execute(async (transaction) => {
        const { last } = await transaction
          .selectFrom('code_lists')
          .select(({ fn }) => fn.max('version').as('last'))
          .executeTakeFirstOrThrow();
        if (Number(last ?? 0) !== version - 1) return false;
        await transaction.insertInto('code_lists').values({ version, sealed }).execute();
        return true;
      });
    },
  };
}
