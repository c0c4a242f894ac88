import type { Kysely } from 'kysely';
import type { CaseRecord } from '../../cases/case.ts';
import { CasesError } from '../../cases/errors.ts';
import { createRowInserter } from './insert-rows.ts';
import type { CaseSealer } from './sealed-case.ts';
import type { CasesSchema } from './sqlite-cases-schema.ts';

/** Cases whose rows are made at once. */
const BATCH = 100;

const insertRows = createRowInserter();

/**
 * Inserts cases and their codes, to be called within a transaction.
 *
 * @throws {CasesError} `REGISTRY_CODE_TAKEN`.
 */
export async function insertCases(
  transaction: Kysely<CasesSchema>,
  sealer: CaseSealer,
  records: readonly CaseRecord[],
  importId?: string,
): Promise<void> {
  await refusingTakenCodes(async () => {
    for (let from = 0; from < records.length; from += BATCH) {
      const batch = records.slice(from, from + BATCH);
      const rows = batch.map((record) => sealer.toRow(record, importId));
      await insertRows(transaction, 'cases', rows);
      await insertRows(transaction, 'case_codes', batch.flatMap(sealer.toCodes));
    }
  });
}

/**
 * Replaces a case and its codes, to be called within a transaction. Decisions and the import stay.
 *
 * @throws {CasesError} `REGISTRY_CODE_TAKEN`.
 */
export async function replaceCase(
  transaction: Kysely<CasesSchema>,
  sealer: CaseSealer,
  record: CaseRecord,
): Promise<void> {
  const { id, sealed_decisions: _decisions, import_id: _import, ...columns } = sealer.toRow(record);
  await refusingTakenCodes(async () => {
    await transaction.updateTable('cases').set(columns).where('id', '=', id).execute();
    await transaction.deleteFrom('case_codes').where('case_id', '=', id).execute();
    await insertRows(transaction, 'case_codes', sealer.toCodes(record));
  });
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
