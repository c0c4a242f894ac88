import { CompiledQuery, type Insertable, type InsertQueryBuilder, type Kysely } from 'kysely';
import type { CasesSchema } from './sqlite-cases-schema.ts';

/** Rows of one INSERT: more make its text longer than what they save. */
const INSERT_ROWS = 100;

type Table = 'cases' | 'sealed_cases' | 'staged_cases';

/**
 * Creates the insertion of many rows. Kysely writes the text of an INSERT once for each number of rows;
 * after that only the values are handed over, which takes a third of the time of writing it anew.
 *
 * Every row must have every column of the first, in its order, and hold plain values.
 */
export function createRowInserter() {
  const texts = new Map<string, string>();

  return async function insertRows<Name extends Table>(
    transaction: Kysely<CasesSchema>,
    table: Name,
    rows: readonly (CasesSchema[Name] & object)[],
  ): Promise<void> {
    for (let from = 0; from < rows.length; from += INSERT_ROWS) {
      const some = rows.slice(from, from + INSERT_ROWS);
      const columns = Object.keys(some[0]!) as (keyof CasesSchema[Name])[];
      const kind = `${table}/${some.length}/${columns.join()}`;
      let text = texts.get(kind);
      if (text === undefined) {
        const query = transaction.insertInto(table) as unknown as InsertQueryBuilder<
          CasesSchema,
          Table,
          unknown
        >;
        text = query.values(some as unknown as Insertable<CasesSchema[Table]>[]).compile().sql;
        texts.set(kind, text);
      }
      const values = some.flatMap((row) => columns.map((column) => row[column]));
      await transaction.executeQuery(CompiledQuery.raw(text, values));
    }
  };
}
