import type { Release } from './release.ts';

/** Keeps what was ever published, sealed. Nothing is taken out of it or changed. */
export interface ReleaseLedger {
  /** All releases, in the order in which they were recorded. */
  releases(): Promise<readonly Release[]>;
  /**
   * Adds a release behind `known` others.
   *
   * @throws {CasesError} `LEDGER_MOVED` when others were added since those were read.
   */
  add(release: Release, known: number): Promise<void>;
}
