import type { Kysely } from 'kysely';
import type { SigningKeysTable } from './sqlite-keys-schema.ts';

/** The vault key, wrapped by what a person holds. */
export interface VaultWrapsTable {
  /** `passphrase` or `key-file`. */
  method: string;
  /** Salt of the derivation that turns the secret into a wrapping key. */
  salt: Uint8Array;
  /** Argon2id: memory in KiB, passes and lanes; 0 where there is no such derivation. */
  memory_kib: number;
  passes: number;
  lanes: number;
  wrapped_key: Uint8Array;
}

/** One row a blob. Without its `wrapped_key` the file is noise. */
export interface BlobsTable {
  id: string;
  /** Layout of the file, see `blob-chunks.ts`. */
  format: number;
  wrapped_key: Uint8Array;
  /** Digest and size of the plaintext. */
  sealed: Uint8Array;
}

/** The tables of the vault. */
export interface VaultSchema {
  vault_wraps: VaultWrapsTable;
  blobs: BlobsTable;
  signing_keys: SigningKeysTable;
}

/** Creates the tables of the vault. Portable SQL: nothing here is SQLite's alone. */
export async function createVaultTables(db: Kysely<never>): Promise<void> {
  const schema = db.schema;
  await schema
    .createTable('vault_wraps')
    .addColumn('method', 'text', (column) => column.primaryKey().notNull())
    .addColumn('salt', 'blob', (column) => column.notNull())
    .addColumn('memory_kib', 'integer', (column) => column.notNull())
    .addColumn('passes', 'integer', (column) => column.notNull())
    .addColumn('lanes', 'integer', (column) => column.notNull())
    .addColumn('wrapped_key', 'blob', (column) => column.notNull())
    .execute();
  await schema
    .createTable('blobs')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('format', 'integer', (column) => column.notNull())
    .addColumn('wrapped_key', 'blob', (column) => column.notNull())
    .addColumn('sealed', 'blob', (column) => column.notNull())
    .execute();
  await schema
    .createTable('signing_keys')
    .addColumn('purpose', 'text', (column) => column.primaryKey().notNull())
    .addColumn('public_pem', 'text', (column) => column.notNull())
    .addColumn('sealed_private_pem', 'blob', (column) => column.notNull())
    .execute();
}
