import type { Kysely } from 'kysely';

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
