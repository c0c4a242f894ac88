import type { TextSealer } from '../../kernel/vault.ts';
import type { SubmissionStore } from '../../responses/ports.ts';
import type { AnnouncedReply, Reply, Submission } from '../../responses/submission.ts';
import type { Database } from './sqlite-database.ts';
import type { SubmissionsSchema } from './sqlite-submissions-schema.ts';

const ANNOUNCED = 'pack_replies_announced';

type Table = Exclude<keyof SubmissionsSchema, typeof ANNOUNCED>;

/** Keeps sendings and replies in the database. */
export function createSqliteSubmissions(deps: {
  database: Database;
  sealer: TextSealer;
}): SubmissionStore {
  const { database, sealer } = deps;
  const placeOf = (table: keyof SubmissionsSchema, row: string) => ({
    table,
    row,
    field: 'sealed',
  });
  const sealedFor = (table: Table, value: Submission | Reply) =>
    sealer.seal(placeOf(table, value.id), JSON.stringify(value));

  async function add(table: Table, pack: string, value: Submission | Reply): Promise<void> {
    await database.transaction().execute(async (transaction) => {
      await transaction.deleteFrom(ANNOUNCED).where('id', '=', value.id).execute();
      const there = transaction.selectFrom(table).select('id').where('id', '=', value.id);
      if ((await there.executeTakeFirst()) !== undefined) return;
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
    async announceReply(announced) {
      const { id } = announced.reply;
      const { at, pack } = announced;
      const sealed = sealer.seal(placeOf(ANNOUNCED, id), JSON.stringify(announced));
      await database.insertInto(ANNOUNCED).values({ id, at, pack_id: pack, sealed }).execute();
    },
    async announcedReplies(pack) {
      const rows = await database
        .selectFrom(ANNOUNCED)
        .select(['id', 'sealed'])
        .where(({ eb, or }) => or([eb('pack_id', '=', pack), eb('pack_id', 'is', null)]))
        .orderBy('at')
        .orderBy('id')
        .execute();
      const texts = rows.map(({ id, sealed }) => sealer.open(placeOf(ANNOUNCED, id), sealed));
      const announced = texts.map((text) => JSON.parse(text) as AnnouncedReply);
      return announced.filter((one) => one.pack === pack);
    },
    async dropAnnounced(id) {
      const drop = database.deleteFrom(ANNOUNCED).where('id', '=', id);
      return (await drop.executeTakeFirstOrThrow()).numDeletedRows > 0n;
    },
    async isAnnounced(id) {
      const there = database.selectFrom(ANNOUNCED).select('id').where('id', '=', id);
      return (await there.executeTakeFirst()) !== undefined;
    },
    addReply: (reply, pack) => add('pack_replies', pack, reply),
    repliesTo: async (pack) => (await allOf('pack_replies', pack)) as Reply[],
  };
}
