import type { CaseRecord } from './case.ts';
import type { CaseFilter } from './case-filter.ts';
import type { Decision } from './narrative-review.ts';

/** One row of a table: `row` counts as a spreadsheet does, the header being row 1. */
export interface TableRow {
  readonly row: number;
  readonly cells: readonly string[];
}

/** A table whose header was read and whose rows follow as they are asked for. */
export interface Table {
  readonly encoding: 'utf-8' | 'windows-1251';
  readonly header: readonly string[];
  readonly rows: AsyncIterable<TableRow>;
}

/**
 * Opens a table of text within bounded memory.
 *
 * Opening, and going through the rows, throws {CasesError} `TABLE_UNREADABLE` when the bytes are
 * no such table; the message names the row and how to mend it, and quotes nothing of the file.
 */
export type TableReader = (bytes: AsyncIterable<Uint8Array>) => Promise<Table>;

/** A page of cases in the order of month, then id; `next` goes on, null ends. */
export interface CasePage {
  readonly cases: readonly CaseRecord[];
  readonly next: string | null;
}

/** Keeps cases. What is personal in them is sealed before it reaches the storage. */
export interface CaseStore {
  /**
   * Adds all the cases or none.
   *
   * @throws {CasesError} `REGISTRY_CODE_TAKEN` when one of the codes is there already.
   */
  insertAll(cases: readonly CaseRecord[]): Promise<void>;
  /** Which of these registry codes are there, letter case ignored; each as it was asked for. */
  knownRegistryCodes(codes: readonly string[]): Promise<ReadonlySet<string>>;
  /** @throws {CasesError} `CASE_UNKNOWN`. */
  find(id: string): Promise<CaseRecord>;
  /** Up to `limit` (1–1,000) cases after the place that an earlier page named. */
  page(query: { filter: CaseFilter; limit: number; after?: string }): Promise<CasePage>;
  count(filter: CaseFilter): Promise<number>;
  /** Replaces the decisions on a case's narrative. @throws {CasesError} `CASE_UNKNOWN`. */
  saveDecisions(id: string, decisions: readonly Decision[]): Promise<void>;
  /** @throws {CasesError} `CASE_UNKNOWN`. */
  decisionsOf(id: string): Promise<readonly Decision[]>;
}
