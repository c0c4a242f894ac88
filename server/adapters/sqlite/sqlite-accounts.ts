import { AccountError } from '../../accounts/errors.ts';
import type { AttemptStore, SessionStore, UserStore } from '../../accounts/ports.ts';
import type { Role, User } from '../../accounts/user.ts';
import type { UsersTable } from './sqlite-accounts-schema.ts';
import type { Database } from './sqlite-database.ts';

/** Keeps accounts, sessions and failed sign-ins in the database. It needs no vault. */
export function createSqliteAccounts(deps: {
  database: Database;
}): UserStore & SessionStore & AttemptStore {
  const { database } = deps;
  const userOf = (row: UsersTable | undefined): User | null =>
    row === undefined
      ? null
      : { id: row.id, login: row.login, role: row.role as Role, passwordHash: row.password_hash };

  return {
    async addUser({ id, login, role, passwordHash }) {
      const { numInsertedOrUpdatedRows } = await database
        .insertInto('users')
        .values({ id, login, role, password_hash: passwordHash })
        .onConflict((conflict) => conflict.column('login').doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows === 1n) return;
      throw new AccountError('LOGIN_TAKEN', 'There is an account of this login. Choose another.');
    },
    async byLogin(login) {
      const query = database.selectFrom('users').selectAll().where('login', '=', login);
      return userOf(await query.executeTakeFirst());
    },
    async byId(id) {
      const query = database.selectFrom('users').selectAll().where('id', '=', id);
      return userOf(await query.executeTakeFirst());
    },
    async countByRole(role) {
      const { total } = await database
        .selectFrom('users')
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .where('role', '=', role)
        .executeTakeFirstOrThrow();
      return Number(total);
    },
    async addSession({ tokenHash, userId, createdAtMs, seenAtMs }) {
      await database
        .insertInto('sessions')
        .values({
          token_hash: tokenHash,
          user_id: userId,
          created_at_ms: createdAtMs,
          seen_at_ms: seenAtMs,
        })
        .execute();
    },
    async session(tokenHash) {
      const row = await database
        .selectFrom('sessions')
        .selectAll()
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst();
      if (row === undefined) return null;
      return {
        tokenHash,
        userId: row.user_id,
        createdAtMs: Number(row.created_at_ms),
        seenAtMs: Number(row.seen_at_ms),
      };
    },
    async touchSession(tokenHash, seenAtMs) {
      await database
        .updateTable('sessions')
        .set({ seen_at_ms: seenAtMs })
        .where('token_hash', '=', tokenHash)
        .execute();
    },
    async removeSession(tokenHash) {
      await database.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute();
    },
    async removeExpired({ createdAtMs, seenAtMs }) {
      await database
        .deleteFrom('sessions')
        .where((row) =>
          row.or([row('created_at_ms', '<=', createdAtMs), row('seen_at_ms', '<=', seenAtMs)]),
        )
        .execute();
    },
    async addFailure(login, atMs, sinceMs) {
      await database
        .deleteFrom('sign_in_failures')
        .where('login', '=', login)
        .where('at_ms', '<', sinceMs)
        .execute();
      await database.insertInto('sign_in_failures').values({ login, at_ms: atMs }).execute();
    },
    async failures(login, sinceMs) {
      const rows = await database
        .selectFrom('sign_in_failures')
        .select('at_ms')
        .where('login', '=', login)
        .where('at_ms', '>=', sinceMs)
        .orderBy('at_ms')
        .execute();
      return rows.map((row) => Number(row.at_ms));
    },
    async clear(login) {
      await database.deleteFrom('sign_in_failures').where('login', '=', login).execute();
    },
  };
}
