import type { SchemaModule } from 'kysely';
import type { PictureStore } from '../../footage/ports.ts';
import type { Sha256 } from '../../kernel/digest.ts';
import type { TextSealer } from '../../kernel/vault.ts';
import type { Database } from './sqlite-database.ts';

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

/** Keeps which picture of a recording lies in which blob. */
export function createSqlitePictures(deps: {
  database: Database;
  sealer: TextSealer;
}): PictureStore {
  const { database, sealer } = deps;
  const place = (recording: string, name: string) => ({
    table: 'recording_pictures',
    row: `${recording}/${name}`,
    field: 'sealed_digest',
  });

  const store: PictureStore = {
    async picture({ recording, name }) {
      const row = await database
        .selectFrom('recording_pictures')
        .selectAll()
        .where('recording_id', '=', recording)
        .where('name', '=', name)
        .executeTakeFirst();
      if (row === undefined) return null;
      const sha256 = sealer.open(place(recording, name), row.sealed_digest) as Sha256;
      return { blob: row.blob, sha256 };
    },
    async keepPicture({ recording, name }, { blob, sha256 }) {
      await database
        .insertInto('recording_pictures')
        .values({
          recording_id: recording,
          name,
          blob,
          sealed_digest: sealer.seal(place(recording, name), sha256),
        })
        .onConflict((conflict) => conflict.columns(['recording_id', 'name']).doNothing())
        .execute();
      return (await store.picture({ recording, name }))!;
    },
  };
  return store;
}
