import { type Kysely, sql } from 'kysely';

/** Keys that sign. Of each purpose one is current; packs have had others before. */
export interface SigningKeysTable {
  /** Of keys from before there were several of a purpose: the purpose. */
  id: string;
  /** `pack` or `custody`. */
  purpose: string;
  /** `current`, `retired` or `revoked`. */
  state: string;
  /** Null for keys from before that was noted. */
  made_at_ms: number | null;
  /** When it stopped to be the current one. */
  ended_at_ms: number | null;
  public_pem: string;
  /** PKCS#8, PEM; null once the key was revoked. */
  sealed_private_pem: Uint8Array | null;
  /** What others were told when it was revoked. */
  revocation: string | null;
  /** Certificates of the key, PEM: they name whose it is. */
  sealed_certificates: Uint8Array | null;
}

/**
 * Lets a purpose have several keys. What was sealed under a purpose's name is bound to that name, so it
 * stays the id of the key. Portable SQL: nothing here is SQLite's alone.
 */
export async function keepFormerKeys(db: Kysely<never>): Promise<void> {
  const schema = db.schema;
  await schema
    .createTable('signing_keys_kept')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('made_at_ms', 'bigint')
    .addColumn('ended_at_ms', 'bigint')
    .addColumn('public_pem', 'text', (column) => column.notNull())
    .addColumn('sealed_private_pem', 'blob')
    .addColumn('revocation', 'text')
    .execute();
  await sql`insert into signing_keys_kept (id, purpose, state, public_pem, sealed_private_pem)
    select purpose, purpose, 'current', public_pem, sealed_private_pem from signing_keys`.execute(
    db,
  );
  await schema.dropTable('signing_keys').execute();
  await schema.alterTable('signing_keys_kept').renameTo('signing_keys').execute();
  // Two that start at once make two keys; only one of them can be kept.
  await schema
    .createIndex('signing_keys_current')
    .unique()
    .on('signing_keys')
    .column('purpose')
    .where(sql.ref('state'), '=', sql.lit('current'))
    .execute();
}

/** Lets keys have certificates. */
export async function addKeyCertificates(db: Kysely<never>): Promise<void> {
  await db.schema.alterTable('signing_keys').addColumn('sealed_certificates', 'blob').execute();
}
