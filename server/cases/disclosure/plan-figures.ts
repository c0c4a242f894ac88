import type { CaseRecord } from '../case.ts';
import type { CodeLists } from '../codes/code-lists.ts';
import { SENSITIVE_CELL_MINIMUM } from '../figures/fold-cells.ts';
import { judgeRecurrence, type Recurrence } from '../figures/judge-recurrence.ts';
import { type CasesSummary, summariseCases } from '../figures/summarise-cases.ts';
import { compareReleases } from './compare-releases.ts';
import { tellsOfGroup } from './derive-small-groups.ts';
import { newSmallGroups } from './find-disclosures.ts';
import { type Dimension, type Hierarchy, type Levels, profileOf } from './hierarchy.ts';
import { companionsOf, waitingCases } from './hold-back.ts';
import type { ReleaseLedger } from './ports.ts';
import { publishedCells } from './published-cells.ts';
import type { PublishedCell, Release } from './release.ts';
import { type Choice, type Lattice, type LatticeLevel, searchLattice } from './search-lattice.ts';
import { untoldShare } from './untold-share.ts';

/** Figures that may be published, and what it took. */
export interface PlannedFigures {
  /** The cases that are counted. */
  readonly counted: readonly CaseRecord[];
  /** Cases that are left out so that comparing packs isolates nobody. */
  readonly heldBack: readonly CaseRecord[];
  readonly summary: CasesSummary;
  /** Whether the published figures recur. */
  readonly recurrence: Recurrence | null;
  /** Every published count with the cases behind it. */
  readonly cells: readonly PublishedCell[];
  /** How fine each thing is told. */
  readonly levels: Levels;
  /** What is told more coarsely than this reader might be told, or not at all (`to` is null). */
  readonly coarsened: ReadonlyArray<{
    readonly dimension: string;
    readonly from: string;
    readonly to: string | null;
  }>;
}

/** For whom figures are planned. */
export interface FiguresRequest {
  readonly cases: readonly CaseRecord[];
  /** Code of the recipient, as in the list `recipient`. */
  readonly recipient: string;
  /** Names what was asked for, as releases do. */
  readonly scope: string;
  /** Ids of cases whose story is told: they stay counted. */
  readonly stories: readonly string[];
  /** Id of a pack: only what was released before it counts, so that it is planned as it was then. */
  readonly before?: string;
}

type Plan = PlannedFigures & { readonly cost: number };

/** Plans the figures of a release. */
export type PlanFigures = (request: FiguresRequest) => Promise<PlannedFigures>;

/** So many reasons against one choice are looked into before the next is tried. */
const GROUPS_AT_ONCE = 4;
/** What one case that is held back costs, as a multiple of its share of all. */
const HELD_BACK_WEIGHT = 60;
/**
 * What it costs on top to leave out a case that was counted the last time, where all of them could be
 * counted again: three times what it costs to let a new one wait. Cases that come and go from one
 * release to the next are what comparing releases lives on, and nobody understands a count that falls; but
 * where it spares more than three others or a table that is worth as much, it is done.
 */
const PUSHED_OUT_WEIGHT = 3 * HELD_BACK_WEIGHT;
/** How hard it is tried to hold back few cases; the best of these ways is taken. */
const CASE_COSTS = [0.2, 1, 3];

/**
 * Creates the planning: of all ways to tell the figures, within what the reader's profile allows, the
 * one that loses least and tells of nobody, by itself and together with all earlier releases. Where
 * only few cases came or went since the same was told before, cases are held back with them; where none
 * went, whatever was counted the last time is counted again, if that is safe and leaving some of it out would
 * not spare far more; where none came either, the same figures are told.
 *
 * When no way is good enough the finest that is safe by itself is returned; the control then refuses
 * it and says why.
 *
 * @throws {CasesError} from the planning: `TOO_FEW_CASES`.
 */
