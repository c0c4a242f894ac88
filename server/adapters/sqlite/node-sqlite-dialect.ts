import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { storageFailure } from './storage-failure.ts';

/** Prepared statements kept for reuse; Dalil has fewer distinct ones than that. */
const STATEMENT_LIMIT = 256;

/**
 * Lets Kysely speak to `node:sqlite`.
 *
 * Transactions begin IMMEDIATE: a deferred one that reads first and writes later fails at once,
 * without waiting, when another process has written in between.
 */
export function createNodeSqliteDialect(sqlite: DatabaseSync): Dialect {
  return {
    createDriver: () => createDriver(sqlite),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

function createDriver(sqlite: DatabaseSync): Driver {
  const connection = createConnection(sqlite);
  const run = async (sql: string) => {
    await connection.executeQuery(CompiledQuery.raw(sql));
  };
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: () => run('begin immediate'),
    commitTransaction: () => run('commit'),
    async rollbackTransaction() {
      // A full disk makes SQLite roll back by itself; a second rollback would hide why.
      if (sqlite.isTransaction) await run('rollback');
    },
    releaseConnection: async () => {},
    destroy: async () => sqlite.close(),
  };
}

function createConnection(sqlite: DatabaseSync): DatabaseConnection {
  const prepared = new Map<string, StatementSync>();

  function statementFor(sql: string): StatementSync {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const statement = sqlite.prepare(sql);
    if (prepared.size >= STATEMENT_LIMIT) prepared.clear();
    prepared.set(sql, statement);
    return statement;
  }

  return {
    async executeQuery<Row>(query: CompiledQuery) {
      const values = query.parameters as readonly SQLInputValue[];
      try {
        const statement = statementFor(query.sql);
        if (statement.columns().length > 0) return { rows: statement.all(...values) as Row[] };
        const { changes, lastInsertRowid } = statement.run(...values);
        return {
          rows: [],
          numAffectedRows: BigInt(changes),
          insertId: BigInt(lastInsertRowid),
        };
      } catch (error) {
        throw storageFailure(error) ?? error;
      }
    },
    async *streamQuery<Row>(query: CompiledQuery) {
      // Never a shared statement: it would start anew under a reader that is still at work.
      const statement = sqlite.prepare(query.sql);
      for (const row of statement.iterate(...(query.parameters as readonly SQLInputValue[]))) {
        yield { rows: [row as Row] };
      }
    },
  };
}
