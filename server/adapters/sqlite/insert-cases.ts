import type { Kysely } from 'kysely';
import type { CaseRecord } from '../../cases/case.ts';
import { CasesError } from '../../cases/errors.ts';
import { createRowInserter } from './insert-rows.ts';
import type { CaseSealer } from './sealed-case.ts';
import type { CasesSchema, CodedCase } from './sqlite-cases-schema.ts';

const insertRows = createRowInserter();

/**
 * Inserts cases, to be called within a transaction.
 *
 * @throws {CasesError} `REGISTRY_CODE_TAKEN`.
 */
export async function insertCases(
  transaction: Kysely<CasesSchema>,
  sealer: CaseSealer,
  records: readonly CaseRecord[],
): Promise<void> {
  const rows = await insertSealed(transaction, sealer, records);
  await refusingTakenCodes(() =>
    insertRows(
      transaction,
      'cases',
      rows.map((row) => ({ ...row, import_id: null })),
    ),
  );
}

/** Adds cases to an import that is not accepted yet, to be called within a transaction. */
export async function stageCases(
  transaction: Kysely<CasesSchema>,
  sealer: CaseSealer,
  records: readonly CaseRecord[],
  importId: string,
): Promise<void> {
  const rows = await insertSealed(transaction, sealer, records);
  await insertRows(
    transaction,
    'staged_cases',
    rows.map((row) => ({ ...row, import_id: importId })),
  );
}

/**
 * Makes cases of all that an import staged, to be called within a transaction. What is sealed of them
 * stays where it was written.
 *
 * @throws {CasesError} `REGISTRY_CODE_TAKEN`.
 */
export async function acceptStaged(
  transaction: Kysely<CasesSchema>,
  importId: string,
): Promise<void> {
  // Both tables have the same columns in the same order.
  const staged = transaction.selectFrom('staged_cases').selectAll();
  await refusingTakenCodes(async () => {
    await transaction
      .insertInto('cases')
      .expression(staged.where('import_id', '=', importId).orderBy('number'))
      .execute();
  });
  await transaction.deleteFrom('staged_cases').where('import_id', '=', importId).execute();
}

/**
 * Replaces a case, to be called within a transaction. Decisions and the import stay.
 *
 * @throws {CasesError} `REGISTRY_CODE_TAKEN`.
 */
export async function replaceCase(
  transaction: Kysely<CasesSchema>,
  sealer: CaseSealer,
  record: CaseRecord,
): Promise<void> {
  const { number } = await transaction
    .selectFrom('cases')
    .select('number')
    .where('id', '=', record.id)
    .executeTakeFirstOrThrow();
  await refusingTakenCodes(async () => {
    await transaction
      .updateTable('cases')
      .set(sealer.toCoded(record, number))
      .where('id', '=', record.id)
      .execute();
    await transaction
      .updateTable('sealed_cases')
      .set({ sealed: sealer.toSealed(record) })
      .where('number', '=', number)
      .execute();
  });
}

/** Writes what is sealed of cases, and gives the rows that refer to it. */
async function insertSealed(
  transaction: Kysely<CasesSchema>,
  sealer: CaseSealer,
  records: readonly CaseRecord[],
): Promise<CodedCase[]> {
  const { last } = await transaction
    .selectFrom('sealed_cases')
    .select(({ fn }) => fn.max<number | null>('number').as('last'))
    .executeTakeFirstOrThrow();
  const rows = records.map((record, i) => sealer.toCoded(record, Number(last ?? 0) + 1 + i));
  const sealed = records.map((record, i) => ({
    number: rows[i]!.number,
    sealed: sealer.toSealed(record),
    sealed_decisions: null,
  }));
  await insertRows(transaction, 'sealed_cases', sealed);
  return rows;
}

async function refusingTakenCodes(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isTakenCode(error)) throw error;
    throw new CasesError(
      'REGISTRY_CODE_TAKEN',
      'One of the cases is there already, under the same registry code. Nothing was added.',
      { cause: error },
    );
  }
}

/** Whether the database refused a second case under one registry code. */
function isTakenCode(error: unknown): boolean {
  const text = error instanceof Error ? error.message : '';
  return /unique|duplicate/i.test(text) && /registry_name/.test(text);
}
