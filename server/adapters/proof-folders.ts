import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { ProofFolder } from '../footage/ports.ts';
import type { PrivateFolders } from './private-folder.ts';

/** Folders for covered output under proof. */
export function createProofFolders(folders: PrivateFolders): ProofFolder {
  return {
    withFolder: (use) => folders.withFolder(use),
    pathIn: (folder, name) => path.join(folder, name),
    read: (file) => createReadStream(file, { highWaterMark: 1_048_576 }),
  };
}
