import type { SchemaModule } from 'kysely';

/** One row a picture of a recording. */
export interface PicturesTable {
  recording_id: string;
  name: string;
  blob: string;
  /** Its SHA-256: the digest of a picture of people is sealed. */
  sealed_digest: Uint8Array;
}

/** The table of the pictures. */
export interface PicturesSchema {
  recording_pictures: PicturesTable;
}

/** Creates the table of the pictures. Portable SQL: nothing here is SQLite's alone. */
export async function createPicturesTable({ schema }: { schema: SchemaModule }): Promise<void> {
  await schema
    .createTable('recording_pictures')
    .addColumn('recording_id', 'text', (column) =>
      column.notNull().references('recordings.id').onDelete('cascade'),
    )
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('blob', 'text', (column) => column.notNull())
    .addColumn('sealed_digest', 'blob', (column) => column.notNull())
    .addPrimaryKeyConstraint('recording_pictures_key', ['recording_id', 'name'])
    .execute();
}
