import type { CaseRecord } from '../case.ts';
import { type CodeLists, type Labels, labelOf } from '../codes/code-lists.ts';
import { DEFAULT_HIERARCHY, type Hierarchy, type Levels } from '../disclosure/hierarchy.ts';
import { CasesError } from '../errors.ts';
import { concernsLawEnforcement } from '../registry/case-filter.ts';
import { countBy, perpetratorCells, splitByNear } from './count-cases.ts';
import { crossTable } from './cross-table.ts';
import {
  CELL_MINIMUM,
  type Cell,
  foldOverlapping,
  foldPartition,
  foldSplit,
  OTHER,
  SENSITIVE_CELL_MINIMUM,
} from './fold-cells.ts';
import { createGeneralise, type Generalise, type Level } from './generalise.ts';
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

/** How fine figures are told where nobody asked for more or less. */
export const USUAL_LEVELS: Levels = {
  group: 'perpetrator-group',
  readiness: 'readiness',
  population: 'population',
  act: 'act',
  place: 'place',
  duration: 'duration',
  time: 'half-year',
  area: 'oblast',
  near: 'near',
  nearArea: 'oblast',
};

/** A base below three times the smallest sensitive cell gives its total only, no table. */
const TABLES_FROM = 3 * SENSITIVE_CELL_MINIMUM;
/** A longer table is no table that anybody reads; it is told more coarsely. */
const MOST_ROWS = 80;

/**
 * Counts cases for a letter and a pack, as fine as `levels` says and no finer. Published are one-way
 * tables, one nested in another, and one two-way table with suppressed cells.
 *
 * @throws {CasesError} `TOO_FEW_CASES` below 11 cases: then any figure points at people.
 */
export function summariseCases(
  cases: readonly CaseRecord[],
  lists: CodeLists,
  {
    levels = USUAL_LEVELS,
    hierarchy = DEFAULT_HIERARCHY,
  }: { levels?: Levels; hierarchy?: Hierarchy } = {},
): CasesSummary {
  if (cases.length < SENSITIVE_CELL_MINIMUM) {
    throw new CasesError(
      'TOO_FEW_CASES',
      `Fewer than ${SENSITIVE_CELL_MINIMUM} cases were selected, so no figure can be published. Widen the period or the place.`,
    );
  }
  const concerned = cases.filter((record) => concernsLawEnforcement(record, lists));
  const lawEnforcement = publicShare(concerned.length, cases.length, CELL_MINIMUM);
  const titles = titlesOf(lists, hierarchy);
  const all = openTables(cases, titles);
  const within = createGeneralise({ lists, hierarchy, cases: concerned });
  if (levels.group !== undefined) {
    const cells = perpetratorCells(cases, lists);
    all.publish('perpetrator-group', levels.group, within(levels.group), cells);
  }
  if (levels.readiness !== undefined) {
    all.partition('readiness', levels.readiness, within(levels.readiness));
  }
  // Tables within law enforcement would give away the total that is withheld.
  const told =
    lawEnforcement === null
      ? null
      : tablesWithin(concerned, { levels, generalise: within, lists, titles });
  const months = cases.map((record) => record.month).sort();
  return {
    documented: cases.length,
    years: { from: months[0]!.slice(0, 4), to: months.at(-1)!.slice(0, 4) },
    lawEnforcement,
    byPrimaryPopulation: told?.byPrimaryPopulation ?? [],
    nearOstSites: told?.nearOstSites ?? null,
    acts: told?.acts ?? [],
    tables: [...all.tables, ...(told?.tables ?? [])],
  };
}

/** What is shown of the cases that concern law enforcement. */
function tablesWithin(
  cases: readonly CaseRecord[],
  given: {
    levels: Levels;
    generalise: Generalise;
    lists: CodeLists;
    titles: (name: string) => Labels;
  },
) {
  const { levels, generalise, lists, titles } = given;
  const { tables, partition, publish } = openTables(cases, titles);
  const sensitive = SENSITIVE_CELL_MINIMUM;
  // What is true of every case is told with every count, so that each counts as sensitive.
  const plain = haveOneSubject(cases) ? sensitive : CELL_MINIMUM;
  const told = (dimension: keyof Levels, minimum: number): readonly StatisticRow[] => {
    const level = levels[dimension];
    if (level === undefined) return [];
    return partition(`law-enforcement-${level}`, level, generalise(level), minimum);
  };
  const byPrimaryPopulation = told('population', sensitive);
  // Acts and places name therapy and health, so they count as sensitive.
  const acts: StatisticRow[] = [];
  if (levels.act !== undefined) {
    const level = generalise(levels.act);
    const union = (codes: readonly string[]) =>
      cases.filter((record) => level.codesOf(record).some((code) => codes.includes(code))).length;
    const cells = level.order.map((code) => ({ code, count: union([code]) }));
    const folded = foldOverlapping({ cells, base: cases.length, minimum: sensitive, union });
    acts.push(
      ...publish(`law-enforcement-${levels.act}`, levels.act, level, folded, {
        minimum: sensitive,
      }),
    );
  }
  told('place', sensitive);
  told('duration', sensitive);
  told('repeat', sensitive);
  told('time', plain);
  told('area', plain);
  if (levels.areaTime !== undefined) {
    const [row, column] = levels.areaTime.split('/') as [string, string];
    const cross = crossTable(cases, { rows: generalise(row), columns: generalise(column) }, plain);
    if (cross !== null) {
      const { rows, columns, cells } = cross;
      publish(`law-enforcement-${row}-time`, levels.areaTime, generalise(levels.areaTime), cells, {
        minimum: plain,
        margins: { rows, columns },
      });
    }
  }

  const near = cases.filter((record) => record.nearOstSite === 'yes');
  const nearOstSites =
    levels.near === undefined ? null : publicShare(near.length, cases.length, sensitive);
  const nearTables = openTables(near, titles);
  if (levels.nearArea !== undefined && nearOstSites !== null) {
    const level = generalise(levels.nearArea);
    const cells = nearCells(cases, near, { generalise, level, lists });
    nearTables.publish(`near-ost-${levels.nearArea}`, levels.nearArea, level, cells, {
      minimum: sensitive,
    });
  }
  return { byPrimaryPopulation, acts, nearOstSites, tables: [...tables, ...nearTables.tables] };
}

