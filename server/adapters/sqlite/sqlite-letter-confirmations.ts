import type { TextSealer } from '../../kernel/vault.ts';
import type { Confirmation } from '../../letters/grounds/confirmations.ts';
import type { ConfirmationStore } from '../../letters/ports.ts';
import type { Database } from './sqlite-database.ts';

/** Keeps what lawyers confirmed of grounds and readers of Kyrgyz texts, one row for each of them. */
export function createSqliteLetterConfirmations(deps: {
  database: Database;
  sealer: TextSealer;
}): ConfirmationStore {
  const { database, sealer } = deps;
  const idOf = ({ of, digest }: Confirmation) => `${of}/${digest}`;
  const placeOf = (row: string) => ({ table: 'letter_confirmations', row, field: 'sealed' });

  return {
    async all() {
      const rows = await database.selectFrom('letter_confirmations').selectAll().execute();
      return rows.map(
        ({ id, sealed }) => JSON.parse(sealer.open(placeOf(id), sealed)) as Confirmation,
      );
    },
    async add(confirmations) {
      await database.transaction().execute(async (transaction) => {
        for (const one of confirmations) {
          const id = idOf(one);
          const sealed = sealer.seal(placeOf(id), JSON.stringify(one));
          await transaction
            .insertInto('letter_confirmations')
            .values({ id, sealed })
            .onConflict((conflict) => conflict.column('id').doUpdateSet({ sealed }))
            .execute();
        }
      });
    },
  };
}
