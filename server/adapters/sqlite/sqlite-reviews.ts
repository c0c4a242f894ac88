import type { Kysely } from 'kysely';
import type { CaseReview } from '../../cases/anonymise/case-review.ts';
import type { Approval, ReviewStore } from '../../cases/anonymise/ports.ts';
import type { TextSealer } from '../../kernel/vault.ts';
import type { Database } from './sqlite-database.ts';

/** One row a case whose narrative is under review. */
export interface CaseReviewsTable {
  case_id: string;
  version: number;
  sealed: Uint8Array;
}

/** One row an approval. */
export interface CaseApprovalsTable {
  case_id: string;
  number: number;
  sealed: Uint8Array;
}

/** The tables of the reviews. */
export interface ReviewsSchema {
  case_reviews: CaseReviewsTable;
  case_approvals: CaseApprovalsTable;
}

/** Creates the tables of the reviews. Portable SQL: nothing here is SQLite's alone. */
export async function createReviewsTables({ schema }: Kysely<never>): Promise<void> {
  await schema
    .createTable('case_reviews')
    .addColumn('case_id', 'text', (column) =>
      column.primaryKey().notNull().references('cases.id').onDelete('cascade'),
    )
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('sealed', 'blob', (column) => column.notNull())
    .execute();
  await schema
    .createTable('case_approvals')
    .addColumn('case_id', 'text', (column) =>
      column.notNull().references('cases.id').onDelete('cascade'),
    )
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('sealed', 'blob', (column) => column.notNull())
    .addPrimaryKeyConstraint('case_approvals_key', ['case_id', 'number'])
    .execute();
}

/** Keeps reviews in the database; all of them but the number of changes is sealed. */
export function createSqliteReviews(deps: { database: Database; sealer: TextSealer }): ReviewStore {
  const { database, sealer } = deps;
  const reviewPlace = (row: string) => ({ table: 'case_reviews', row, field: 'sealed' });
  const approvalPlace = (id: string, number: number) => ({
    table: 'case_approvals',
    row: `${id}/${number}`,
    field: 'sealed',
  });

  return {
    async review(id) {
      const row = await database
        .selectFrom('case_reviews')
        .selectAll()
        .where('case_id', '=', id)
        .executeTakeFirst();
      if (row === undefined) return null;
      const review = JSON.parse(sealer.open(reviewPlace(id), row.sealed)) as CaseReview;
      return { version: row.version, review };
    },
    async saveReview(id, after, review) {
      const sealed = sealer.seal(reviewPlace(id), JSON.stringify(review));
      const version = after + 1;
      if (after > 0) {
        const { numUpdatedRows } = await database
          .updateTable('case_reviews')
          .set({ version, sealed })
          .where('case_id', '=', id)
          .where('version', '=', after)
          .executeTakeFirst();
        return numUpdatedRows === 1n;
      }
      const { numInsertedOrUpdatedRows } = await database
        .insertInto('case_reviews')
        .values({ case_id: id, version, sealed })
        .onConflict((conflict) => conflict.column('case_id').doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
    async approvals(id) {
      const rows = await database
        .selectFrom('case_approvals')
        .selectAll()
        .where('case_id', '=', id)
        .orderBy('number')
        .execute();
      return rows.map(
        ({ number, sealed }) =>
          JSON.parse(sealer.open(approvalPlace(id, number), sealed)) as Approval,
      );
    },
    async addApproval(id, approval) {
      await database.transaction().execute(async (transaction) => {
        const { last } = await transaction
          .selectFrom('case_approvals')
          .select(({ fn }) => fn.max('number').as('last'))
          .where('case_id', '=', id)
          .executeTakeFirstOrThrow();
        const number = Number(last ?? 0) + 1;
        const sealed = sealer.seal(approvalPlace(id, number), JSON.stringify(approval));
        await transaction
          .insertInto('case_approvals')
          .values({ case_id: id, number, sealed })
          .execute();
      });
    },
  };
}
