import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { BlobStore, StoredBlob } from '../../kernel/blobs.ts';
import { newId, type RandomBytes } from '../../kernel/ids.ts';
import type { TextSealer } from '../../kernel/vault.ts';
import { isAbandoned, ownedName } from '../process-owner.ts';
import type { Database } from '../sqlite/sqlite-database.ts';
import { storageFailure } from '../sqlite/storage-failure.ts';
import { CHUNK_FORMAT } from './blob-chunks.ts';
import { createBlobKeys } from './blob-keys.ts';
import { openStream } from './open-stream.ts';
import { sealStream } from './seal-stream.ts';
import { invalidRange, VaultError } from './vault-error.ts';

/**
 * Keeps blobs encrypted in `folder`, under random names, and their keys in the database.
 *
 * A blob is written as temporary file → fsync → rename → fsync of the folder → row: what has a row
 * is whole. Temporary files of processes that died are removed here; they hold no readable byte,
 * because the key of an unfinished blob is never stored.
 */
export function createVaultBlobs(deps: {
  folder: string;
  database: Database;
  sealer: TextSealer;
  wrapKey: Uint8Array;
  random: RandomBytes;
}): BlobStore {
  const { folder, random } = deps;
  const keys = createBlobKeys(deps);
  const folderOf = (id: string) => path.join(folder, id.slice(0, 2));
  const fileOf = (id: string) => path.join(folderOf(id), id);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folder)) {
    const left = path.join(folder, name);
    if (isAbandoned(left)) rmSync(left, { force: true });
  }

  async function write(id: string, key: Uint8Array, source: Parameters<BlobStore['put']>[0]) {
    const temporary = path.join(folder, ownedName(id));
    try {
      const file = await open(temporary, 'wx', 0o600);
      let written: Omit<StoredBlob, 'id'>;
      try {
        written = await sealStream({ source, file, key, blobId: id });
        await file.sync();
      } finally {
        await file.close();
      }
      if ((await mkdir(folderOf(id), { recursive: true, mode: 0o700 })) !== undefined) {
        await syncFolder(folder);
      }
      await rename(temporary, fileOf(id));
      await syncFolder(folderOf(id));
      return written;
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {});
      throw error;
    }
  }

  return {
    async put(source) {
      const id = newId(random);
      const key = random(32);
      try {
        const written = await write(id, key, source);
        await keys.add({ id, format: CHUNK_FORMAT, key, ...written });
        return { id, ...written };
      } catch (error) {
        await rm(fileOf(id), { force: true });
        throw storageFailure(error) ?? error;
      } finally {
        key.fill(0);
      }
    },
    async *read(id, range) {
      const { key, sizeBytes } = await keys.find(id);
      const { start, end } = range ?? { start: 0, end: sizeBytes };
      const whole = Number.isSafeInteger(start) && Number.isSafeInteger(end);
      if (!whole || start < 0 || end < start || end > sizeBytes) throw invalidRange();
      const file = await openExisting(fileOf(id));
      try {
        yield* openStream({ file, key, blobId: id, sizeBytes, start, end });
      } catch (error) {
        throw storageFailure(error) ?? error;
      } finally {
        key.fill(0);
        await file.close();
      }
    },
    async sizeOf(id) {
      const { key, sizeBytes } = await keys.find(id);
      key.fill(0);
      return sizeBytes;
    },
    async destroy(id) {
      if (!(await keys.destroy(id))) return;
      await rm(fileOf(id), { force: true });
    },
  };
}

async function openExisting(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw storageFailure(cause) ?? cause;
    throw new VaultError(
      'BLOB_DAMAGED',
      'A stored file is missing on the disk. Restore it from a backup.',
      { cause },
    );
  }
}

/** Makes names in a folder durable, as fsync of a file does with its bytes. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