export function createPlanFigures(deps: {
  ledger: Pick<ReleaseLedger, 'releases'>;
  lists: CodeLists;
  hierarchy: Hierarchy;
}): PlanFigures {
  const { ledger, lists, hierarchy } = deps;

  function planWith(
    request: FiguresRequest,
    heldBack: ReadonlySet<string>,
    earlier: readonly Release[],
  ): Plan | null {
    const cases = request.cases.filter(({ id }) => !heldBack.has(id));
    const finest = profileOf(hierarchy, request.recipient);
    const tell = (levels: Levels) => {
      const summary = summariseCases(cases, lists, { levels, hierarchy });
      return { summary, cells: publishedCells(summary, cases, lists, hierarchy) };
    };
    const before = earlier.flatMap(({ cells }) => cells);
    const releaseOf = (cells: readonly PublishedCell[]): Release => ({
      pack: '',
      releasedAt: '',
      recipient: request.recipient,
      scope: request.scope,
      cells,
      narratives: [],
      media: [],
    });
    // Tables do not depend on each other, so each is counted once and put together as chosen.
    const totals = tell({}).cells;
    const own = new Map<string, readonly PublishedCell[]>();
    const lattice: Lattice = hierarchy.dimensions
      .filter(({ name }) => finest[name] !== undefined)
      .map(({ name, levels, weight }) => ({
        name,
        levels: [
          ...levels.slice(levels.indexOf(finest[name]!)).flatMap((level): LatticeLevel[] => {
            const { summary, cells } = tell(alone(name, level));
            if (compareReleases(releaseOf(cells), earlier).length > 0) return [];
            const lost = lostShare(name, summary, cells);
            if (lost === null) return [];
            own.set(
              `${name}/${level}`,
              cells.filter((cell) => cell.table !== 'total' || name === 'near'),
            );
            return [{ level, cost: weight * (levels.indexOf(level) / levels.length + 2 * lost) }];
          }),
          { level: null, cost: weight },
        ],
      }));
    const cellsOf = (choice: Choice) => [
      ...totals,
      ...Object.entries(choice).flatMap(([name, level]) => own.get(`${name}/${level}`)!),
    ];
    const refusedParts = (choice: Choice): Choice[] =>
      newSmallGroups(cellsOf(choice), before)
        .slice(0, GROUPS_AT_ONCE)
        .map((group) => {
          let part = choice;
          for (const name of Object.keys(choice)) {
            const { [name]: _left, ...without } = part;
            if (tellsOfGroup(group, [...cellsOf(without), ...before])) part = without;
          }
          return part;
        });
    const levels = searchLattice(lattice, refusedParts);
    if (levels === null || compareReleases(releaseOf(totals), earlier).length > 0) return null;
    const chosen = lattice.map(
      ({ name, levels: open }) => open.find(({ level }) => level === (levels[name] ?? null))!,
    );
    const told = tell(levels);
    const share = heldBack.size / request.cases.length;
    return {
      counted: cases,
      heldBack: request.cases.filter(({ id }) => heldBack.has(id)),
      ...told,
      recurrence: judgeRecurrence(told.summary),
      levels,
      coarsened: Object.entries(finest)
        .filter(([dimension, from]) => levels[dimension] !== from)
        .map(([dimension, from]) => ({ dimension, from, to: levels[dimension] ?? null })),
      cost: chosen.reduce((sum, { cost }) => sum + cost, 0) + HELD_BACK_WEIGHT * share,
    };
  }

  function cellsOf(request: FiguresRequest, cases: readonly CaseRecord[]) {
    const levels = profileOf(hierarchy, request.recipient);
    const summary = summariseCases(cases, lists, { levels, hierarchy });
    return publishedCells(summary, cases, lists, hierarchy);
  }

  return async function planFigures(request) {
    const earlier = releasesBefore(request.before, await ledger.releases());
    const told = toldBefore(request, earlier);
    const cheapest = (ways: readonly ReadonlySet<string>[], priceOf: (plan: Plan) => number) =>
      ways
        .map((heldBack) => planWith(request, heldBack, earlier))
        .filter((plan) => plan !== null)
        .map((plan) => ({ plan, price: priceOf(plan) }))
        .sort((a, b) => a.price - b.price)[0];
    const { ways, nobodyCame } = waysToTellAgain(request, told, (cases) => cellsOf(request, cases));
    const again = cheapest(ways, ({ cost }) => cost);
    const settled =
      nobodyCame || (again?.plan.heldBack.length === 0 && again.plan.coarsened.length === 0);
    const counted = told.at(-1)?.counted ?? new Set();
    const anew =
      again !== undefined && settled
        ? undefined
        : cheapest(
            waysToHoldBack(request, told, cellsOf(request, request.cases)),
            ({ cost, heldBack }) =>
              again === undefined
                ? cost
                : cost +
                  (PUSHED_OUT_WEIGHT * heldBack.filter(({ id }) => counted.has(id)).length) /
                    request.cases.length,
          );
    const best = again !== undefined && !(anew && anew.price < again.price) ? again : anew;
    const { cost: _cost, ...plan } = best?.plan ?? planWith(request, new Set(), [])!;
    return plan;
  };
}

function releasesBefore(pack: string | undefined, all: readonly Release[]): readonly Release[] {
  const at = all.findIndex((release) => release.pack === pack);
  return at < 0 ? all : all.slice(0, at);
}

/** The figures of one dimension by itself; those near sites by area need their total. */
function alone(name: Dimension, level: string): Levels {
  return name === 'nearArea' ? { near: 'near', nearArea: level } : { [name]: level };
}

