import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Job, JobState } from '../../jobs/job.ts';
import type { JobHold, JobStore } from '../../jobs/ports.ts';
import type { JsonValue } from '../../kernel/canonical-json.ts';
import type { TextSealer } from '../../kernel/vault.ts';
import { isGone, processName } from '../process-owner.ts';
import type { Database } from './sqlite-database.ts';
import type { JobsSchema, JobsTable } from './sqlite-jobs-schema.ts';

type JobsExpressions = ExpressionBuilder<JobsSchema, 'jobs'>;

/**
 * Keeps jobs in the database; inputs and outputs are sealed. All processes that share a database run
 * on one machine, so a job whose process died is free at once and does not wait for its lease.
 */
export function createSqliteJobs(deps: { database: Database; sealer: TextSealer }): JobStore {
  const { database, sealer } = deps;
  const holder = processName();
  const placeOf = (row: string, field: string) => ({
    table: 'jobs',
    row,
    field,
  });
  const seal = (id: string, field: string, value: JsonValue) =>
    sealer.seal(placeOf(id, field), JSON.stringify(value));
  const open = (id: string, field: string, sealed: Uint8Array): JsonValue =>
    JSON.parse(sealer.open(placeOf(id, field), sealed));

  function jobOf(row: JobsTable): Job {
    const { error_code: code, error_message: message, sealed_output: output } = row;
    return {
      id: row.id,
      kind: row.kind,
      input: open(row.id, 'sealed_input', row.sealed_input),
      output: output === null ? null : open(row.id, 'sealed_output', output),
      state: row.state as JobState,
      progress: {
        done: Number(row.done),
        total: Number(row.total),
        unit: row.unit,
      },
      attempts: row.attempts,
      failure: code === null || message === null ? null : { code, message },
      createdAtMs: Number(row.created_at_ms),
      updatedAtMs: Number(row.updated_at_ms),
    };
  }

  /** Changes a job only while the hold lasts. */
  async function whileHeld({ id, fence }: JobHold, change: Partial<JobsTable>): Promise<boolean> {
    const { numUpdatedRows } = await database
      .updateTable('jobs')
      .set(change)
      .where('id', '=', id)
      .where('fence', '=', fence)
      .where('state', '=', 'running')
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n;
  }

  /** Ends the leases of processes that are no more. */
  async function freeAbandoned(): Promise<void> {
    const held = await database
      .selectFrom('jobs')
      .select('holder')
      .distinct()
      .where('state', '=', 'running')
      .execute();
    const gone = held.flatMap(({ holder }) => (holder !== null && isGone(holder) ? [holder] : []));
    if (gone.length === 0) return;
    await database
      .updateTable('jobs')
      .set({ lease_until_ms: 0, holder: null })
      .where('state', '=', 'running')
      .where('holder', 'in', gone)
      .execute();
  }

  return {
    async add({ id, kind, input, name, nowMs }) {
      await database
        .insertInto('jobs')
        .values({
          id,
          kind,
          sealed_input: seal(id, 'sealed_input', input),
          sealed_output: null,
          name,
          state: 'queued',
          done: 0,
          total: 0,
          unit: '',
          lease_until_ms: 0,
          fence: 0,
          attempts: 0,
          created_at_ms: nowMs,
          updated_at_ms: nowMs,
          error_code: null,
          error_message: null,
          holder: null,
        })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .execute();
      const standing = await database
        .selectFrom('jobs')
        .select('id')
        .where('name', '=', name)
        .executeTakeFirst();
      // Added, but over again in this very moment.
      return standing?.id ?? id;
    },
    async find(id) {
      const row = await database
        .selectFrom('jobs')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return row === undefined ? null : jobOf(row);
    },
    async list({ states, limit }) {
      const rows = await database
        .selectFrom('jobs')
        .selectAll()
        .where('state', 'in', states)
        .orderBy('created_at_ms', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(jobOf);
    },
    async claim({ id, kinds, nowMs, leaseUntilMs, attemptLimit }) {
      await freeAbandoned();
      const claimed = await database
        .updateTable('jobs')
        .set(({ eb }) => ({
          state: 'running',
          fence: eb('fence', '+', 1),
          attempts: eb('attempts', '+', 1),
          lease_until_ms: leaseUntilMs,
          updated_at_ms: nowMs,
          holder,
        }))
        .where('id', '=', ({ selectFrom }) => {
          let waiting = selectFrom('jobs')
            .select('id')
            .where('kind', 'in', kinds)
            .where('attempts', '<', attemptLimit)
            .where((eb) => isFree(eb, nowMs));
          if (id !== undefined) waiting = waiting.where('id', '=', id);
          return waiting.orderBy('created_at_ms').orderBy('id').limit(1);
        })
        .returning(['id', 'fence'])
        .executeTakeFirst();
      return claimed ?? null;
    },
    async park({ nowMs, attemptLimit, failure }) {
      const { numUpdatedRows } = await database
        .updateTable('jobs')
        .set({
          state: 'failed',
          name: null,
          error_code: failure.code,
          error_message: failure.message,
          updated_at_ms: nowMs,
        })
        .where('state', '=', 'running')
        .where('lease_until_ms', '<=', nowMs)
        .where('attempts', '>=', attemptLimit)
        .executeTakeFirstOrThrow();
      return Number(numUpdatedRows);
    },
    renew: (hold, leaseUntilMs) => whileHeld(hold, { lease_until_ms: leaseUntilMs }),
    saveProgress: (hold, { done, total, unit }, nowMs) =>
      whileHeld(hold, { done, total, unit, updated_at_ms: nowMs }),
    async end(hold, end, nowMs) {
      const { id } = hold;
      if (end.state === 'done') {
        const sealed_output = seal(id, 'sealed_output', end.output);
        return await whileHeld(hold, {
          state: 'done',
          sealed_output,
          updated_at_ms: nowMs,
        });
      }
      if (end.state === 'failed') {
        const { code: error_code, message: error_message } = end.failure;
        const over = { state: 'failed', name: null, error_code, error_message };
        return await whileHeld(hold, { ...over, updated_at_ms: nowMs });
      }
      const { numUpdatedRows } = await database
        .updateTable('jobs')
        .set(({ eb }) => ({
          state: 'queued',
          attempts: eb('attempts', '-', 1),
          lease_until_ms: 0,
          updated_at_ms: nowMs,
        }))
        .where('id', '=', id)
        .where('fence', '=', hold.fence)
        .where('state', '=', 'running')
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
    async cancel(id, nowMs) {
      const { numUpdatedRows } = await database
        .updateTable('jobs')
        .set({ state: 'cancelled', name: null, updated_at_ms: nowMs })
        .where('id', '=', id)
        .where('state', 'in', ['queued', 'running'])
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
  };
}

/** Queued, or running under a lease that ended. */
function isFree({ eb, or, and }: JobsExpressions, nowMs: number): Expression<SqlBool> {
  const expired = and([eb('state', '=', 'running'), eb('lease_until_ms', '<=', nowMs)]);
  return or([eb('state', '=', 'queued'), expired]);
}
