import type { SchemaModule } from 'kysely';

/** One row a sending of a pack; where it went and under which numbers is sealed. */
export interface PackSubmissionsTable {
  id: string;
  pack_id: string;
  /** Its place among those of the pack, from 0. */
  place: number;
  sealed: Uint8Array;
}

/** One row a reply; its file is a blob, whose digest is sealed with the rest. */
export interface PackRepliesTable {
  id: string;
  pack_id: string;
  place: number;
  sealed: Uint8Array;
}

/** One row a reply that the custody log may not have yet. */
export interface PackRepliesAnnouncedTable {
  id: string;
  /** When, UTC to the millisecond: the order of the rows. */
  at: string;
  /** Null in rows of before the column: those say it in what is sealed alone. */
  pack_id: string | null;
  sealed: Uint8Array;
}

/** The tables of what came of packs. */
export interface SubmissionsSchema {
  pack_replies_announced: PackRepliesAnnouncedTable;
  pack_submissions: PackSubmissionsTable;
  pack_replies: PackRepliesTable;
}

/** Creates the tables of what came of packs. Portable SQL: nothing here is SQLite's alone. */
export async function createSubmissionsTables({ schema }: { schema: SchemaModule }): Promise<void> {
  for (const table of ['pack_submissions', 'pack_replies']) {
    await schema
      .createTable(table)
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('pack_id', 'text', (column) => column.notNull().references('packs.id'))
      .addColumn('place', 'integer', (column) => column.notNull())
      .addColumn('sealed', 'blob', (column) => column.notNull())
      .addUniqueConstraint(`${table}_place`, ['pack_id', 'place'])
      .execute();
  }
}

/** Creates the table of replies that are not listed yet. */
export async function createAnnouncedReplies({ schema }: { schema: SchemaModule }): Promise<void> {
  await schema
    .createTable('pack_replies_announced')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('sealed', 'blob', (column) => column.notNull())
    .execute();
}

/** Adds to replies that are not listed yet the pack which they are to. */
export async function addPackOfAnnounced({ schema }: { schema: SchemaModule }): Promise<void> {
  await schema.alterTable('pack_replies_announced').addColumn('pack_id', 'text').execute();
}
