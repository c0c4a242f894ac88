import { randomBytes } from 'node:crypto';
import { lstat, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { KeptWork, WorkStore } from '../footage/ports.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';
import { isSha256, type Sha256, startSha256 } from '../kernel/digest.ts';
import { filePieces } from './file-pieces.ts';
import { isAbandoned, ownedName } from './process-owner.ts';

const recordSchema = z.strictObject({
  sha256: z.custom<Sha256>(isSha256),
  facts: z.json(),
});

/** The files of a piece: its record, its bytes, and what was still being written of either. */
const PIECE = /^[0-9a-f]{64}\.(?:.+\.)?(?:json|bytes|tmp)$/;

/**
 * Keeps work in a folder, two files a piece: `NAME.DIGEST.bytes`, and `NAME.json`, which names the
 * digest, is written last, and without which the piece does not exist. So two that keep the same piece
 * at once, in bytes that differ (encrypted ones always do), never mix them up. For covered pictures
 * only: nothing here is encrypted.
 *
 * @param folder - made (mode 0700) with the first piece.
 */
export function createFolderWorkStore(folder: string): WorkStore {
  const bytesPath = (name: Sha256, digest: Sha256) => path.join(folder, `${name}.${digest}.bytes`);
  const recordPath = (name: Sha256) => path.join(folder, `${name}.json`);
  const read = (name: Sha256, digest: Sha256) => filePieces(bytesPath(name, digest));
  /** Removes the files of all pieces that are asked for: the records first. */
  const remove = async (of: (name: Sha256) => boolean) => {
    // Not through a link: what lies elsewhere is somebody else's work.
    const files = (await isFolder(folder)) ? await readdir(folder).catch(() => []) : [];
    const records = files.filter((file) => file.endsWith('.json'));
    for (const file of [...records, ...files.filter((file) => !file.endsWith('.json'))]) {
      const name = file.split('.')[0];
      if (!isSha256(name) || !of(name)) continue;
      const at = path.join(folder, file);
      // What another run is writing is not there yet, and not ours to remove.
      if (!file.endsWith('.tmp') || isAbandoned(at)) await rm(at, { force: true });
    }
  };

  const store: WorkStore = {
    async find(name) {
      try {
        const record = recordSchema.parse(JSON.parse(await readFile(recordPath(name), 'utf8')));
        const digest = startSha256();
        for await (const bytes of read(name, record.sha256)) digest.update(bytes);
        if (digest.digest() !== record.sha256) return null;
        return {
          facts: record.facts as JsonValue,
          read: () => read(name, record.sha256),
        } satisfies KeptWork;
      } catch {
        // Whatever cannot be read is not there: it is made anew.
        return null;
      }
    },
    async keep(name, facts, bytes) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const written = await writePending(path.join(folder, name), bytes);
      await rename(written.path, bytesPath(name, written.sha256));
      const record = JSON.stringify({ sha256: written.sha256, facts });
      const recorded = await writePending(path.join(folder, name), [Buffer.from(record, 'utf8')]);
      await rename(recorded.path, recordPath(name));
      return { facts, read: () => read(name, written.sha256) };
    },
    forget: (name) => remove((kept) => kept === name),
    retain: (names) => remove((kept) => !names.has(kept)),
  };
  return store;
}

/**
 * Removes the pieces in a folder that are older than a time, and nothing else: files with the names of
 * pieces, in a folder of this user's own. What cannot be removed stays.
 *
 * @returns whether any went.
 */
export async function removeOldPieces(folder: string, mostAgeMs: number): Promise<boolean> {
  if (!(await isFolder(folder, process.getuid?.()))) return false;
  let removed = false;
  for (const file of await readdir(folder).catch(() => [])) {
    if (!PIECE.test(file)) continue;
    const at = path.join(folder, file);
    const kept = await lstat(at).catch(() => null);
    // A clock may have been set back since.
    if (kept?.isFile() !== true || Math.abs(Date.now() - kept.mtimeMs) < mostAgeMs) continue;
    const went = await rm(at).then(
      () => true,
      () => false,
    );
    removed ||= went;
  }
  return removed;
}

/** Whether a folder is one itself, and no link to another; of this user, where one is named. */
export async function isFolder(folder: string, uid?: number): Promise<boolean> {
  const found = await lstat(folder).catch(() => null);
  return found?.isDirectory() === true && (uid === undefined || found.uid === uid);
}

/** Writes a file durably that is not in its place yet. */
async function writePending(
  target: string,
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<{ path: string; sha256: Sha256 }> {
  const pending = ownedName(`${target}.${randomBytes(8).toString('hex')}`);
  const digest = startSha256();
  const file = await open(pending, 'w', 0o600);
  try {
    for await (const part of bytes) {
      digest.update(part);
      await file.writeFile(part);
    }
    await file.sync();
  } catch (error) {
    await rm(pending, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return { path: pending, sha256: digest.digest() };
}
