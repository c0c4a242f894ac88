import type { CaseReview } from '../../cases/anonymise/case-review.ts';
import type { Approval, ReviewStore } from '../../cases/anonymise/ports.ts';
import type { TextSealer } from '../../kernel/vault.ts';
import type { Database } from './sqlite-database.ts';

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
