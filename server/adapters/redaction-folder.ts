import { access, mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { FootageError } from '../footage/errors.ts';
import type { WorkStore } from '../footage/ports.ts';
import { createFolderWorkStore } from './folder-work-store.ts';
import { isAbandoned, ownedName } from './process-owner.ts';

/** Where a copy is made that goes to a file. */
export interface RedactionFolder {
  /** For this run alone, wiped afterwards. */
  readonly workFolder: string;
  /** Covered chunks; they stay when the run breaks off. */
  readonly store: WorkStore;
}

/**
 * Makes a hidden folder beside `outPath` for the time of a run: beside it, so that the result can be
 * put into place at once. Nothing unredacted goes there. When `use` ends, the folder is gone; when it
 * throws or the machine dies, what was proved until then stays for the next run with the same output.
 *
 * @param onLeft - told when something stayed.
 * @throws {FootageError} `RENDER_FAILED` when no folder can be made.
 */
export async function withRedactionFolder<T>(
  outPath: string,
  use: (folder: RedactionFolder) => Promise<T>,
  onLeft: () => void = () => undefined,
): Promise<T> {
  const folder = path.join(path.dirname(outPath), `.${path.basename(outPath)}.dalil`);
  const store = createFolderWorkStore(path.join(folder, 'chunks'));
  let workFolder: string;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    workFolder = path.join(folder, ownedName(`work-${process.hrtime.bigint()}`));
    await mkdir(workFolder, { mode: 0o700 });
  } catch (cause) {
    throw new FootageError(
      'RENDER_FAILED',
      'The copy cannot be written. Check that the folder exists and may be written.',
      { cause },
    );
  }
  try {
    for (const name of await readdir(folder)) {
      const left = path.join(folder, name);
      if (isAbandoned(left)) await rm(left, { recursive: true, force: true });
    }
    const result = await use({ workFolder, store });
    await store.retain(new Set());
    return result;
  } finally {
    await rm(workFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    // Only empty ones go: chunks that are needed again stay, and so does another run's work.
    for (const empty of [path.join(folder, 'chunks'), folder]) {
      await rmdir(empty).catch(() => undefined);
    }
    if (
      await access(path.join(folder, 'chunks')).then(
        () => true,
        () => false,
      )
    )
      onLeft();
  }
}
