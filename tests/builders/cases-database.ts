import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import { layCasesApart } from '../../server/adapters/sqlite/lay-cases-apart.ts';
import {
  addCaseHistory,
  addImports,
  type CasesSchema,
  createCasesTables,
} from '../../server/adapters/sqlite/sqlite-cases-schema.ts';
import { createReviewsTables } from '../../server/adapters/sqlite/sqlite-reviews-schema.ts';

/** A question that was put to a database: how SQLite goes about it, and how many rows came of it. */
export interface Asked {
  readonly plan: readonly string[];
  readonly rowCount: number;
}

/** A fresh database with the tables of the cases; `path` is in memory by default. */
export async function openCasesDatabase(
  path = ':memory:',
): Promise<{ db: Kysely<CasesSchema>; asked: Asked[] }> {
  const sqlite = new DatabaseSync(path);
  const asked: Asked[] = [];
  const planOf = (sql: string) =>
    sqlite
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => String(detail));
  const database = {
    close: () => sqlite.close(),
    prepare(sql: string) {
      const statement = sqlite.prepare(sql);
      const run = statement.run.bind(statement) as (...values: unknown[]) => never;
      const all = statement.all.bind(statement) as (...values: unknown[]) => unknown[];
      const iterate = statement.iterate.bind(statement) as (...values: unknown[]) => never;
      return {
        reader: statement.columns().length > 0,
        all(values: readonly unknown[]) {
          const rows = all(...values);
          asked.push({ plan: planOf(sql), rowCount: rows.length });
          return rows;
        },
        run: (values: readonly unknown[]) => run(...values),
        iterate: (values: readonly unknown[]) => iterate(...values),
      };
    },
  };
  const db = new Kysely<CasesSchema>({ dialect: new SqliteDialect({ database }) });
  await createCasesTables(db);
  await addImports(db);
  await addCaseHistory(db);
  await createReviewsTables(db as unknown as Kysely<never>);
  await layCasesApart(db as unknown as Kysely<never>);
  return { db, asked };
}
