import type { SchemaModule } from 'kysely';

/** One row a recording; `sealed` holds all of it. */
export interface RecordingsTable {
  id: string;
  /** Grows with every recording: the order in which they came. */
  number: number;
  sealed: Uint8Array;
}

/** One row a covered copy; `sealed` holds its proof, digest and receipt. */
export interface CopiesTable {
  id: string;
  recording_id: string;
  sealed: Uint8Array;
}

/** One row a version of a plan, sealed. */
export interface RecordingPlansTable {
  recording_id: string;
  version: number;
  sealed: Uint8Array;
}

/** One row a presence log, sealed as a whole. */
export interface PresenceLogsTable {
  id: string;
  sealed: Uint8Array;
}

/** The tables of the footage. */
export interface RecordingsSchema {
  recordings: RecordingsTable;
  copies: CopiesTable;
  recording_plans: RecordingPlansTable;
  presence_logs: PresenceLogsTable;
}

/** Creates the tables of the footage. Portable SQL: nothing here is SQLite's alone. */
export async function createRecordingsTables({ schema }: { schema: SchemaModule }): Promise<void> {
  await schema
    .createTable('recordings')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('number', 'integer', (column) => column.notNull().unique())
    .addColumn('sealed', 'blob', (column) => column.notNull())
    .execute();
  await schema
    .createTable('copies')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('recording_id', 'text', (column) => column.notNull().references('recordings.id'))
    .addColumn('sealed', 'blob', (column) => column.notNull())
    .execute();
  await schema
    .createIndex('copies_by_recording')
    .on('copies')
    .columns(['recording_id', 'id'])
    .execute();
  await schema
    .createTable('recording_plans')
    .addColumn('recording_id', 'text', (column) => column.notNull().references('recordings.id'))
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('sealed', 'blob', (column) => column.notNull())
    .addPrimaryKeyConstraint('recording_plans_key', ['recording_id', 'version'])
    .execute();
  await schema
    .createTable('presence_logs')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('sealed', 'blob', (column) => column.notNull())
    .execute();
}
