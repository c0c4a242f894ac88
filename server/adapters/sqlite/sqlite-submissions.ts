import type { SchemaModule } from 'kysely';
import type { TextSealer } from '../../kernel/vault.ts';
import type { SubmissionStore } from '../../responses/ports.ts';
import type { Reply, Submission } from '../../responses/submission.ts';
import type { Database } from './sqlite-database.ts';

/** One row a sending of a pack; where it went and under which numbers is sealed. */
export interface PackSubmissionsTable {
  id: string;
  pack_id: string;
  /** Its place among those of the pack, from 0. */
  place: number;
  sealed: Uint8Array;
}

/** One row a reply; its file is a blob, whose digest is sealed with the rest. */
export interface PackRepliesTable {
  id: string;
  pack_id: string;
  place: number;
  sealed: Uint8Array;
}

/** The tables of what came of packs. */
export interface SubmissionsSchema {
  pack_submissions: PackSubmissionsTable;
  pack_replies: PackRepliesTable;
}

/** Creates the tables of what came of packs. Portable SQL: nothing here is SQLite's alone. */
export async function createSubmissionsTables({ schema }: { schema: SchemaModule }): Promise<void> {
  for (const table of ['pack_submissions', 'pack_replies']) {
    await schema
      .createTable(table)
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('pack_id', 'text', (column) => column.notNull().references('packs.id'))
      .addColumn('place', 'integer', (column) => column.notNull())
      .addColumn('sealed', 'blob', (column) => column.notNull())
      .addUniqueConstraint(`${table}_place`, ['pack_id', 'place'])
      .execute();
  }
}

type Table = keyof SubmissionsSchema;

/** Keeps sendings and replies in the database. */
export function createSqliteSubmissions(deps: {
  database: Database;
  sealer: TextSealer;
}): SubmissionStore {
  const { database, sealer } = deps;
  const placeOf = (table: Table, row: string) => ({ table, row, field: 'sealed' });
  const sealedFor = (table: Table, value: Submission | Reply) =>
    sealer.seal(placeOf(table, value.id), JSON.stringify(value));

  async function add(table: Table, pack: string, value: Submission | Reply): Promise<void> {
    await database.transaction().execute(async (transaction) => {
      const { count } = await transaction
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('pack_id', '=', pack)
        .executeTakeFirstOrThrow();
      const row = { id: value.id, pack_id: pack, place: Number(count) };
      await transaction
        .insertInto(table)
        .values({ ...row, sealed: sealedFor(table, value) })
        .execute();
    });
  }

  async function allOf(table: Table, pack: string): Promise<unknown[]> {
    const rows = await database
      .selectFrom(table)
      .select(['id', 'sealed'])
      .where('pack_id', '=', pack)
      .orderBy('place')
      .execute();
    return rows.map(({ id, sealed }) => JSON.parse(sealer.open(placeOf(table, id), sealed)));
  }

  return {
    addSubmission: (submission) => add('pack_submissions', submission.pack, submission),
    async setRegistration(submission, registered) {
      await database
        .updateTable('pack_submissions')
        .set({ sealed: sealedFor('pack_submissions', { ...submission, registered }) })
        .where('id', '=', submission.id)
        .execute();
    },
    submissionsOf: async (pack) => (await allOf('pack_submissions', pack)) as Submission[],
    addReply: (reply, pack) => add('pack_replies', pack, reply),
    repliesTo: async (pack) => (await allOf('pack_replies', pack)) as Reply[],
  };
}
