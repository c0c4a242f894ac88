import type { BlobStore } from '../../kernel/blobs.ts';
import { isGone } from '../process-owner.ts';
import type { Database } from './sqlite-database.ts';
import type { WorkUse } from './sqlite-work-store.ts';

/**
 * Forgets the work on recordings that was kept by other versions: nobody finds it any more, and it would
 * stay until the recording is copied again or deleted. A piece whose bytes cannot be destroyed keeps its
 * row, by which it comes again the next time. To be called before this process does any job.
 *
 * As long as a living process holds a job nothing goes: it may be of the other version, and may have
 * found its pieces already. One that takes a job later finds none, and does the work again.
 *
 * @param versions - of the work of each use that this process keeps.
 * @returns what destroys their bytes, and may go on beside jobs; it tells how many pieces went. Aborted, it
 *   leaves the rest for the next time.
 */
export async function forgetOldWork(deps: {
  database: Database;
  blobs: Pick<BlobStore, 'destroy'>;
  versions: Readonly<Record<WorkUse, string>>;
}): Promise<(signal?: AbortSignal) => Promise<number>> {
  const { database, blobs, versions } = deps;
  // In one step with asking who works: a job is taken before it or after it.
  const found = await database.transaction().execute(async (transaction) => {
    const held = await transaction
      .selectFrom('jobs')
      .select('holder')
      .where('state', '=', 'running')
      .execute();
    if (held.some(({ holder }) => holder !== null && !isGone(holder))) return [];
    const old = await transaction
      .selectFrom('recording_work')
      .select(['recording_id', 'name', 'blob'])
      .where(({ eb, and, or, not }) => {
        const ours = Object.entries(versions).map(([use, version]) =>
          and([eb('name', 'like', `${use}.%`), eb('version', '=', version)]),
        );
        return or([eb('version', 'is', null), not(or(ours))]);
      })
      .execute();
    for (const { recording_id, name, blob } of old) {
      // Found by nobody from here on; should this process end now, it goes the next time.
      await transaction
        .updateTable('recording_work')
        .set({ name: `gone.${blob}` })
        .where('recording_id', '=', recording_id)
        .where('name', '=', name)
        .execute();
    }
    return old;
  });
  return async (signal) => {
    let gone = 0;
    for (const { recording_id, blob } of found) {
      if (signal?.aborted) break;
      const destroyed = await blobs.destroy(blob).then(
        () => true,
        () => false,
      );
      if (!destroyed) continue;
      gone++;
      await database
        .deleteFrom('recording_work')
        .where('recording_id', '=', recording_id)
        .where('name', '=', `gone.${blob}`)
        .execute();
    }
    return gone;
  };
}
