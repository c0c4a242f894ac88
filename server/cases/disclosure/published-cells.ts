import type { CaseRecord } from '../case.ts';
import { concernsLawEnforcement } from '../case-filter.ts';
import type { CodeLists } from '../code-lists.ts';
import { halfYear, heldFor, perpetratorGroup } from '../count-cases.ts';
import { CasesError } from '../errors.ts';
import { CELL_MINIMUM, OTHER, SENSITIVE_CELL_MINIMUM } from '../fold-cells.ts';
import type { StatisticTable } from '../statistic-table.ts';
import type { CasesSummary } from '../summarise-cases.ts';
import type { PublishedCell } from './release.ts';

/** Of which cases a table tells, and under which codes each is counted. */
interface TableOrigin {
  readonly of: 'all' | 'concerned' | 'near';
  readonly codesOf: (record: CaseRecord, lists: CodeLists) => readonly string[];
}

const ORIGINS: Readonly<Record<string, TableOrigin>> = {
  'perpetrator-group': { of: 'all', codesOf: (one, lists) => [perpetratorGroup(one, lists)] },
  readiness: { of: 'all', codesOf: (one) => [one.readiness] },
  'law-enforcement-population': { of: 'concerned', codesOf: (one) => [one.primaryPopulation] },
  'law-enforcement-act': { of: 'concerned', codesOf: (one) => one.acts },
  'law-enforcement-place': { of: 'concerned', codesOf: (one) => [one.place] },
  'law-enforcement-duration': { of: 'concerned', codesOf: (one) => [heldFor(one)] },
  'law-enforcement-half-year': { of: 'concerned', codesOf: (one) => [halfYear(one)] },
  'law-enforcement-oblast': { of: 'concerned', codesOf: (one) => [one.oblast] },
  'near-ost-oblast': { of: 'near', codesOf: (one) => [one.oblast] },
};

/**
 * Traces every count that a summary publishes to the cases behind it.
 *
 * @throws {CasesError} `FIGURES_UNTRACED` when a table is unknown here, or the cases that were found
 *   are not as many as were published: what cannot be checked is not published.
 */
export function publishedCells(
  summary: CasesSummary,
  cases: readonly CaseRecord[],
  lists: CodeLists,
): PublishedCell[] {
  const concerned = cases.filter((record) => concernsLawEnforcement(record, lists));
  const near = concerned.filter((record) => record.nearOstSite === 'yes');
  const groups = { all: cases, concerned, near };
  const total = (code: string, of: readonly CaseRecord[], minimum: number): PublishedCell => ({
    table: 'total',
    code,
    minimum,
    cases: of.map(({ id }) => id),
  });
  const { lawEnforcement, nearOstSites } = summary;
  return [
    total('documented', cases, CELL_MINIMUM),
    ...(lawEnforcement === null ? [] : [total('law-enforcement', concerned, CELL_MINIMUM)]),
    ...(nearOstSites === null ? [] : [total('near-ost-sites', near, SENSITIVE_CELL_MINIMUM)]),
    ...summary.tables.flatMap((table) => {
      const origin = ORIGINS[table.name];
      if (origin === undefined) throw untraced();
      return cellsOf(table, (record) => origin.codesOf(record, lists), groups[origin.of]);
    }),
  ];
}

function cellsOf(
  { name, minimum, rows }: StatisticTable,
  codesOf: (record: CaseRecord) => readonly string[],
  cases: readonly CaseRecord[],
): PublishedCell[] {
  const own = new Set(rows.map(({ code }) => code).filter((code) => code !== OTHER));
  const counts = new Map<string, number>();
  for (const code of cases.flatMap(codesOf)) counts.set(code, (counts.get(code) ?? 0) + 1);
  // Of several values to a case, those that nearly all cases have are shown in no row.
  const several = cases.some((record) => codesOf(record).length > 1);
  const folded = (code: string) =>
    !own.has(code) && (!several || code === OTHER || (counts.get(code) ?? 0) < minimum);
  return rows.map(({ code, count }) => {
    const behind = cases.filter((record) =>
      codesOf(record).some((one) => (code === OTHER ? folded(one) : one === code)),
    );
    if (behind.length !== count) throw untraced();
    return { table: name, code, minimum, cases: behind.map(({ id }) => id) };
  });
}

function untraced(): CasesError {
  return new CasesError(
    'FIGURES_UNTRACED',
    'A published figure could not be traced to its cases, so nothing is published. Report it to whoever looks after Dalil.',
  );
}
