import { z } from 'zod';
import { isSha256, type Sha256 } from '../../kernel/digest.ts';
import type { RandomBytes } from '../../kernel/ids.ts';
import type { TextSealer } from '../../kernel/vault.ts';
import { type Database, purgeDeleted } from '../sqlite/sqlite-database.ts';
import { authenticatedDecrypt, authenticatedEncrypt } from './authenticated-encryption.ts';
import { CHUNK_FORMAT } from './blob-chunks.ts';
import { unknownBlob, VaultError } from './vault-error.ts';

/** What opens a blob and what is in it. */
export interface BlobRecord {
  readonly id: string;
  readonly format: number;
  readonly key: Uint8Array;
  readonly sha256: Sha256;
  readonly sizeBytes: number;
}

/** The keys of blobs, each wrapped, with the sealed digest and size of its plaintext. */
export interface BlobKeys {
  add(blob: BlobRecord): Promise<void>;
  /** Throws `BLOB_UNKNOWN`, or `BLOB_DAMAGED` when its row was tampered with. */
  find(id: string): Promise<BlobRecord>;
  /** Removes the key from the database and its log; false when there was none. */
  destroy(id: string): Promise<boolean>;
}

const SEALED = z.object({
  sha256: z.custom<Sha256>(isSha256),
  sizeBytes: z.int().nonnegative(),
});

/** Keeps the keys of blobs in the database. */
export function createBlobKeys(deps: {
  database: Database;
  sealer: TextSealer;
  wrapKey: Uint8Array;
  random: RandomBytes;
}): BlobKeys {
  const { database, sealer, wrapKey, random } = deps;
  const placeOf = (id: string) => ({
    table: 'blobs',
    row: id,
    field: 'sealed',
  });
  const aadOf = (id: string) => `dalil/v1/blob-key/${id}`;

  return {
    async add({ id, format, key, sha256, sizeBytes }) {
      await database
        .insertInto('blobs')
        .values({
          id,
          format,
          wrapped_key: authenticatedEncrypt(wrapKey, key, aadOf(id), random),
          sealed: sealer.seal(placeOf(id), JSON.stringify({ sha256, sizeBytes })),
        })
        .execute();
    },
    async find(id) {
      const row = await database
        .selectFrom('blobs')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      if (row === undefined) throw unknownBlob();
      const key = authenticatedDecrypt(wrapKey, row.wrapped_key, aadOf(id));
      if (key === null || row.format !== CHUNK_FORMAT) throw damagedRow();
      const { sha256, sizeBytes } = SEALED.parse(JSON.parse(sealer.open(placeOf(id), row.sealed)));
      return { id, format: row.format, key, sha256, sizeBytes };
    },
    async destroy(id) {
      const { numDeletedRows } = await database
        .deleteFrom('blobs')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      if (numDeletedRows === 0n) return false;
      await purgeDeleted(database);
      return true;
    },
  };
}

function damagedRow(): VaultError {
  return new VaultError(
    'BLOB_DAMAGED',
    'The key of a stored file was changed in the database, so the file cannot be opened. Restore the database from a backup.',
  );
}
