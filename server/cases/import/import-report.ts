import { z } from 'zod';

/** The rule that a cell, a row or the file broke. */
export type ImportRule =
  | 'file'
  | 'missing-column'
  | 'unknown-column'
  | 'duplicate-column'
  | 'personal-column'
  | 'ragged-row'
  | 'hidden-row'
  | 'empty'
  | 'missing-value'
  | 'unknown-code'
  | 'malformed-value'
  | 'untrusted-value'
  | 'contradiction'
  | 'duplicate-in-file'
  | 'duplicate-in-store';

/** One thing to mend. It never quotes a cell: a misplaced value may be somebody's name. */
export interface ImportProblem {
  /** As a spreadsheet counts, the header being row 1; null where the whole file is meant. */
  readonly row: number | null;
  /** A name of the template, or where the file has another one its letter, as `column E`. */
  readonly column: string | null;
  readonly rule: ImportRule;
  /** One sentence: what is wrong and what is allowed. */
  readonly message: string;
}

/** What to say of a row that is hidden: a case that somebody put aside is not taken in unseen. */
export const HIDDEN_ROW =
  'The spreadsheet hides this row, by a filter for instance. Show it if it is to be taken, or take it out.';

/** Such a problem as an answer of the service. */
export const IMPORT_PROBLEM_SCHEMA = z.strictObject({
  row: z.int().nullable(),
  column: z.string().nullable(),
  rule: z.string(),
  message: z.string(),
});

/** What an import did, or why it did nothing. */
export interface ImportReport {
  /** False: nothing at all was imported. */
  readonly accepted: boolean;
  readonly dryRun: boolean;
  /** Rows read, without the header and empty rows. */
  readonly rowCount: number;
  /** Rows without a problem: what can be imported by itself. */
  readonly validCount: number;
  /** 0 unless accepted and not a dry run. */
  readonly importedCount: number;
  /** Names the import: to accept it after a preview, or to undo it. Null where nothing is kept. */
  readonly importId: string | null;
  /** The first problems, at most `PROBLEMS_SHOWN`. */
  readonly problems: readonly ImportProblem[];
  readonly problemCount: number;
  /** Columns dropped at the door: exact places, names, devices. */
  readonly droppedColumns: readonly string[];
  /** Cases whose claimed consent has no basis (taken by, taken on), so that they count as C0. */
  readonly withoutBasisCount: number;
  /** The first rows of those. */
  readonly withoutBasisRows: readonly number[];
  /** Sentences worth reading though nothing is wrong. */
  readonly notices: readonly string[];
}

/** How many problems a report lists; the rest is counted. */
export const PROBLEMS_SHOWN = 500;

/** Collects problems without growing with a hostile file. */
export interface ProblemList {
  add(problem: ImportProblem): void;
  /** In the order of the rows. */
  readonly shown: readonly ImportProblem[];
  readonly count: number;
}

/** Starts an empty list of problems. */
export function startProblems(): ProblemList {
  const shown: ImportProblem[] = [];
  let count = 0;
  return {
    add(problem) {
      count++;
      // What is said of the whole file is never lost among its rows.
      if (shown.length < PROBLEMS_SHOWN || problem.row === null) shown.push(problem);
    },
    get shown() {
      return [...shown].sort((a, b) => (a.row ?? 0) - (b.row ?? 0));
    },
    get count() {
      return count;
    },
  };
}
