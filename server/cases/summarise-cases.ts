import type { CaseRecord } from './case.ts';
import { concernsLawEnforcement } from './case-filter.ts';
import { type CodeLists, type ListName, labelOf } from './code-lists.ts';
import {
  countBy,
  halfYear,
  heldFor,
  labelsOf,
  perpetratorCells,
  splitByNear,
} from './count-cases.ts';
import { CasesError } from './errors.ts';
import {
  CELL_MINIMUM,
  type Cell,
  foldOverlapping,
  foldPartition,
  foldSplit,
  SENSITIVE_CELL_MINIMUM,
} from './fold-cells.ts';
import type { Share, StatisticRow, StatisticTable } from './statistic-table.ts';
import { share, tableCsv } from './statistic-table.ts';

/**
 * The figures of a letter, computed from the cases that may be counted. All are numbers of *cases
 * documented by the organisation*, never of people, and nothing the state registered.
 */
export interface CasesSummary {
  readonly documented: number;
  /** First and last year of the cases. */
  readonly years: { readonly from: string; readonly to: string };
  /** Share of all; null when it, or its complement, is too small to show. */
  readonly lawEnforcement: Share | null;
  /** Within law enforcement; each case once, under its primary population. */
  readonly byPrimaryPopulation: readonly StatisticRow[];
  /** Within law enforcement; a count of its own. Null when too small to show. */
  readonly nearOstSites: Share | null;
  /** Within law enforcement; a case may have several, so the shares overlap. */
  readonly acts: readonly StatisticRow[];
  readonly tables: readonly StatisticTable[];
}

/** A base below three times the smallest sensitive cell gives its total only, no table. */
const TABLES_FROM = 3 * SENSITIVE_CELL_MINIMUM;

/**
 * Counts cases for a letter and a pack. Published are one-way tables, and one nested in another;
 * no attribute stands in two tables of different bases, so that none can be subtracted.
 *
 * @throws {CasesError} `TOO_FEW_CASES` below 11 cases: then any figure points at people.
 */
export function summariseCases(cases: readonly CaseRecord[], lists: CodeLists): CasesSummary {
  if (cases.length < SENSITIVE_CELL_MINIMUM) {
    throw new CasesError(
      'TOO_FEW_CASES',
      `Fewer than ${SENSITIVE_CELL_MINIMUM} cases were selected, so no figure can be published. Widen the period or the place.`,
    );
  }
  const concerned = cases.filter((record) => concernsLawEnforcement(record, lists));
  const lawEnforcement = publicShare(concerned.length, cases.length, CELL_MINIMUM);
  const all = openTables(cases, lists);
  all.publish('perpetrator-group', 'perpetratorGroup', perpetratorCells(cases, lists));
  all.partition('readiness', 'readiness', (record) => record.readiness);
  // Tables within law enforcement would give away the total that is withheld.
  const within = lawEnforcement === null ? null : tablesWithin(concerned, lists);
  const months = cases.map((record) => record.month).sort();
  return {
    documented: cases.length,
    years: { from: months[0]!.slice(0, 4), to: months.at(-1)!.slice(0, 4) },
    lawEnforcement,
    byPrimaryPopulation: within?.byPrimaryPopulation ?? [],
    nearOstSites: within?.nearOstSites ?? null,
    acts: within?.acts ?? [],
    tables: [...all.tables, ...(within?.tables ?? [])],
  };
}

/** What is shown of the cases that concern law enforcement. */
function tablesWithin(cases: readonly CaseRecord[], lists: CodeLists) {
  const { tables, partition, publish } = openTables(cases, lists);
  const sensitive = SENSITIVE_CELL_MINIMUM;
  const byPrimaryPopulation = partition(
    'law-enforcement-population',
    'population',
    (record) => record.primaryPopulation,
    sensitive,
  );
  // Acts and places name therapy and health, so they count as sensitive.
  const union = (codes: readonly string[]) =>
    cases.filter((record) => record.acts.some((act) => codes.includes(act))).length;
  const actCells = lists.act.map(({ code }) => ({ code, count: union([code]) }));
  const acts = publish(
    'law-enforcement-act',
    'act',
    foldOverlapping({ cells: actCells, base: cases.length, minimum: sensitive, union }),
    sensitive,
  );
  partition('law-enforcement-place', 'place', (record) => record.place, sensitive);
  partition('law-enforcement-duration', 'duration', heldFor, sensitive);
  partition('law-enforcement-half-year', 'halfYear', halfYear);
  const oblasts = partition('law-enforcement-oblast', 'oblast', (record) => record.oblast);

  const near = cases.filter((record) => record.nearOstSite === 'yes');
  const nearOstSites = publicShare(near.length, cases.length, sensitive);
  const nearTables = openTables(near, lists);
  nearTables.publish(
    'near-ost-oblast',
    'oblast',
    foldSplit(splitByNear(cases, oblasts), sensitive).map((cell) => ({
      code: cell.code,
      count: cell.with,
    })),
    sensitive,
  );
  return { byPrimaryPopulation, acts, nearOstSites, tables: [...tables, ...nearTables.tables] };
}

/** Tables about the same cases, which are the base of every share. */
function openTables(cases: readonly CaseRecord[], lists: CodeLists) {
  const tables: StatisticTable[] = [];
  const base = cases.length;

  function publish(
    name: string,
    list: ListName,
    cells: readonly Cell[],
    minimum = CELL_MINIMUM,
  ): readonly StatisticRow[] {
    if (base < TABLES_FROM || cells.length < 2) return [];
    const labels = labelsOf(lists, list);
    const rows = cells.map(({ code, count }) => {
      const { percent } = share(count, base);
      return { code, label: labels(code), count, base, percent };
    });
    const title = labelOf(lists, 'table', name);
    tables.push({ name, title, base, minimum, rows, csvBytes: tableCsv(rows) });
    return rows;
  }

  function partition(
    name: string,
    list: ListName,
    codeOf: (record: CaseRecord) => string,
    minimum = CELL_MINIMUM,
  ): readonly StatisticRow[] {
    // Half-years are made of the months of the cases; the list only words them.
    const order = list === 'halfYear' ? [] : lists[list];
    const cells = foldPartition(countBy(cases, codeOf, order), minimum);
    return publish(name, list, cells, minimum);
  }

  return { tables, publish, partition };
}

/** A share whose count and complement are both large enough; of everybody it may be the subject. */
function publicShare(count: number, base: number, minimum: number): Share | null {
  const rest = base - count;
  return count >= minimum && (rest === 0 || rest >= minimum) ? share(count, base) : null;
}
