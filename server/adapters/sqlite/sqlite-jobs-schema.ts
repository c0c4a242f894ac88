import type { Kysely } from 'kysely';

/** One row a job. */
export interface JobsTable {
  id: string;
  kind: string;
  sealed_input: Uint8Array;
  sealed_output: Uint8Array | null;
  /** Name by inputs; null once the job failed or was cancelled, so that it may be asked for again. */
  name: string | null;
  state: string;
  done: number;
  total: number;
  unit: string;
  /** Milliseconds since 1970; 0 when nobody holds the job. */
  lease_until_ms: number;
  /** Grows with every claim; whoever holds an older one has lost the job. */
  fence: number;
  attempts: number;
  created_at_ms: number;
  updated_at_ms: number;
  error_code: string | null;
  error_message: string | null;
  /** Which process holds the job, as `processName` says; null when none does. */
  holder: string | null;
}

/** The table of the jobs. */
export interface JobsSchema {
  jobs: JobsTable;
}

/** Creates the table of the jobs. Portable SQL: nothing here is SQLite's alone. */
export async function createJobsTable(db: Kysely<never>): Promise<void> {
  const schema = db.schema;
  await schema
    .createTable('jobs')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('sealed_input', 'blob', (column) => column.notNull())
    .addColumn('sealed_output', 'blob')
    .addColumn('name', 'text', (column) => column.unique())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('done', 'bigint', (column) => column.notNull())
    .addColumn('total', 'bigint', (column) => column.notNull())
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('lease_until_ms', 'bigint', (column) => column.notNull())
    .addColumn('fence', 'integer', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('updated_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('error_code', 'text')
    .addColumn('error_message', 'text')
    .execute();
  await schema
    .createIndex('jobs_by_state')
    .on('jobs')
    .columns(['state', 'created_at_ms', 'id'])
    .execute();
}

/** Adds the name of the process that holds a job. */
export async function addJobHolder(db: Kysely<never>): Promise<void> {
  await db.schema.alterTable('jobs').addColumn('holder', 'text').execute();
}
