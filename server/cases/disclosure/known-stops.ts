import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CaseRecord } from '../case.ts';
import { heldFor } from '../figures/count-cases.ts';
import { CELL_MINIMUM } from '../figures/fold-cells.ts';

/**
 * What the police may know of somebody they stopped: when and where, by whom, what they did and for how
 * long they held them, and what can be seen or is in their registers. Cases where a thing is not known are a class of their own, never a wildcard.
 */
export const STOP_FACTS = [
  'month',
  'oblast',
  'district',
  'site',
  'place',
  'perpetrator',
  'act',
  'duration',
  'population',
  'ageGroup',
  'gender',
] as const;
/** One thing that is known of a stop. */
export type StopFact = (typeof STOP_FACTS)[number];

/** Facts that lead to few cases, each of them needed: with any of them less, more remain. */
export interface TellingFacts {
  readonly facts: readonly StopFact[];
  /** Cases that these facts, and no fewer of them, lead to alone; they count among `few`. */
  readonly alone: number;
  /** Cases that these facts, and no fewer of them, lead to alone or among fewer than five. */
  readonly few: number;
}

/** How far somebody who knows whom they stopped could find a case in the registry, were it told. */
export interface KnownStops {
  readonly cases: number;
  /** Cases that up to three facts lead to alone. */
  readonly alone: number;
  /** Cases that up to three facts lead to among fewer than five, alone or not. */
  readonly few: number;
  /** Cases that are alone to somebody who knows all the facts. */
  readonly aloneByAll: number;
  /** The worst first. */
  readonly telling: readonly TellingFacts[];
  /** The fact that takes part in most of them, shorter ones counting more; null when there is none. */
  readonly coarsen: StopFact | null;
}

/** Facts that are tried together; what more of them lead to is told by those of all facts. */
const FACTS_AT_ONCE = 3;
const TELLING_SHOWN = 8;

/**
 * Looks for minimal sets of up to three facts under which one case remains (minimal sample uniques, as
 * in SUDA), or fewer than five. It judges cases as they are kept, for that is what a reader compares with
 * what was told; the register of the police may hold fewer of a kind than ours. Others have their turn
 * between sets, for a large registry takes seconds.
 *
 * @see Elliot, Manning, Ford, A Computational Algorithm for Handling the Special Uniques Problem, 2002
 */
export async function findKnownStops(cases: readonly CaseRecord[]): Promise<KnownStops> {
  const columns = columnsOf(cases);
  const few: number[][] = cases.map(() => []);
  const alone: number[][] = cases.map(() => []);
  const telling: TellingFacts[] = [];
  const weights = STOP_FACTS.map(() => 0);
  /** Notes a set for a case, unless a smaller one does already. */
  const note = (sets: number[], set: number): boolean => {
    if (sets.some((smaller) => (smaller & set) === smaller)) return false;
    sets.push(set);
    return true;
  };
  for (const set of subsets()) {
    await nextTurn();
    const at = STOP_FACTS.flatMap((_, i) => ((set & (1 << i)) === 0 ? [] : [i]));
    const sizes = sizesUnder(at.map((k) => columns[k]!));
    const told = { alone: 0, few: 0 };
    for (const [i, size] of sizes.entries()) {
      if (size >= CELL_MINIMUM) continue;
      const isFew = note(few[i]!, set);
      const isAlone = size === 1 && note(alone[i]!, set);
      if (isFew || isAlone) told.few++;
      if (isAlone) told.alone++;
      for (const k of at) weights[k]! += (Number(isFew) + Number(isAlone)) / at.length;
    }
    if (told.few > 0) telling.push({ facts: at.map((k) => STOP_FACTS[k]!), ...told });
  }
  const most = Math.max(...weights);
  return {
    cases: cases.length,
    alone: alone.filter((sets) => sets.length > 0).length,
    few: few.filter((sets) => sets.length > 0).length,
    aloneByAll: sizesUnder(columns).filter((size) => size === 1).length,
    telling: telling
      .sort((a, b) => b.alone - a.alone || b.few - a.few || a.facts.length - b.facts.length)
      .slice(0, TELLING_SHOWN),
    coarsen: most === 0 ? null : STOP_FACTS[weights.indexOf(most)]!,
  };
}

/** All sets of facts as bits, small ones first. */
function subsets(): number[] {
  const size = (set: number) => set.toString(2).replaceAll('0', '').length;
  return Array.from({ length: 2 ** STOP_FACTS.length - 1 }, (_, i) => i + 1)
    .filter((set) => size(set) <= FACTS_AT_ONCE)
    .sort((a, b) => size(a) - size(b));
}

/** The values of one fact in all cases, each as the number of the first case that has it. */
type Column = readonly number[];

/** Of each case, how many agree with it in all these facts. */
function sizesUnder(columns: readonly Column[]): number[] {
  const joined = columns.reduce((classes, column) =>
    numbered(classes.map((one, i) => one * column.length + column[i]!)),
  );
  const counts = new Map<number, number>();
  for (const one of joined) counts.set(one, (counts.get(one) ?? 0) + 1);
  return joined.map((one) => counts.get(one)!);
}

function numbered<Value>(values: readonly Value[]): Column {
  const first = new Map<Value, number>();
  for (const [i, value] of values.entries()) if (!first.has(value)) first.set(value, i);
  return values.map((value) => first.get(value)!);
}

function columnsOf(cases: readonly CaseRecord[]): Column[] {
  const rows = cases.map(factsOf);
  return STOP_FACTS.map((fact) => numbered(rows.map((row) => row[fact] ?? '')));
}

function factsOf(record: CaseRecord): Readonly<Record<StopFact, string | null>> {
  return {
    month: record.month,
    oblast: record.oblast,
    district: record.district,
    site: record.site,
    place: record.place,
    perpetrator: [...record.perpetrators].sort().join('|'),
    act: [...record.acts].sort().join('|'),
    duration: heldFor(record),
    population: [...record.populations].sort().join('|'),
    ageGroup: record.ageGroup,
    gender: record.gender,
  };
}
