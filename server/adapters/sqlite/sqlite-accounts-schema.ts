import type { SchemaModule } from 'kysely';

/** One row an account. */
export interface UsersTable {
  id: string;
  login: string;
  role: string;
  password_hash: string;
}

/** One row a session, by the digest of its token. */
export interface SessionsTable {
  token_hash: string;
  user_id: string;
  created_at_ms: number;
  seen_at_ms: number;
}

/** One row a failed sign-in. */
export interface SignInFailuresTable {
  login: string;
  at_ms: number;
}

/** The tables of the accounts. */
export interface AccountsSchema {
  users: UsersTable;
  sessions: SessionsTable;
  sign_in_failures: SignInFailuresTable;
}

/** Creates the tables of the accounts. Portable SQL: nothing here is SQLite's alone. */
export async function createAccountsTables({ schema }: { schema: SchemaModule }): Promise<void> {
  await schema
    .createTable('users')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('login', 'text', (column) => column.notNull().unique())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('password_hash', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('sessions')
    .addColumn('token_hash', 'text', (column) => column.primaryKey().notNull())
    .addColumn('user_id', 'text', (column) =>
      column.notNull().references('users.id').onDelete('cascade'),
    )
    .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('seen_at_ms', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('sign_in_failures')
    .addColumn('login', 'text', (column) => column.notNull())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createIndex('sign_in_failures_by_login')
    .on('sign_in_failures')
    .columns(['login', 'at_ms'])
    .execute();
}