/** The share of cases that a dimension's table does not tell; null when there is no table. */
function lostShare(
  name: Dimension,
  summary: CasesSummary,
  cells: readonly PublishedCell[],
): number | null {
  if (name === 'near') return summary.nearOstSites === null ? null : 0;
  const [table] = summary.tables;
  return table === undefined ? null : untoldShare(table, cells);
}

/** The releases that told of the same before, oldest first, and what each counted. */
type ToldBefore = ReadonlyArray<{
  readonly release: Release;
  readonly counted: ReadonlySet<string>;
}>;

function toldBefore({ scope }: FiguresRequest, earlier: readonly Release[]): ToldBefore {
  return earlier
    .filter((release) => release.scope === scope)
    .map((release) => ({ release, counted: new Set(release.cells.flatMap(({ cases }) => cases)) }));
}

/**
 * Sets of cases that may be held back if whatever was counted the last time is counted again: none of
 * them is a case more than was left out then. No set when a case is gone since: then others may have to go
 * along. Where nobody came there is one way, the same figures; unless all who ever were counted are here
 * again, for then nobody is missing whom the others were left out for.
 */
function waysToTellAgain(
  { cases, stories }: FiguresRequest,
  told: ToldBefore,
  cellsOf: (cases: readonly CaseRecord[]) => readonly PublishedCell[],
): { readonly ways: readonly ReadonlySet<string>[]; readonly nobodyCame: boolean } {
  const offer = (sets: readonly ReadonlySet<string>[], nobodyCame = false) => ({
    ways: thatLeaveEnough(sets, cases, stories),
    nobodyCame,
  });
  const last = told.at(-1);
  if (last === undefined) return offer([new Set()]);
  const ids = new Set(cases.map(({ id }) => id));
  if ([...last.counted].some((id) => !ids.has(id))) return offer([]);
  const others = cases.filter(({ id }) => !last.counted.has(id));
  const leftOut = others.filter(({ id }) => told.some(({ counted }) => counted.has(id)));
  const idsOf = (some: readonly CaseRecord[]) => new Set(some.map(({ id }) => id));
  // Nobody came either: the same figures, also where others would do as well.
  if (leftOut.length === others.length) {
    const back = told.every(({ counted }) => [...counted].every((id) => ids.has(id)));
    return offer(back ? [new Set(), idsOf(others)] : [idsOf(others)], true);
  }
  const without = idsOf(leftOut);
  const waits = (left: ReadonlySet<string>) =>
    waitingCases(last.release, cellsOf(cases.filter(({ id }) => !left.has(id))));
  return offer([
    new Set<string>(),
    waits(new Set()),
    new Set([...without, ...waits(without)]),
    idsOf(others),
  ]);
}

/**
 * Sets of cases that may be held back: none; those that must wait and companions of those that are
 * gone; and all that came since the same was last told.
 */
function waysToHoldBack(
  { cases, stories }: FiguresRequest,
  told: ToldBefore,
  cells: readonly PublishedCell[],
): readonly ReadonlySet<string>[] {
  const last = told.at(-1);
  if (last === undefined) return [];
  const spare = new Set(stories);
  const none: ReadonlySet<string> = new Set();
  const some = waitingCases(last.release, cells);
  const all = new Set(cases.map(({ id }) => id).filter((id) => !last.counted.has(id)));
  const ways = distinct([none, some, all]).flatMap((waiting) =>
    CASE_COSTS.map((caseCost) => {
      const held = new Set([...waiting].filter((id) => !spare.has(id)));
      for (const [i, { release }] of told.entries()) {
        const now = new Set(cases.map(({ id }) => id).filter((id) => !held.has(id)));
        const later = told.slice(i + 1).map((one) => one.release);
        for (const id of companionsOf({ earlier: release, now, spare, later, caseCost }))
          held.add(id);
      }
      return held;
    }),
  );
  return thatLeaveEnough([none, ...ways], cases, stories);
}

/** Each set once, without cases whose story is told; whatever is held back, enough must remain. */
function thatLeaveEnough(
  ways: readonly ReadonlySet<string>[],
  cases: readonly CaseRecord[],
  stories: readonly string[],
): readonly ReadonlySet<string>[] {
  const spare = new Set(stories);
  return distinct(ways.map((held) => new Set([...held].filter((id) => !spare.has(id))))).filter(
    (held) => cases.length - held.size >= Math.max(cases.length / 2, SENSITIVE_CELL_MINIMUM),
  );
}

function distinct(sets: readonly ReadonlySet<string>[]): readonly ReadonlySet<string>[] {
  return [...new Map(sets.map((ids) => [[...ids].sort().join(), ids])).values()];
}
