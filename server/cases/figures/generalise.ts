import type { CaseRecord } from '../case.ts';
import { type CodeLists, codesOf, type Labels, labelOf } from '../codes/code-lists.ts';
import type { Hierarchy } from '../disclosure/hierarchy.ts';
import { halfYear, heldFor, labelsOf, perpetratorGroup } from './count-cases.ts';
import { OTHER } from './fold-cells.ts';

/** Between the two codes of a cell of a two-way table. */
export const CROSS = '--';

/** Cases told at one level: which codes each has, in which order, and what they are called. */
export interface Level {
  readonly codesOf: (record: CaseRecord) => readonly string[];
  /** The codes that a reader expects, empty ones too; none where the cases themselves make them. */
  readonly order: readonly string[];
  readonly labelOf: (code: string) => Labels;
}

/** Finds a level by its name in the hierarchy. */
export type Generalise = (level: string) => Level;

/**
 * Creates the levels at which these cases can be told.
 *
 * @param cases - of which repetition at a site is counted.
 */
export function createGeneralise(given: {
  lists: CodeLists;
  hierarchy: Hierarchy;
  cases: readonly CaseRecord[];
}): Generalise {
  const { lists, hierarchy } = given;
  const groupOf = new Map(
    hierarchy.actGroups.flatMap(({ code, acts }) => acts.map((act) => [act, code] as const)),
  );
  const large = new Map(
    hierarchy.sites
      .filter(({ patients }) => patients >= hierarchy.sitePatientsMinimum)
      .map(({ code, label }) => [code, label]),
  );
  const repeated = repeatedActs(given.cases, hierarchy.repeat.casesAtSite);
  const other = labelOf(lists, 'perpetratorGroup', OTHER);
  const one = (codeOf: (record: CaseRecord) => string) => (record: CaseRecord) => [codeOf(record)];

  const levels: Readonly<Record<string, () => Level>> = {
    'perpetrator-group': () => ({
      codesOf: one((record) => perpetratorGroup(record, lists)),
      order: codesOf(lists, 'perpetratorGroup'),
      labelOf: labelsOf(lists, 'perpetratorGroup'),
    }),
    readiness: () => ({
      codesOf: one((record) => record.readiness),
      order: codesOf(lists, 'readiness'),
      labelOf: labelsOf(lists, 'readiness'),
    }),
    population: () => ({
      codesOf: one((record) => record.primaryPopulation),
      order: codesOf(lists, 'population'),
      labelOf: labelsOf(lists, 'population'),
    }),
    act: () => ({
      codesOf: ({ acts }) => acts,
      order: codesOf(lists, 'act'),
      labelOf: labelsOf(lists, 'act'),
    }),
    'act-group': () => ({
      codesOf: ({ acts }) => [...new Set(acts.map((act) => groupOf.get(act) ?? OTHER))],
      order: [...hierarchy.actGroups.map(({ code }) => code), OTHER],
      labelOf: (code) => hierarchy.actGroups.find((group) => group.code === code)?.label ?? other,
    }),
    place: () => ({
      codesOf: one((record) => record.place),
      order: codesOf(lists, 'place'),
      labelOf: labelsOf(lists, 'place'),
    }),
    duration: () => ({
      codesOf: one(heldFor),
      order: codesOf(lists, 'duration'),
      labelOf: labelsOf(lists, 'duration'),
    }),
    repeat: () => ({
      codesOf: one(({ site, acts }) => {
        if (site === null) return 'no-site';
        return acts.some((act) => repeated.has(`${site}/${act}`)) ? 'repeated' : 'single';
      }),
      order: ['repeated', 'single', 'no-site'],
      labelOf: (code) =>
        (hierarchy.repeat.labels as Readonly<Record<string, Labels>>)[code] ?? other,
    }),
    month: () => timeLevel(({ month }) => month, hierarchy.times.month, other),
    quarter: () => timeLevel(quarter, hierarchy.times.quarter, other),
    'half-year': () => ({
      codesOf: one(halfYear),
      order: [],
      labelOf: labelsOf(lists, 'halfYear'),
    }),
    year: () => ({
      codesOf: one(({ month }) => month.slice(0, 4)),
      order: [],
      labelOf: (code) => (code === OTHER ? other : inYear(hierarchy.times.year, code)),
    }),
    district: () => ({
      codesOf: one((record) => record.district ?? record.oblast),
      order: codesOf(lists, 'district'),
      labelOf: (code) =>
        lists.district.some((district) => district.code === code)
          ? labelOf(lists, 'district', code)
          : labelsOf(lists, 'oblast')(code),
    }),
    oblast: () => ({
      codesOf: one((record) => record.oblast),
      order: codesOf(lists, 'oblast'),
      labelOf: labelsOf(lists, 'oblast'),
    }),
    // A small site is told as its oblast: whoever knows its patients would have few to choose from.
    site: () => ({
      codesOf: one(({ site, oblast }) => (site !== null && large.has(site) ? site : oblast)),
      order: [...codesOf(lists, 'oblast'), ...large.keys()],
      labelOf: (code) => large.get(code) ?? labelsOf(lists, 'oblast')(code),
    }),
  };

  return function generalise(name: string): Level {
    const [row, column] = name.split('/');
    if (column !== undefined) return crossed(generalise(row!), generalise(column));
    const level = levels[row!];
    if (level === undefined) throw new RangeError(`no level is called ${name}`);
    return level();
  };
}

/** Every pair of codes of two levels, the one first by which the rows go. */
function crossed(rows: Level, columns: Level): Level {
  return {
    codesOf: (record) => [`${rows.codesOf(record)[0]}${CROSS}${columns.codesOf(record)[0]}`],
    order: [],
    labelOf: (code) => {
      const [row, column] = code.split(CROSS);
      const [first, second] = [rows.labelOf(row!), columns.labelOf(column!)];
      return {
        ky: `${first.ky}: ${second.ky}`,
        ru: `${first.ru}: ${second.ru}`,
        en: `${first.en}: ${second.en}`,
      };
    },
  };
}

function timeLevel(
  codeOf: (record: CaseRecord) => string,
  patterns: Readonly<Record<string, Labels>>,
  other: Labels,
): Level {
  return {
    codesOf: (record) => [codeOf(record)],
    order: [],
    labelOf: (code) => {
      const pattern = patterns[code.slice(5)];
      return pattern === undefined ? other : inYear(pattern, code.slice(0, 4));
    },
  };
}

function inYear(pattern: Labels, year: string): Labels {
  const fill = (text: string) => text.replace('{year}', year);
  return { ky: fill(pattern.ky), ru: fill(pattern.ru), en: fill(pattern.en) };
}

/** `2021-03` → `2021-q1`. */
function quarter({ month }: CaseRecord): string {
  return `${month.slice(0, 4)}-q${Math.ceil(Number(month.slice(5)) / 3)}`;
}

/** Pairs of site and act that so many cases have. */
function repeatedActs(cases: readonly CaseRecord[], least: number): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { site, acts } of cases) {
    if (site === null) continue;
    for (const act of acts) {
      const key = `${site}/${act}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return new Set([...counts].filter(([, count]) => count >= least).map(([key]) => key));
}
