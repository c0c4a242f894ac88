import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { BagFile } from '../packs/bag-files.ts';

/**
 * What tells an auditor how to check a pack, as it travels in the pack.
 *
 * @param folder - the folder `templates`.
 */
export async function loadVerifyFiles(folder: string): Promise<BagFile[]> {
  return await Promise.all(
    ['VERIFY.txt', 'verify.sh'].map(async (name) => ({
      path: `verify/${name}`,
      bytes: new Uint8Array(await readFile(path.join(folder, 'pack', name))),
    })),
  );
}
