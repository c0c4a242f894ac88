import type { SchemaModule } from 'kysely';

/** One row an edition of a variant; nothing of it can be read without the vault. */
export interface LetterVariantsTable {
  id: string;
  version: number;
  sealed: Uint8Array;
}

/** The table of the variants. */
export interface LetterVariantsSchema {
  letter_variants: LetterVariantsTable;
}

/** Creates the table of the variants. Portable SQL: nothing here is SQLite's alone. */
export async function createLetterVariantsTable({
  schema,
}: {
  schema: SchemaModule;
}): Promise<void> {
  await schema
    .createTable('letter_variants')
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('sealed', 'blob', (column) => column.notNull())
    .addPrimaryKeyConstraint('letter_variants_key', ['id', 'version'])
    .execute();
}
