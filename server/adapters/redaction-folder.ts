import { mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { FootageError } from '../footage/errors.ts';
import type { WorkStore } from '../footage/ports.ts';
import type { Sha256 } from '../kernel/digest.ts';
import { createFolderWorkStore, isFolder, removeOldPieces } from './folder-work-store.ts';
import { isAbandoned, ownedName } from './process-owner.ts';
import type { RecordingsKey } from './recordings-key.ts';
import { createSourceSealedWorkStore } from './source-sealed-work-store.ts';
import { MOST_AGE_MS } from './work-secret.ts';

/** Where a copy or a plan is made that goes to a file. */
export interface RedactionFolder {
  /** For this run alone, wiped afterwards. */
  readonly workFolder: string;
  /** Covered chunks; they stay when the run breaks off. */
  readonly store: WorkStore;
  /** How far the analysis is, encrypted; it stays likewise. */
  readonly analysisStore: WorkStore;
}

/** The hidden folder of a result, and what lies in it. */
function placesOf(outPath: string) {
  const folder = path.join(path.dirname(outPath), `.${path.basename(outPath)}.dalil`);
  return { folder, chunks: path.join(folder, 'chunks'), progress: path.join(folder, 'analysis') };
}

/** Where the analysis of a plan was kept, encrypted; there need not be any. */
export function analysisBeside(planPath: string, key: RecordingsKey): WorkStore {
  const { progress } = placesOf(planPath);
  return createSourceSealedWorkStore(createFolderWorkStore(progress), key);
}

/**
 * Removes what was kept of an analysis beside `outPath` for so long that its secret is gone: nobody can
 * read it, and nobody else would take it away. Its folders go with the last of it. A plan comes from
 * anywhere, so nothing is removed through a link, and nothing that is not ours.
 */
export async function forgetUnreadable(outPath: string): Promise<void> {
  const { folder, chunks, progress } = placesOf(outPath);
  if (!(await isFolder(folder))) return;
  // The secret of a piece was made before it, so it is older still.
  if (!(await removeOldPieces(progress, MOST_AGE_MS))) return;
  for (const empty of [chunks, progress, folder]) await rmdir(empty).catch(() => undefined);
}

/**
 * Makes a hidden folder beside `outPath` for the time of a run: beside it, so that the result can be
 * put into place at once. Nothing unredacted goes there but encrypted. When `use` ends, the folder is
 * gone, but for what is to be kept of the analysis; when it throws or the machine dies, what was done
 * until then stays for the next run with the same output.
 *
 * @param key - of the recordings that the result is made of.
 * @param options.kept - what is to be kept in `analysisStore` when `use` ends: nothing, unless told.
 * @param options.onLeft - told when something stayed to go on with.
 * @throws {FootageError} `RENDER_FAILED` when no folder can be made, or a link lies in its place.
 */
export async function withRedactionFolder<T>(
  outPath: string,
  key: RecordingsKey,
  use: (folder: RedactionFolder) => Promise<T>,
  options: { kept?: ReadonlySet<Sha256>; onLeft?: () => void } = {},
): Promise<T> {
  const { kept = new Set<Sha256>(), onLeft = () => undefined } = options;
  const { folder, chunks, progress } = placesOf(outPath);
  const store = createFolderWorkStore(chunks);
  const analysisStore = analysisBeside(outPath, key);
  let ended = false;
  let workFolder: string;
  await forgetUnreadable(outPath);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (!(await isFolder(folder))) throw new Error('the hidden folder is a link to another one');
    workFolder = path.join(folder, ownedName(`work-${process.hrtime.bigint()}`));
    await mkdir(workFolder, { mode: 0o700 });
  } catch (cause) {
    throw new FootageError(
      'RENDER_FAILED',
      'The result cannot be written. Check that its folder exists and may be written.',
      { cause },
    );
  }
  try {
    for (const name of await readdir(folder)) {
      const left = path.join(folder, name);
      if (isAbandoned(left)) await rm(left, { recursive: true, force: true });
    }
    const result = await use({ workFolder, store, analysisStore });
    await store.retain(new Set());
    await analysisStore.retain(kept);
    ended = true;
    return result;
  } finally {
    await rm(workFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    // Only empty ones go: work that is needed again stays, and so does another run's.
    for (const empty of [chunks, progress, folder]) await rmdir(empty).catch(() => undefined);
    const left: string[] = ended ? [] : await readdir(folder).catch(() => []);
    if (left.includes('chunks') || left.includes('analysis')) onLeft();
  }
}
