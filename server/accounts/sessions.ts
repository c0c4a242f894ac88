import { sha256 } from '../kernel/digest.ts';
import type { RandomBytes } from '../kernel/ids.ts';
import type { Clock } from '../kernel/time.ts';
import { AccountError } from './errors.ts';
import type { SessionStore, UserStore } from './ports.ts';
import type { User } from './user.ts';

/** Who is signed in, and for how long. */
export interface Sessions {
  /** Begins a session and returns its token: 256 random bits, shown once. */
  begin(userId: string): Promise<string>;
  /** Whose session it is; counts as activity. Throws {AccountError} `NOT_SIGNED_IN`. */
  userOf(token: string | undefined): Promise<User>;
  /** Ends a session; one that is over is no error. */
  end(token: string): Promise<void>;
}

/** ASVS 5.0, 7.3: half an hour without a request, twelve hours in all. */
export const IDLE_MS = 30 * 60_000;
export const ABSOLUTE_MS = 12 * 60 * 60_000;
/** Activity is written down at most so often. */
const TOUCH_MS = 60_000;

/** Creates the sessions. */
export function createSessions(deps: {
  sessions: SessionStore;
  users: UserStore;
  clock: Clock;
  random: RandomBytes;
}): Sessions {
  const { sessions, users, clock, random } = deps;
  return {
    async begin(userId) {
      const now = clock.now().getTime();
      await sessions.removeExpired({ createdAtMs: now - ABSOLUTE_MS, seenAtMs: now - IDLE_MS });
      const token = Buffer.from(random(32)).toString('base64url');
      await sessions.addSession({
        tokenHash: sha256(token),
        userId,
        createdAtMs: now,
        seenAtMs: now,
      });
      return token;
    },
    async userOf(token) {
      const now = clock.now().getTime();
      const tokenHash = sha256(token ?? '');
      const session = token === undefined ? null : await sessions.session(tokenHash);
      const alive =
        session !== null &&
        now - session.seenAtMs < IDLE_MS &&
        now - session.createdAtMs < ABSOLUTE_MS;
      const user = alive ? await users.byId(session.userId) : null;
      if (session === null || user === null) {
        throw new AccountError('NOT_SIGNED_IN', 'You are not signed in, or no longer. Sign in.');
      }
      if (now - session.seenAtMs >= TOUCH_MS) await sessions.touchSession(tokenHash, now);
      return user;
    },
    async end(token) {
      await sessions.removeSession(sha256(token));
    },
  };
}
