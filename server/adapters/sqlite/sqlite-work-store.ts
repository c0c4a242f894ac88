import type { WorkStore } from '../../footage/ports.ts';
import type { BlobStore } from '../../kernel/blobs.ts';
import type { JsonValue } from '../../kernel/canonical-json.ts';
import type { Sha256 } from '../../kernel/digest.ts';
import type { OutputNamer, TextSealer } from '../../kernel/vault.ts';
import type { Database } from './sqlite-database.ts';

/** What work is kept for. */
export type WorkUse = 'analysis' | 'copy';

/**
 * Keeps the work on each recording, encrypted; gives the store of one of them, for one use: a copy that
 * forgets what it no longer needs forgets nothing of an analysis that runs beside it.
 */
export function createSqliteWorkStores(deps: {
  database: Database;
  sealer: TextSealer;
  namer: OutputNamer;
  blobs: BlobStore;
  /** By which version pieces of a use are kept; asked for with each that is. */
  version: (use: WorkUse) => Promise<string>;
}): (recording: string, use: WorkUse) => WorkStore {
  const { database, sealer, namer, blobs, version } = deps;

  return (recording, use) => {
    const other: WorkUse = use === 'copy' ? 'analysis' : 'copy';
    const keyed = (name: Sha256) => {
      const value = `${recording}/${use}/${name}`;
      return `${use}.${namer.nameFor({ table: 'recording_work', field: 'name', value })}`;
    };
    const place = (row: string) => ({ table: 'recording_work', row, field: 'sealed_facts' });
    const rows = () => database.selectFrom('recording_work').where('recording_id', '=', recording);

    const forget = async (name: string, blob: string) => {
      await database
        .deleteFrom('recording_work')
        .where('recording_id', '=', recording)
        .where('name', '=', name)
        // Somebody may have made the piece anew meanwhile: theirs stays.
        .where('blob', '=', blob)
        .execute();
      await blobs.destroy(blob).catch(() => undefined);
    };

    const store: WorkStore = {
      async find(name) {
        const key = keyed(name);
        const row = await rows().selectAll().where('name', '=', key).executeTakeFirst();
        if (row === undefined) return null;
        try {
          const facts = JSON.parse(sealer.open(place(key), row.sealed_facts)) as JsonValue;
          // Read to its end, a blob that was changed says so.
          for await (const _ of blobs.read(row.blob));
          return { facts, read: () => blobs.read(row.blob) };
        } catch {
          // Whatever cannot be read is made anew.
          await forget(key, row.blob);
          return null;
        }
      },
      async keep(name, facts, bytes) {
        const key = keyed(name);
        const kept = { recording_id: recording, name: key, version: await version(use) };
        const { id: blob } = await blobs.put(bytes);
        try {
          const sealed_facts = sealer.seal(place(key), JSON.stringify(facts));
          for (;;) {
            const { numInsertedOrUpdatedRows } = await database
              .insertInto('recording_work')
              .values({ ...kept, blob, sealed_facts })
              .onConflict((conflict) => conflict.columns(['recording_id', 'name']).doNothing())
              .executeTakeFirst();
            if (numInsertedOrUpdatedRows !== 0n) return { facts, read: () => blobs.read(blob) };
            // Another job was faster with the same piece; what it kept counts if it can be read.
            const theirs = await store.find(name);
            if (theirs === null) continue;
            await blobs.destroy(blob);
            return theirs;
          }
        } catch (error) {
          // The recording may have been deleted meanwhile: no row names these bytes, nor ever will.
          await blobs.destroy(blob).catch(() => undefined);
          throw error;
        }
      },
      async forget(name) {
        const row = await rows().select('blob').where('name', '=', keyed(name)).executeTakeFirst();
        if (row !== undefined) await forget(keyed(name), row.blob);
      },
      async retain(names) {
        const kept = new Set([...names].map(keyed));
        for (const { name, blob } of await rows().select(['name', 'blob']).execute()) {
          // What bears no use is of an earlier version, and found by nobody.
          if (!kept.has(name) && !name.startsWith(`${other}.`)) await forget(name, blob);
        }
      },
    };
    return store;
  };
}