/** Whether one population or one act is that of all cases: then it is the letter's subject. */
function haveOneSubject(cases: readonly CaseRecord[]): boolean {
  const [first] = cases;
  if (first === undefined) return false;
  return (
    cases.every((record) => record.primaryPopulation === first.primaryPopulation) ||
    first.acts.some((act) => cases.every((record) => record.acts.includes(act)))
  );
}

/**
 * Cases near sites by oblast, so that what is left of each oblast is not small either; within an
 * oblast that may be shown, by those sites that may be told by themselves.
 */
function nearCells(
  cases: readonly CaseRecord[],
  near: readonly CaseRecord[],
  { generalise, level, lists }: { generalise: Generalise; level: Level; lists: CodeLists },
): Cell[] {
  const byOblast = generalise('oblast');
  const counted = countBy(cases, (record) => record.oblast, lists.oblast);
  const oblasts = foldPartition(counted, CELL_MINIMUM);
  const rows = foldSplit(splitByNear(cases, oblasts), SENSITIVE_CELL_MINIMUM);
  return rows.flatMap((row): Cell[] => {
    const whole = { code: row.code, count: row.with };
    if (row.code === OTHER) return [whole];
    const here = near.filter((record) => byOblast.codesOf(record)[0] === row.code);
    const sites = foldPartition(
      countBy(here, (record) => level.codesOf(record)[0]!, []),
      SENSITIVE_CELL_MINIMUM,
    );
    if (sites.length === 0) return [whole];
    // Small sites go with the cases of their oblast whose site is not told.
    const own = sites.filter(({ code }) => code !== OTHER && code !== row.code);
    const rest = row.with - own.reduce((sum, { count }) => sum + count, 0);
    return rest > 0 && rest < SENSITIVE_CELL_MINIMUM
      ? [whole]
      : [...own, ...(rest === 0 ? [] : [{ code: row.code, count: rest }])];
  });
}

/** The titles of tables, those of the lists first. */
function titlesOf(lists: CodeLists, hierarchy: Hierarchy): (name: string) => Labels {
  return (name) =>
    lists.table.find(({ code }) => code === name)?.label ??
    hierarchy.tables[name] ??
    labelOf(lists, 'table', name);
}

/** Tables about the same cases, which are the base of every share. */
function openTables(cases: readonly CaseRecord[], titles: (name: string) => Labels) {
  const tables: StatisticTable[] = [];
  const base = cases.length;

  function publish(
    name: string,
    levelName: string,
    level: Level,
    cells: readonly Cell[],
    {
      minimum = CELL_MINIMUM,
      margins,
    }: { minimum?: number; margins?: StatisticTable['margins'] } = {},
  ): readonly StatisticRow[] {
    if (base < TABLES_FROM || cells.length < 2 || cells.length > MOST_ROWS) return [];
    const rows = cells.map(({ code, count }) => {
      const { percent } = share(count, base);
      return { code, label: level.labelOf(code), count, base, percent };
    });
    tables.push({
      name,
      title: titles(name),
      base,
      minimum,
      level: levelName,
      ...(margins === undefined ? {} : { margins }),
      rows,
      csvBytes: tableCsv(rows),
    });
    return rows;
  }

  function partition(
    name: string,
    levelName: string,
    level: Level,
    minimum = CELL_MINIMUM,
  ): readonly StatisticRow[] {
    const order = level.order.map((code) => ({ code }));
    const cells = foldPartition(
      countBy(cases, (record) => level.codesOf(record)[0]!, order),
      minimum,
    );
    return publish(name, levelName, level, cells, { minimum });
  }

  return { tables, publish, partition };
}

/** A share whose count and complement are both large enough; of everybody it may be the subject. */
function publicShare(count: number, base: number, minimum: number): Share | null {
  const rest = base - count;
  return count >= minimum && (rest === 0 || rest >= minimum) ? share(count, base) : null;
}
