import { newId, type RandomBytes } from '../kernel/ids.ts';
import { AccountError } from './errors.ts';
import type { PasswordHasher, UserStore } from './ports.ts';
import { LOGIN, type Role, SHORTEST_PASSWORD, type User } from './user.ts';

/** Makes an account. */
export type AddUser = (wanted: { login: string; role: Role; password: string }) => Promise<User>;

/**
 * Creates the making of accounts.
 *
 * @throws {AccountError} from the use case: `LOGIN_INVALID`, `LOGIN_TAKEN`, `PASSWORD_TOO_SHORT`.
 */
export function createAddUser(deps: {
  users: UserStore;
  passwords: PasswordHasher;
  random: RandomBytes;
}): AddUser {
  const { users, passwords, random } = deps;
  return async function addUser({ login, role, password }) {
    if (!LOGIN.test(login)) {
      throw new AccountError(
        'LOGIN_INVALID',
        'A login has up to 40 lower-case Latin letters, digits, dots and dashes.',
      );
    }
    if ([...password.normalize('NFC')].length < SHORTEST_PASSWORD) {
      throw new AccountError(
        'PASSWORD_TOO_SHORT',
        `A password has at least ${SHORTEST_PASSWORD} characters. A few words in a row are easy to remember.`,
      );
    }
    const user: User = {
      id: newId(random),
      login,
      role,
      passwordHash: await passwords.hash(password),
    };
    await users.addUser(user);
    return user;
  };
}
