import type { TextSealer } from '../../kernel/vault.ts';
import type { SubmissionStore } from '../../responses/ports.ts';
import type { Reply, Submission } from '../../responses/submission.ts';
import type { Database } from './sqlite-database.ts';
import type { SubmissionsSchema } from './sqlite-submissions-schema.ts';

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
