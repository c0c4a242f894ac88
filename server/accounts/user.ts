/** What somebody may do. Routes list the roles they are for. */
export const ROLES = ['lawyer', 'reactor', 'auditor', 'administrator'] as const;

/** One of {@link ROLES}. */
export type Role = (typeof ROLES)[number];

/** Somebody with an account. The login is a pseudonym: it need not name anybody. */
export interface User {
  readonly id: string;
  readonly login: string;
  readonly role: Role;
  /** Salted and slow; see the port. */
  readonly passwordHash: string;
}

/** Lower-case letters, digits, dots and dashes, up to 40. */
export const LOGIN = /^[a-z0-9][a-z0-9.-]{0,39}$/;

/** ASVS 5.0, 6.2.1 and 6.2.9: long, with no rules of composition. */
export const SHORTEST_PASSWORD = 15;
