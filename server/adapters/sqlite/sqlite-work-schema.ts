import type { Kysely, SchemaModule } from 'kysely';

/** One row a piece of work on a recording. */
export interface RecordingWorkTable {
  recording_id: string;
  /** Its use, and a keyed name: the bare one would confirm to a thief which recording it is of. */
  name: string;
  blob: string;
  sealed_facts: Uint8Array;
  /** What kept it, as `copyWorkVersion` and `analysisWorkVersion` say; null for what was kept before versions were noted. */
  version: string | null;
}

/** The table of the work that is kept. */
export interface WorkSchema {
  recording_work: RecordingWorkTable;
}

/** Creates the table of the work that is kept. Portable SQL: nothing here is SQLite's alone. */
export async function createWorkTable({ schema }: { schema: SchemaModule }): Promise<void> {
  await schema
    .createTable('recording_work')
    .addColumn('recording_id', 'text', (column) =>
      column.notNull().references('recordings.id').onDelete('cascade'),
    )
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('blob', 'text', (column) => column.notNull())
    .addColumn('sealed_facts', 'blob', (column) => column.notNull())
    .addPrimaryKeyConstraint('recording_work_key', ['recording_id', 'name'])
    .execute();
}

/** Notes by which version a piece was kept. */
export async function addWorkVersion(db: Kysely<never>): Promise<void> {
  await db.schema.alterTable('recording_work').addColumn('version', 'text').execute();
}
