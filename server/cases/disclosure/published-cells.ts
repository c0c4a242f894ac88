import type { CaseRecord } from '../case.ts';
import type { CodeLists } from '../codes/code-lists.ts';
import { CasesError } from '../errors.ts';
import { placeIn } from '../figures/cross-table.ts';
import { CELL_MINIMUM, OTHER, SENSITIVE_CELL_MINIMUM } from '../figures/fold-cells.ts';
import { CROSS, createGeneralise, type Level } from '../figures/generalise.ts';
import type { StatisticTable } from '../figures/statistic-table.ts';
import type { CasesSummary } from '../figures/summarise-cases.ts';
import { concernsLawEnforcement } from '../registry/case-filter.ts';
import { DEFAULT_HIERARCHY, type Hierarchy } from './hierarchy.ts';
import type { PublishedCell } from './release.ts';

/**
 * Traces every count that a summary publishes to the cases behind it.
 *
 * @throws {CasesError} `FIGURES_UNTRACED` when the cases that were found are not as many as were
 *   published: what cannot be checked is not published.
 */
export function publishedCells(
  summary: CasesSummary,
  cases: readonly CaseRecord[],
  lists: CodeLists,
  hierarchy: Hierarchy = DEFAULT_HIERARCHY,
): PublishedCell[] {
  const concerned = cases.filter((record) => concernsLawEnforcement(record, lists));
  const near = concerned.filter((record) => record.nearOstSite === 'yes');
  const generalise = createGeneralise({ lists, hierarchy, cases: concerned });
  const groupOf = (name: string) => {
    if (name.startsWith('law-enforcement-')) return concerned;
    return name.startsWith('near-ost-') ? near : cases;
  };
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
      const level = (name: string) => generalise(name);
      const within = groupOf(table.name);
      if (table.margins !== undefined) {
        const [rows, columns] = table.level.split('/') as [string, string];
        return cellsOf(table, crossedCodes(table.margins, level(rows), level(columns)), within);
      }
      // By sites, small ones stand under their oblast, and small oblasts under `other`.
      const chain =
        table.level === 'site' ? [level('site'), level('oblast')] : [level(table.level)];
      return cellsOf(table, ownCodes(table, chain, within), within);
    }),
  ];
}

type CodesOf = (record: CaseRecord) => readonly string[];

/** Under which rows of the table a case is counted. */
function ownCodes(
  { rows, minimum }: StatisticTable,
  chain: readonly Level[],
  cases: readonly CaseRecord[],
): CodesOf {
  const own = new Set(rows.map(({ code }) => code).filter((code) => code !== OTHER));
  const finest = chain[0]!;
  const counts = new Map<string, number>();
  for (const code of cases.flatMap(finest.codesOf)) counts.set(code, (counts.get(code) ?? 0) + 1);
  // Of several values to a case, those that nearly all cases have are shown in no row.
  const several = cases.some((record) => finest.codesOf(record).length > 1);
  const folded = (code: string) =>
    !several || code === OTHER || (counts.get(code) ?? 0) < minimum ? [OTHER] : [];
  return (record) => {
    const levels = chain.map((level) => level.codesOf(record));
    return levels[0]!.flatMap((code, i) => {
      const shown = levels.map((codes) => codes[i]!).find((one) => own.has(one));
      return shown === undefined ? folded(code) : [shown];
    });
  };
}

/** The cell of a two-way table that a case is counted in. */
function crossedCodes(
  { rows, columns }: NonNullable<StatisticTable['margins']>,
  byRow: Level,
  byColumn: Level,
): CodesOf {
  return (record) => {
    const row = rows[placeIn(rows, byRow.codesOf(record)[0]!)];
    const column = columns[placeIn(columns, byColumn.codesOf(record)[0]!)];
    return row === undefined || column === undefined ? [] : [`${row}${CROSS}${column}`];
  };
}

function cellsOf(
  { name, minimum, rows }: StatisticTable,
  codesOf: CodesOf,
  cases: readonly CaseRecord[],
): PublishedCell[] {
  const behind = new Map<string, Set<string>>();
  for (const record of cases) {
    for (const code of codesOf(record)) {
      const known = behind.get(code);
      if (known === undefined) behind.set(code, new Set([record.id]));
      else known.add(record.id);
    }
  }
  return rows.map(({ code, count }) => {
    const found = [...(behind.get(code) ?? [])];
    if (found.length !== count) throw untraced();
    return { table: name, code, minimum, cases: found };
  });
}

function untraced(): CasesError {
  return new CasesError(
    'FIGURES_UNTRACED',
    'A published figure could not be traced to its cases, so nothing is published. Report it to whoever looks after Dalil.',
  );
}
