import type { Kysely, SchemaModule } from 'kysely';

/** One row a pack; `sealed_draft` and `sealed_result` hold all of it. */
export interface PacksTable {
  id: string;
  /** Names what asked for it; a digest. */
  request: string | null;
  sealed_draft: Uint8Array;
  /** What sealing made; null before it. */
  sealed_result: Uint8Array | null;
  drafted_at_ms: number;
}

/** One row a commitment; its salt is sealed by itself, so that it can be destroyed by itself. */
export interface PackOpeningsTable {
  pack_id: string;
  leaf: string;
  /** Null once the salt was destroyed. */
  sealed_opening: Uint8Array | null;
}

/** The tables of the packs. */
export interface PacksSchema {
  packs: PacksTable;
  pack_openings: PackOpeningsTable;
}

/** Creates the tables of the packs. Portable SQL: nothing here is SQLite's alone. */
export async function createPacksTables({ schema }: { schema: SchemaModule }): Promise<void> {
  await schema
    .createTable('packs')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('request', 'text', (column) => column.unique())
    .addColumn('sealed_draft', 'blob', (column) => column.notNull())
    .addColumn('sealed_result', 'blob')
    .execute();
  await schema
    .createTable('pack_openings')
    .addColumn('pack_id', 'text', (column) => column.notNull().references('packs.id'))
    .addColumn('leaf', 'text', (column) => column.notNull())
    .addColumn('sealed_opening', 'blob')
    .addPrimaryKeyConstraint('pack_openings_key', ['pack_id', 'leaf'])
    .execute();
}

/** Adds the moment of each draft; packs from before it come last. */
export async function addDraftMoment(db: Kysely<never>): Promise<void> {
  await db.schema
    .alterTable('packs')
    .addColumn('drafted_at_ms', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
}
