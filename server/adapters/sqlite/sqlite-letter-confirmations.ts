import type { SchemaModule } from 'kysely';
import type { TextSealer } from '../../kernel/vault.ts';
import type { Confirmation } from '../../letters/grounds/confirmations.ts';
import type { ConfirmationStore } from '../../letters/ports.ts';
import type { Database } from './sqlite-database.ts';

/**
 * One row a confirmation, in their order. Who confirmed what is sealed: a row that somebody wrote by
 * hand does not open.
 */
export interface LetterConfirmationsTable {
  id: string;
  sealed: Uint8Array;
}

/** The table of the confirmations. */
export interface LetterConfirmationsSchema {
  letter_confirmations: LetterConfirmationsTable;
}

/** Creates the table of the confirmations. Portable SQL: nothing here is SQLite's alone. */
export async function createLetterConfirmationsTable({
  schema,
}: {
  schema: SchemaModule;
}): Promise<void> {
  await schema
    .createTable('letter_confirmations')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('sealed', 'blob', (column) => column.notNull())
    .execute();
}

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
