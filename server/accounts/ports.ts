import type { User } from './user.ts';

/** Where accounts are kept. */
export interface UserStore {
  /** Throws {AccountError} `LOGIN_TAKEN`. */
  addUser(user: User): Promise<void>;
  byLogin(login: string): Promise<User | null>;
  byId(id: string): Promise<User | null>;
  /** How many accounts have a role. */
  countByRole(role: User['role']): Promise<number>;
}

/** A session as it is stored: whoever reads the database cannot use it. */
export interface StoredSession {
  /** SHA-256 of the token, hex. */
  readonly tokenHash: string;
  readonly userId: string;
  readonly createdAtMs: number;
  readonly seenAtMs: number;
}

/** Where sessions are kept. */
export interface SessionStore {
  addSession(session: StoredSession): Promise<void>;
  session(tokenHash: string): Promise<StoredSession | null>;
  touchSession(tokenHash: string, seenAtMs: number): Promise<void>;
  removeSession(tokenHash: string): Promise<void>;
  /** Removes what began or was last seen before these moments. */
  removeExpired(before: { createdAtMs: number; seenAtMs: number }): Promise<void>;
}

/** Counts failed sign-ins, durably: a restart forgets none. */
export interface AttemptStore {
  /** Notes a failure of `key` and forgets those before `sinceMs`. */
  addFailure(key: string, atMs: number, sinceMs: number): Promise<void>;
  /** Moments of the failures since then, oldest first. */
  failures(key: string, sinceMs: number): Promise<readonly number[]>;
  clear(key: string): Promise<void>;
}

/** Hashes passwords slowly (Argon2id). */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** False for any other password, and for what is no hash. */
  matches(password: string, hash: string): Promise<boolean>;
}

/** The vault, as people open and lock it. */
export interface VaultAccess {
  state(): Promise<'none' | 'locked' | 'open'>;
  /**
   * @throws {CodedError} `WRONG_PASSPHRASE`, `WRONG_KEY_FILE`, `OTHER_SECRET`, `VAULT_NOT_MADE`,
   *   `PASSPHRASE_TOO_SHORT` or `KEY_FILE_UNREADABLE`.
   */
  open(
    secret: { passphrase: string; makes: boolean } | { keyBytes: Uint8Array; makes: boolean },
  ): Promise<void>;
  lock(): Promise<void>;
}
