import { z } from 'zod';
import { CustodyError } from '../../custody/errors.ts';
import type { CustodyStore } from '../../custody/ports.ts';
import type { JsonValue } from '../../kernel/canonical-json.ts';
import type { TextSealer } from '../../kernel/vault.ts';
import type { Database } from './sqlite-database.ts';

const OPENING = z.strictObject({
  salt: z.string().regex(/^[0-9a-f]{64}$/),
  detail: z.strictObject({ at: z.string(), about: z.json() }),
});

/** Keeps the custody log in the database; salts and details are sealed. */
export function createSqliteCustody(deps: {
  database: Database;
  sealer: TextSealer;
}): CustodyStore {
  const { database, sealer } = deps;
  const placeOf = (index: number) => ({
    table: 'custody_events',
    row: String(index),
    field: 'sealed',
  });

  async function countEvents(from: Pick<Database, 'selectFrom'> = database): Promise<number> {
    const { last } = await from
      .selectFrom('custody_events')
      .select(({ fn }) => fn.max('position').as('last'))
      .executeTakeFirstOrThrow();
    return last === null ? 0 : Number(last) + 1;
  }

  return {
    size: () => countEvents(),
    async append(position, { leaf, opening }, nodes) {
      const sealed = sealer.seal(placeOf(position), JSON.stringify(opening));
      return await database.transaction().execute(async (transaction) => {
        if ((await countEvents(transaction)) !== position) return false;
        await transaction.insertInto('custody_events').values({ position, leaf, sealed }).execute();
        await transaction
          .insertInto('custody_nodes')
          .values([...nodes])
          // What stands there already can only be a leftover of a log that was cut.
          .onConflict((conflict) =>
            conflict
              .columns(['level', 'position'])
              .doUpdateSet(({ ref }) => ({ hash: ref('excluded.hash') })),
          )
          .execute();
        return true;
      });
    },
    async leaf(position) {
      const row = await database
        .selectFrom('custody_events')
        .select('leaf')
        .where('position', '=', position)
        .executeTakeFirst();
      return row?.leaf ?? null;
    },
    async entry(position) {
      const row = await database
        .selectFrom('custody_events')
        .select(['leaf', 'sealed'])
        .where('position', '=', position)
        .executeTakeFirst();
      if (row === undefined) return null;
      const text = sealer.open(placeOf(position), row.sealed);
      const parsed = OPENING.safeParse(JSON.parse(text));
      if (!parsed.success) {
        throw new CustodyError(
          'LOG_DAMAGED',
          'An event of the custody log was changed. Restore the database from a backup.',
          { cause: parsed.error },
        );
      }
      const { salt, detail } = parsed.data;
      return {
        leaf: row.leaf,
        opening: {
          salt,
          detail: { at: detail.at, about: detail.about as JsonValue },
        },
      };
    },
    async node({ level, position }) {
      const row = await database
        .selectFrom('custody_nodes')
        .select('hash')
        .where('level', '=', level)
        .where('position', '=', position)
        .executeTakeFirst();
      return row?.hash ?? null;
    },
    async keepCheckpoint(size, note) {
      await database
        .insertInto('custody_checkpoints')
        .values({ size, note })
        .onConflict((conflict) => conflict.column('size').doNothing())
        .execute();
    },
    checkpoints: () =>
      database.selectFrom('custody_checkpoints').selectAll().orderBy('size').execute(),
  };
}
