import type { Kysely, Transaction } from 'kysely';
import { CasesError } from '../../cases/errors.ts';
import type { ImportStore, KeptImport } from '../../cases/ports.ts';
import { newId, type RandomBytes, systemRandom } from '../../kernel/ids.ts';
import { isoSeconds } from '../../kernel/time.ts';
import type { OutputNamer, TextSealer } from '../../kernel/vault.ts';
import { acceptStaged, stageCases } from './insert-cases.ts';
import { createCaseSealer } from './sealed-case.ts';
import type { CasesSchema, ImportsTable } from './sqlite-cases-schema.ts';
import type { ReviewsSchema } from './sqlite-reviews-schema.ts';

const DAY_MS = 86_400_000;
const LISTED = 100;

/** Keeps imports in a relational database; what is not accepted yet lies there sealed. */
export function createSqliteImports(deps: {
  db: Kysely<CasesSchema>;
  sealer: TextSealer;
  namer: OutputNamer;
  /** Called after rows were deleted: they must leave the write-ahead log too. */
  purge: () => Promise<void>;
  random?: RandomBytes;
}): ImportStore {
  const { db, namer, purge, random = systemRandom } = deps;
  const cases = createCaseSealer(deps);
  const tableName = (digest: string) =>
    namer.nameFor({ table: 'imports', field: 'table', value: digest });

  async function rowOf(id: string, from: Kysely<CasesSchema> = db): Promise<ImportsTable> {
    const row = await from
      .selectFrom('imports')
      .selectAll()
      .where('id', '=', id)
      .where('state', '!=', 'staged')
      .executeTakeFirst();
    if (row !== undefined) return row;
    throw unknown();
  }

  async function refuseTouched(
    transaction: Transaction<CasesSchema>,
    id: string,
    published: ReadonlySet<string>,
  ) {
    const rows = await transaction
      .selectFrom('cases')
      .innerJoin('sealed_cases', 'sealed_cases.number', 'cases.number')
      .select(['id', (eb) => eb('sealed_decisions', 'is not', null).as('decided')])
      .where('import_id', '=', id)
      .execute();
    const reviews = await (transaction as unknown as Kysely<ReviewsSchema>)
      .selectFrom('case_reviews')
      .select('case_id')
      .execute();
    const changes = await transaction.selectFrom('case_history').select('case_id').execute();
    const worked = new Set([...reviews, ...changes].map((one) => one.case_id));
    const touched = rows.filter(
      (row) => Number(row.decided) === 1 || worked.has(row.id) || published.has(row.id),
    );
    if (touched.length === 0) return;
    throw new CasesError(
      'IMPORT_TOUCHED',
      `Somebody has worked on ${touched.length} of the cases of this import since, so it cannot be undone as a whole. Withdraw single cases instead.`,
    );
  }

  async function deleteWhere(id: string) {
    await db.transaction().execute(async (transaction) => {
      await deleteSealed(transaction, 'staged_cases', id);
      await transaction.deleteFrom('staged_cases').where('import_id', '=', id).execute();
      await transaction.deleteFrom('imports').where('id', '=', id).execute();
    });
    await purge();
  }

  async function forgetOld(at: Date) {
    const old = await db
      .selectFrom('imports')
      .select('id')
      .where('state', 'in', ['staged', 'previewed'])
      .where('started_at', '<', dayBefore(at))
      .execute();
    for (const { id } of old) await deleteWhere(id);
  }

  return {
    forgetOld,
    async begin(startedAt) {
      await forgetOld(startedAt);
      const id = newId(random);
      await db
        .insertInto('imports')
        .values({
          id,
          state: 'staged',
          started_at: isoSeconds(startedAt),
          table_name: null,
          case_count: 0,
          problem_count: 0,
        })
        .execute();
      return id;
    },
    async stage(id, records) {
      await db.transaction().execute((transaction) => stageCases(transaction, cases, records, id));
    },
    async finish(id, { table, caseCount, problemCount }) {
      await db
        .updateTable('imports')
        .set({
          state: 'previewed',
          table_name: tableName(table),
          case_count: caseCount,
          problem_count: problemCount,
        })
        .where('id', '=', id)
        .execute();
    },
    find: async (id) => keptImport(await rowOf(id)),
    async importOf(caseId) {
      const row = await db
        .selectFrom('imports')
        .innerJoin('cases', 'cases.import_id', 'imports.id')
        .selectAll('imports')
        .where('cases.id', '=', caseId)
        .executeTakeFirst();
      return row === undefined ? null : keptImport(row);
    },
    async list() {
      const rows = await db
        .selectFrom('imports')
        .selectAll()
        .where('state', '!=', 'staged')
        .orderBy('started_at', 'desc')
        .orderBy('id')
        .limit(LISTED)
        .execute();
      return rows.map(keptImport);
    },
    async wasImported(table) {
      const row = await db
        .selectFrom('imports')
        .select('id')
        .where('table_name', '=', tableName(table))
        .where('state', '=', 'imported')
        .executeTakeFirst();
      return row !== undefined;
    },
    async accept(id, at) {
      const { state, started_at: startedAt } = await rowOf(id);
      if (state === 'previewed' && startedAt < dayBefore(at)) {
        await deleteWhere(id);
        throw unknown();
      }
      await db.transaction().execute(async (transaction) => {
        const { state } = await rowOf(id, transaction);
        if (state !== 'previewed') throw over();
        await acceptStaged(transaction, id);
        const changes = { state: 'imported' as const };
        await transaction.updateTable('imports').set(changes).where('id', '=', id).execute();
      });
      await purge();
    },
    discard: deleteWhere,
    async undo(id, published) {
      await db.transaction().execute(async (transaction) => {
        const { state } = await rowOf(id, transaction);
        if (state !== 'imported') throw over();
        await refuseTouched(transaction, id, published);
        await deleteSealed(transaction, 'cases', id);
        await transaction.deleteFrom('cases').where('import_id', '=', id).execute();
        const changes = { state: 'undone' as const };
        await transaction.updateTable('imports').set(changes).where('id', '=', id).execute();
      });
      await purge();
    },
  };
}

/** Deletes what is sealed of the cases of an import; what refers to it has to follow. */
async function deleteSealed(
  transaction: Transaction<CasesSchema>,
  table: 'cases' | 'staged_cases',
  importId: string,
): Promise<void> {
  await transaction
    .deleteFrom('sealed_cases')
    .where('number', 'in', (eb) =>
      eb.selectFrom(table).select(`${table}.number`).where('import_id', '=', importId),
    )
    .execute();
}

function keptImport(row: ImportsTable): KeptImport {
  return {
    id: row.id,
    state: row.state as KeptImport['state'],
    startedAt: row.started_at,
    caseCount: Number(row.case_count),
    problemCount: Number(row.problem_count),
  };
}

const dayBefore = (moment: Date) => isoSeconds(new Date(moment.getTime() - DAY_MS));

function unknown(): CasesError {
  return new CasesError(
    'IMPORT_UNKNOWN',
    'There is no such import, or it was not accepted within a day. Preview the table again.',
  );
}

function over(): CasesError {
  return new CasesError(
    'IMPORT_OVER',
    'The import was accepted or undone already. Look at the list of imports.',
  );
}
