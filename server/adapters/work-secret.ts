import { randomBytes } from 'node:crypto';
import { link, lstat, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ownedName } from './process-owner.ts';

const SECRET_BYTES = 32;
const DAY_MS = 86_400_000;
/** An older secret is made anew, and what was encrypted with it can be read by nobody. */
export const MOST_AGE_MS = 7 * DAY_MS;

/** A random secret of this user on this machine, for work that is kept for a few days. */
export interface WorkSecret {
  /** The secret; null when there is none, it is too old, or others can read or could have written it. */
  find(): Promise<Uint8Array | null>;
  /** The same, made when there is none; null when it cannot be written: then nothing is to be kept. */
  make(): Promise<Uint8Array | null>;
}

/**
 * Keeps the secret in the user's own folder of state, never beside the work: whoever hands over work has
 * another secret, and whoever takes the work away has none.
 *
 * @param folder - made with mode 0700 when the secret is.
 * @param now - milliseconds since 1970.
 */
export function createWorkSecret(folder: string, now = Date.now): WorkSecret {
  const file = path.join(folder, 'work-secret');
  const find = async () => {
    try {
      const [place, found] = await Promise.all([lstat(folder), lstat(file)]);
      const mine = place.uid === process.getuid?.() && found.uid === place.uid;
      const alone = (place.mode & 0o022) === 0 && (found.mode & 0o077) === 0;
      const fresh = Math.abs(now() - found.mtimeMs) < MOST_AGE_MS;
      if (!found.isFile() || !mine || !alone || !fresh) return null;
      const bytes = await readFile(file);
      return bytes.length === SECRET_BYTES ? new Uint8Array(bytes) : null;
    } catch {
      return null;
    }
  };
  return {
    find,
    async make() {
      const found = await find();
      if (found !== null) return found;
      const pending = ownedName(`${file}.${randomBytes(8).toString('hex')}`);
      try {
        await makeFolder(folder);
        await writeFile(pending, randomBytes(SECRET_BYTES), {
          mode: 0o600,
          flag: 'wx',
          flush: true,
        });
        // What lay there already and is none is too old, or nobody's secret. Asked in this order, so that
        // one that somebody else makes meanwhile is never taken away.
        const lay = await lstat(file).then(
          () => true,
          () => false,
        );
        if (lay && (await find()) === null) await rm(file, { force: true });
        // Of two that make one at once, the first one's stays.
        await link(pending, file).catch(() => undefined);
      } catch {
        return null;
      } finally {
        await rm(pending, { force: true }).catch(() => undefined);
      }
      return await find();
    },
  };
}

/**
 * Makes a folder and those it lies in. Not by `recursive`: where the system has folders in which nothing can
 * be made (`/proc`), Node then asks for ever.
 */
async function makeFolder(folder: string): Promise<void> {
  const made = await madeOrNull(folder);
  if (made !== null) return;
  await makeFolder(path.dirname(folder));
  if ((await madeOrNull(folder)) === null) throw new Error('the folder cannot be made');
}

/** Null when what it is to lie in is not there. */
async function madeOrNull(folder: string): Promise<true | null> {
  try {
    await mkdir(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return true;
    if (code === 'ENOENT' && path.dirname(folder) !== folder) return null;
    throw error;
  }
}
