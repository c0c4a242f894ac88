import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { newId, type RandomBytes, systemRandom } from '../kernel/ids.ts';
import { isAbandoned, ownedName } from './process-owner.ts';
import { storageFailure } from './sqlite/storage-failure.ts';

/** Folders (mode 0700) for redacted output under proof. Never for anything unredacted. */
export interface PrivateFolders {
  /** Makes a folder for one job, hands its path to `use`, and wipes it, whatever happened. */
  withFolder<T>(use: (folder: string) => Promise<T>): Promise<T>;
}

/**
 * Opens `<dataDir>/work` and wipes what died with earlier processes: to be called when the service
 * or a command starts. Folders of processes that are still at work stay.
 *
 * @throws {VaultError} `STORAGE_FULL` or `STORAGE_FAILED`.
 */
export function openPrivateFolders(options: {
  dataDir: string;
  random?: RandomBytes;
}): PrivateFolders {
  const { dataDir, random = systemRandom } = options;
  const root = path.join(dataDir, 'work');
  try {
    mkdirSync(root, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(root)) {
      const left = path.join(root, name);
      if (isAbandoned(left)) rmSync(left, { recursive: true, force: true });
    }
  } catch (error) {
    throw storageFailure(error) ?? error;
  }

  return {
    async withFolder(use) {
      const folder = path.join(root, ownedName(newId(random)));
      try {
        await mkdir(folder, { mode: 0o700 });
      } catch (error) {
        throw storageFailure(error) ?? error;
      }
      try {
        return await use(folder);
      } finally {
        // A tool that was just ended may still let go of its last file.
        await rm(folder, {
          recursive: true,
          force: true,
          maxRetries: 5,
          retryDelay: 50,
        });
      }
    },
  };
}
