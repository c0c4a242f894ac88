import type { Clock } from '../kernel/time.ts';
import { AccountError } from './errors.ts';
import type { AttemptStore } from './ports.ts';

/** Slows down whoever guesses a secret. */
export interface AttemptLimit {
  /** Throws {AccountError} `SIGN_IN_LIMITED` when there were too many failures lately. */
  refuseTooMany(key: string): Promise<void>;
  addFailure(key: string): Promise<void>;
  clear(key: string): Promise<void>;
}

/** Five failures of a key in a quarter of an hour; a hundred of all keys together. */
const WINDOW_MS = 15 * 60_000;
const MOST_PER_KEY = 5;
const MOST_OF_ALL = 100;
const EVERYBODY = '*';

/** Creates the limit; failures are kept durably, so that a restart forgives none. */
export function createAttemptLimit(deps: { attempts: AttemptStore; clock: Clock }): AttemptLimit {
  const { attempts, clock } = deps;

  async function refuse(key: string, most: number): Promise<void> {
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

  return {
    async refuseTooMany(key) {
      await refuse(key, MOST_PER_KEY);
      await refuse(EVERYBODY, MOST_OF_ALL);
    },
    async addFailure(key) {
      const now = clock.now().getTime();
      for (const one of [key, EVERYBODY]) await attempts.addFailure(one, now, now - WINDOW_MS);
    },
    clear: (key) => attempts.clear(key),
  };
}
