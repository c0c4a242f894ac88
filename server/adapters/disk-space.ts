import { access, constants, mkdir, statfs } from 'node:fs/promises';

/** With less than this left, recordings are not taken in any more. */
export const LEAST_FREE_BYTES = 2 ** 31;

/**
 * Free bytes where data lies; the folder is made where missing.
 *
 * @throws when the folder cannot be made or written.
 */
export async function freeBytes(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await access(folder, constants.W_OK);
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
