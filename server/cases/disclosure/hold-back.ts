import type { PublishedCell, Release } from './release.ts';

/** So many cases are held back at most: a share of all, and of few cases this number. */
const LARGEST_SHARE = 0.1;
const LARGEST_NUMBER = 33;
/** Totals are in every pack: what is lacking there cannot be told more coarsely. */
const TOTAL_WEIGHT = 20;
/** Steps of the search, and how much worse a step may be at its beginning and at its end. */
const STEPS = 30_000;
const HOTTEST = 12;
const COLDEST = 0.3;

/**
 * Finds cases to leave out together with cases that are gone since an earlier release, so that nobody
 * who compares the two is left with few. A case that was withdrawn takes cases with it that are counted
 * under the same codes, as many as a count must have; where there are none for some table, the fewest
 * changes of it remain small, and that table has to be told more coarsely.
 *
 * A search by simulated annealing, whose draws are the same each time: which cases they are follows from
 * the ledger alone. Cells of two-way tables are not looked after, for each has cases of its own.
 *
 * @param now - ids of the cases that may be counted now.
 * @param spare - ids that must stay, for they are told as stories.
 * @param later - releases after `earlier`: cases that were left out of them before are taken first.
 * @param caseCost - what holding back one case costs, if a count that lacks one case costs 1.
 * @returns ids, none when nothing small is gone.
 */
export function companionsOf(given: {
  earlier: Release;
  now: ReadonlySet<string>;
  spare: ReadonlySet<string>;
  later: readonly Release[];
  caseCost: number;
}): ReadonlySet<string> {
  const { earlier, now, spare, later, caseCost } = given;
  const cellsOf = cellsByCase(earlier.cells);
  const removed = earlier.cells.map(({ cases }) => cases.filter((id) => !now.has(id)).length);
  const weightOf = earlier.cells.map(({ table }) =>
    table === 'total' ? TOTAL_WEIGHT : table.endsWith('-time') ? 0 : 1,
  );
  const lackOf = (cell: number, count: number) =>
    count === 0 ? 0 : Math.max(0, earlier.cells[cell]!.minimum - count) * weightOf[cell]!;
  const lack = removed.reduce((sum, count, cell) => sum + lackOf(cell, count), 0);
  if (lack === 0) return new Set();

  const counted = later.map(({ cells }) => new Set(cells.flatMap(({ cases }) => cases)));
  const wasLeftOut = (id: string) => counted.some((one) => !one.has(id));
  const open = [...cellsOf.keys()].filter((id) => now.has(id) && !spare.has(id)).sort();
  const costOf = open.map((id) => (wasLeftOut(id) ? 0 : caseCost));
  const most = Math.max(LARGEST_NUMBER, Math.floor(cellsOf.size * LARGEST_SHARE));
  const taken: number[] = [];
  let energy = lack;
  let best: { energy: number; taken: readonly number[] } = { energy, taken: [] };
  const draw = createDraws();

  const change = (at: number, by: 1 | -1): number => {
    let sum = by * costOf[at]!;
    for (const cell of cellsOf.get(open[at]!)!) {
      sum += lackOf(cell, removed[cell]! + by) - lackOf(cell, removed[cell]!);
    }
    return sum;
  };
  const toggle = (at: number): void => {
    const held = taken.indexOf(at);
    const by = held < 0 ? 1 : -1;
    energy += change(at, by);
    for (const cell of cellsOf.get(open[at]!)!) removed[cell]! += by;
    if (held < 0) taken.push(at);
    else taken.splice(held, 1);
  };
  for (let step = 0; step < STEPS && open.length > 0; step++) {
    const heat = HOTTEST * (COLDEST / HOTTEST) ** (step / STEPS);
    const before = energy;
    const moved = [draw() % open.length];
    // Half of the steps exchange one case for another.
    if (draw() % 2 === 0 && taken.length > 0) moved.push(taken[draw() % taken.length]!);
    for (const at of moved) toggle(at);
    const worse = energy - before;
    if (taken.length > most || (worse > 0 && draw() / 2 ** 32 > Math.exp(-worse / heat))) {
      for (const at of moved.reverse()) toggle(at);
    } else if (energy < best.energy) best = { energy, taken: [...taken] };
  }
  // The last steps were still taken at random: what need not be held back is let go.
  for (const at of [...taken]) if (!best.taken.includes(at)) toggle(at);
  for (const at of best.taken) if (!taken.includes(at)) toggle(at);
  for (const at of [...taken]) if (change(at, -1) < 0) toggle(at);
  return new Set(taken.map((at) => open[at]!));
}

/**
 * Finds new cases that have to wait, for they came under some code together with too few others since
 * an earlier release. One that waits may leave another with too few, so this goes on until all fits.
 *
 * @param cells - the counts as they would be now.
 */
export function waitingCases(earlier: Release, cells: readonly PublishedCell[]): Set<string> {
  const before = new Set(earlier.cells.flatMap(({ cases }) => cases));
  const waiting = new Set<string>();
  const news = cells.map(({ cases, minimum }) => ({
    minimum,
    cases: cases.filter((id) => !before.has(id)),
  }));
  for (let changed = true; changed; ) {
    changed = false;
    for (const { cases, minimum } of news) {
      const left = cases.filter((id) => !waiting.has(id));
      if (left.length === 0 || left.length >= minimum) continue;
      for (const id of left) waiting.add(id);
      changed = true;
    }
  }
  return waiting;
}

function cellsByCase(cells: readonly PublishedCell[]): Map<string, number[]> {
  const known = new Map<string, number[]>();
  cells.forEach(({ cases }, cell) => {
    for (const id of cases) {
      const own = known.get(id);
      if (own === undefined) known.set(id, [cell]);
      else own.push(cell);
    }
  });
  return known;
}

/** Numbers that look drawn by lot but are the same each time (mulberry32). */
function createDraws(): () => number {
  let state = 0x5eed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return (value ^ (value >>> 14)) >>> 0;
  };
}
