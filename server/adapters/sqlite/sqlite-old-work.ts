import type { BlobStore } from '../../kernel/blobs.ts';
import { isGone } from '../process-owner.ts';
import type { Database } from './sqlite-database.ts';

/**
 * Forgets the work on recordings that was kept by other versions: nobody finds it any more, and it would
 * stay until the recording is copied again or deleted. To be called before this process does any job.
 *
 * As long as a living process holds a job nothing goes: it may be of the other version, and may have
 * found its pieces already. One that takes a job later finds none, and does the work again.
 *
 * @param version - of the work that this process keeps.
 * @returns how many pieces went.
 */
export async function forgetOldWork(deps: {
  database: Database;
  blobs: Pick<BlobStore, 'destroy'>;
  version: string;
}): Promise<number> {
  const { database, blobs, version } = deps;
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
      .where(({ eb, or }) => or([eb('version', 'is', null), eb('version', '!=', version)]))
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
  for (const { recording_id, blob } of found) {
    await blobs.destroy(blob).catch(() => undefined);
    await database
      .deleteFrom('recording_work')
      .where('recording_id', '=', recording_id)
      .where('name', '=', `gone.${blob}`)
      .execute();
  }
  return found.length;
}
