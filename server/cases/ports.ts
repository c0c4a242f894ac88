import type { Sha256 } from '../kernel/digest.ts';
import type { CaseRecord } from './case.ts';
import type { CodeListEdition } from './codes/code-lists.ts';
import type { CaseFilter } from './registry/case-filter.ts';
import type { CaseEvent } from './registry/case-history.ts';
import type { Decision } from './review/narrative-review.ts';

/** Why the value of a cell of a workbook cannot be taken. */
export type CellFault =
  /** The cell shows an error, `#REF!` for instance. */
  | 'error-value'
  /** Its formula asks another file, another program or the network. */
  | 'outside-reference'
  /** It holds a formula without the value that was computed last. */
  | 'uncomputed-formula'
  /** The export gives two different values for it. */
  | 'two-values';

/** One row of a table: `row` counts as a spreadsheet does, the header being row 1. */
export interface TableRow {
  readonly row: number;
  readonly cells: readonly string[];
  /** A spreadsheet hides it, by a filter for instance: whoever hands the table over may not have seen it. */
  readonly hidden?: true;
  /** By the index of the cell, which is empty then. */
  readonly faults?: ReadonlyMap<number, CellFault>;
}

/** A table whose header was read and whose rows follow as they are asked for. */
export interface Table {
  readonly kind: 'csv' | 'xlsx' | 'dhis2';
  /** As far as the rows tell that were read. */
  readonly encoding: 'utf-8' | 'windows-1251';
  readonly header: readonly string[];
  /** Places of columns that a spreadsheet hides: their cells are empty, the header's too. */
  readonly hidden?: ReadonlySet<number>;
  readonly rows: AsyncIterable<TableRow>;
  /** Sentences about what was left out of the rows that were read. */
  notices(): readonly string[];
}

/** What is wanted of a file that holds more than one table can show. */
export interface TableWish {
  /** The columns to read of an export that names its columns only as it goes; all by default. */
  readonly columns?: readonly string[];
  /** The zone in which a moment becomes a day; `Asia/Bishkek` by default. */
  readonly timeZone?: string;
}

/**
 * Opens a table of text within bounded memory.
 *
 * Opening, and going through the rows, throws {CasesError} `TABLE_UNREADABLE` when the bytes are
 * no such table; the message names the row and how to mend it, and quotes nothing of the file.
 */
export type TableReader = (bytes: AsyncIterable<Uint8Array>, wish?: TableWish) => Promise<Table>;

/** A page of cases in the order of month, then id; `next` goes on, null ends. */
export interface CasePage {
  readonly cases: readonly CaseRecord[];
  readonly next: string | null;
}

/** A case as it becomes, and what its history says of the change. */
export interface Replacement {
  readonly record: CaseRecord;
  /** How many entries its history has until then. */
  readonly after: number;
  readonly event: CaseEvent;
}

/** Keeps cases. What is personal in them is sealed before it reaches the storage. */
export interface CaseStore {
  /**
   * Adds all the cases or none, with the first entry of their history where one is given.
   *
   * @throws {CasesError} `REGISTRY_CODE_TAKEN` when one of the codes is there already.
   */
  insertAll(cases: readonly CaseRecord[], event?: CaseEvent): Promise<void>;
  /** Which of these registry codes are there, letter case ignored; each as it was asked for. */
  knownRegistryCodes(codes: readonly string[]): Promise<ReadonlySet<string>>;
  /** @throws {CasesError} `CASE_UNKNOWN`. */
  find(id: string): Promise<CaseRecord>;
  /** Up to `limit` (1–1,000) cases after the place that an earlier page named. */
  page(query: { filter: CaseFilter; limit: number; after?: string }): Promise<CasePage>;
  count(filter: CaseFilter): Promise<number>;
  /**
   * Replaces cases that are there and adds to their histories, all in one step or none; false when the
   * history of one of them has another length than its `after` by now.
   *
   * @throws {CasesError} `CASE_UNKNOWN`, or `REGISTRY_CODE_TAKEN`.
   */
  replaceAll(replacements: readonly Replacement[]): Promise<boolean>;
  /** Everything that people changed, the oldest first. @throws {CasesError} `CASE_UNKNOWN`. */
  historyOf(id: string): Promise<readonly CaseEvent[]>;
  /** The case under a registry code, letter case ignored; null when there is none. */
  findByRegistryCode(code: string): Promise<CaseRecord | null>;
  /** Replaces the decisions on a case's narrative. @throws {CasesError} `CASE_UNKNOWN`. */
  saveDecisions(id: string, decisions: readonly Decision[]): Promise<void>;
  /** @throws {CasesError} `CASE_UNKNOWN`. */
  decisionsOf(id: string): Promise<readonly Decision[]>;
}

/** One import, from the moment its table was read. */
export interface KeptImport {
  readonly id: string;
  /** `previewed`: read and judged, nothing is a case yet. `undone`: its cases are gone again. */
  readonly state: 'previewed' | 'imported' | 'undone';
  /** UTC to the second. */
  readonly startedAt: string;
  /** Rows that are, or could become, cases. */
  readonly caseCount: number;
  /** Problems that were found: with any of them only the valid rows can be imported. */
  readonly problemCount: number;
}

/**
 * Keeps what a table gave until somebody accepts it, sealed, and remembers which cases came with it.
 * Methods that name an import throw {CasesError} `IMPORT_UNKNOWN`.
 */
export interface ImportStore {
  /** Forgets imports that nobody had accepted a day before `at`, and those that were broken off. */
  forgetOld(at: Date): Promise<void>;
  /** Begins an import and forgets those that nobody accepted for a day. */
  begin(startedAt: Date): Promise<string>;
  /** Adds cases to an import that was begun. */
  stage(id: string, cases: readonly CaseRecord[]): Promise<void>;
  /** The table was read to its end; from now on the import can be accepted. */
  finish(
    id: string,
    read: { table: Sha256; caseCount: number; problemCount: number },
  ): Promise<void>;
  find(id: string): Promise<KeptImport>;
  /** The import that a case came with; null when somebody typed it. */
  importOf(caseId: string): Promise<KeptImport | null>;
  /** The latest first, at most 100; only those that were read to their end. */
  list(): Promise<readonly KeptImport[]>;
  /** Whether the same bytes were imported before, and not undone. */
  wasImported(table: Sha256): Promise<boolean>;
  /**
   * Makes cases of everything that was staged, or of nothing. One that began more than a day before
   * `at` is forgotten instead.
   *
   * @throws {CasesError} `IMPORT_OVER`, or `REGISTRY_CODE_TAKEN` when a case came in meanwhile;
   *   `IMPORT_UNKNOWN` after a day.
   */
  accept(id: string, at: Date): Promise<void>;
  /** Forgets an import that was not accepted. */
  discard(id: string): Promise<void>;
  /**
   * Takes all cases of an import out again, or none.
   *
   * @param published - cases that were told of in a pack.
   * @throws {CasesError} `IMPORT_OVER`, or `IMPORT_TOUCHED` once somebody worked on one of them.
   */
  undo(id: string, published: ReadonlySet<string>): Promise<void>;
}

/** Keeps what an organisation made of the coded lists, every edition. */
export interface CodeListStore {
  /** All editions, the oldest first. */
  editions(): Promise<readonly CodeListEdition[]>;
  /** Adds an edition, whose version is one more than the last; false when another came first. */
  add(edition: CodeListEdition): Promise<boolean>;
}
