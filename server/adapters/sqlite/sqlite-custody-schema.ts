import type { Kysely } from 'kysely';

/** One leaf of the custody log, and what only we can open of it. */
export interface CustodyEventsTable {
  /** Place in the log, from 0. */
  position: number;
  /** The leaf: canonical JSON of the event. */
  leaf: string;
  /** The salt and the detail behind the commitment. */
  sealed: Uint8Array;
}

/** Roots of finished subtrees. A cache: any of it can be derived from the leaves. */
export interface CustodyNodesTable {
  /** The subtree has 2^level leaves. */
  level: number;
  /** Its place among the subtrees of that level, from 0. */
  position: number;
  hash: Uint8Array;
}

/** Every signed checkpoint that was given out. */
export interface CustodyCheckpointsTable {
  size: number;
  note: string;
}

/** The tables of the custody log. */
export interface CustodySchema {
  custody_events: CustodyEventsTable;
  custody_nodes: CustodyNodesTable;
  custody_checkpoints: CustodyCheckpointsTable;
}

/** Creates the tables of the custody log. Portable SQL: nothing here is SQLite's alone. */
export async function createCustodyTables(db: Kysely<never>): Promise<void> {
  const schema = db.schema;
  await schema
    .createTable('custody_events')
    .addColumn('position', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('leaf', 'text', (column) => column.notNull())
    .addColumn('sealed', 'blob', (column) => column.notNull())
    .execute();
  await schema
    .createTable('custody_nodes')
    .addColumn('level', 'integer', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('hash', 'blob', (column) => column.notNull())
    .addPrimaryKeyConstraint('custody_nodes_key', ['level', 'position'])
    .execute();
  await schema
    .createTable('custody_checkpoints')
    .addColumn('size', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('note', 'text', (column) => column.notNull())
    .execute();
}
