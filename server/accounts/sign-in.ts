import type { Clock } from '../kernel/time.ts';
import { AccountError } from './errors.ts';
import type { AttemptStore, PasswordHasher, UserStore } from './ports.ts';
import type { Sessions } from './sessions.ts';
import type { User } from './user.ts';

/** Signs somebody in. */
export type SignIn = (
  credentials: { login: string; password: string },
  /** The token of a session that this one replaces. */
  earlierToken?: string,
) => Promise<{ user: User; token: string }>;

/** Five failures of a login in a quarter of an hour; a hundred of all logins together. */
const WINDOW_MS = 15 * 60_000;
const MOST_PER_LOGIN = 5;
const MOST_OF_ALL = 100;
const EVERYBODY = '*';

/**
 * Creates the signing in. A wrong password and an unknown login take as long and say the same; after
 * a few failures a login waits, and so does everybody after many. The session is always a new one.
 *
 * @throws {AccountError} from the use case: `SIGN_IN_REFUSED`, `SIGN_IN_LIMITED`.
 */
export function createSignIn(deps: {
  users: UserStore;
  attempts: AttemptStore;
  passwords: PasswordHasher;
  sessions: Sessions;
  clock: Clock;
}): SignIn {
  const { users, attempts, passwords, sessions, clock } = deps;
  // Whoever asks for an unknown login waits as long as for a known one.
  let decoy: Promise<string> | undefined;

  async function refuseTooMany(key: string, most: number): Promise<void> {
    const now = clock.now().getTime();
    const failures = await attempts.failures(key, now - WINDOW_MS);
    const oldest = failures.at(-most);
    if (oldest === undefined) return;
    const retryAfterS = Math.max(1, Math.ceil((oldest + WINDOW_MS - now) / 1000));
    throw new AccountError(
      'SIGN_IN_LIMITED',
      `Too many tries. Wait ${Math.ceil(retryAfterS / 60)} minutes, then try again.`,
      { retryAfterS },
    );
  }

  return async function signIn({ login, password }, earlierToken) {
    await refuseTooMany(login, MOST_PER_LOGIN);
    await refuseTooMany(EVERYBODY, MOST_OF_ALL);
    const user = await users.byLogin(login);
    decoy ??= passwords.hash('no password of anybody');
    const right = await passwords.matches(password, user?.passwordHash ?? (await decoy));
    if (user === null || !right) {
      const now = clock.now().getTime();
      for (const key of [login, EVERYBODY]) {
        await attempts.addFailure(key, now, now - WINDOW_MS);
      }
      throw new AccountError(
        'SIGN_IN_REFUSED',
        'The login or the password is not right. Check both and try again.',
      );
    }
    await attempts.clear(login);
    if (earlierToken !== undefined) await sessions.end(earlierToken);
    return { user, token: await sessions.begin(user.id) };
  };
}
