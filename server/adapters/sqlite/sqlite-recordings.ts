import { FootageError } from '../../footage/errors.ts';
import type { RecordingStore } from '../../footage/ports.ts';
import type { Recording, RedactedCopy } from '../../footage/recording.ts';
import type { TextSealer } from '../../kernel/vault.ts';
import type { Database } from './sqlite-database.ts';

/** Lists recordings and their copies in the database; everything but ids is sealed. */
export function createSqliteRecordings(deps: {
  database: Database;
  sealer: TextSealer;
}): RecordingStore {
  const { database, sealer } = deps;
  const placeOf = (table: 'recordings' | 'copies', row: string) => ({
    table,
    row,
    field: 'sealed',
  });
  // What comes out of the seal is what went in: it was written here and is authenticated.
  const openCopy = (row: { id: string; sealed: Uint8Array }) =>
    JSON.parse(sealer.open(placeOf('copies', row.id), row.sealed)) as RedactedCopy;

  return {
    async addRecording(recording) {
      const { id } = recording;
      const sealed = sealer.seal(placeOf('recordings', id), JSON.stringify(recording));
      await database
        .insertInto('recordings')
        .values(({ selectFrom, fn, lit }) => ({
          id,
          sealed,
          number: selectFrom('recordings').select(({ eb }) =>
            eb(fn.coalesce(fn.max('number'), lit(0)), '+', lit(1)).as('next'),
          ),
        }))
        .execute();
    },
    async recording(id) {
      const row = await database
        .selectFrom('recordings')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      if (row === undefined) throw unknownRecording();
      return JSON.parse(sealer.open(placeOf('recordings', id), row.sealed)) as Recording;
    },
    async saveRecording(recording) {
      const { id } = recording;
      const sealed = sealer.seal(placeOf('recordings', id), JSON.stringify(recording));
      const { numUpdatedRows } = await database
        .updateTable('recordings')
        .set({ sealed })
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows !== 1n) throw unknownRecording();
    },
    async addCopy(copy) {
      const { id, recording } = copy;
      const sealed = sealer.seal(placeOf('copies', id), JSON.stringify(copy));
      await database.insertInto('copies').values({ id, recording_id: recording, sealed }).execute();
    },
    async copy(id) {
      const row = await database
        .selectFrom('copies')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      if (row !== undefined) return openCopy(row);
      throw new FootageError(
        'COPY_UNKNOWN',
        'There is no such redacted copy. Look it up in the list again.',
      );
    },
    async copiesOf(recording) {
      const rows = await database
        .selectFrom('copies')
        .selectAll()
        .where('recording_id', '=', recording)
        .orderBy('id')
        .execute();
      return rows.map(openCopy);
    },
    async listRecordings(limit) {
      const rows = await database
        .selectFrom('recordings')
        .selectAll()
        .orderBy('number', 'desc')
        .limit(limit)
        .execute();
      return rows.map(
        (row) => JSON.parse(sealer.open(placeOf('recordings', row.id), row.sealed)) as Recording,
      );
    },
  };
}

function unknownRecording(): FootageError {
  return new FootageError(
    'RECORDING_UNKNOWN',
    'There is no such recording. Look it up in the list again.',
  );
}
