import type { AttemptLimit } from './attempt-limit.ts';
import { AccountError } from './errors.ts';
import type { PasswordHasher, UserStore } from './ports.ts';
import type { Sessions } from './sessions.ts';
import type { User } from './user.ts';

/** Signs somebody in. */
export type SignIn = (
  credentials: { login: string; password: string },
  /** The token of a session that this one replaces. */
  earlierToken?: string,
) => Promise<{ user: User; token: string }>;

/**
 * Creates the signing in. A wrong password and an unknown login take as long and say the same; after
 * a few failures a login waits, and so does everybody after many. The session is always a new one.
 *
 * @throws {AccountError} from the use case: `SIGN_IN_REFUSED`, `SIGN_IN_LIMITED`.
 */
export function createSignIn(deps: {
  users: UserStore;
  limit: AttemptLimit;
  passwords: PasswordHasher;
  sessions: Sessions;
}): SignIn {
  const { users, limit, passwords, sessions } = deps;
  // Whoever asks for an unknown login waits as long as for a known one.
  let decoy: Promise<string> | undefined;

  return async function signIn({ login, password }, earlierToken) {
    await limit.refuseTooMany(login);
    const user = await users.byLogin(login);
    decoy ??= passwords.hash('no password of anybody');
    const right = await passwords.matches(password, user?.passwordHash ?? (await decoy));
    if (user === null || !right) {
      await limit.addFailure(login);
      throw new AccountError(
        'SIGN_IN_REFUSED',
        'The login or the password is not right. Check both and try again.',
      );
    }
    await limit.clear(login);
    if (earlierToken !== undefined) await sessions.end(earlierToken);
    return { user, token: await sessions.begin(user.id) };
  };
}
