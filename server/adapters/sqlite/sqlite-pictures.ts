import type { PictureStore } from '../../footage/ports.ts';
import type { Sha256 } from '../../kernel/digest.ts';
import type { TextSealer } from '../../kernel/vault.ts';
import type { Database } from './sqlite-database.ts';

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
