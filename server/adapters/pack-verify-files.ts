import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { BagFile } from '../packs/bag-files.ts';

/**
 * What tells an auditor how to check a pack, as it travels in the pack.
 *
 * @param folder - the folder `templates`.
 * @param page - the page that judges packs, whole.
 */
export async function loadVerifyFiles(folder: string, page: Uint8Array): Promise<BagFile[]> {
  const template = async (name: string) => ({
    path: `verify/${name}`,
    bytes: new Uint8Array(await readFile(path.join(folder, 'pack', name))),
  });
  return [
    await template('VERIFY.txt'),
    { path: 'verify/verify.html', bytes: page },
    await template('verify.sh'),
  ];
}
