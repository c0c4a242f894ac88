import type { CaseRecord } from '../case.ts';
import { CELL_MINIMUM } from '../fold-cells.ts';

/**
 * What the police may know of somebody they stopped: when and where, by whom, and what can be seen or
 * is in their registers. Cases where a thing is not known are a class of their own, never a wildcard.
 */
export const STOP_FACTS = [
  'month',
  'oblast',
  'district',
  'site',
  'place',
  'perpetrator',
  'population',
  'ageGroup',
  'gender',
] as const;
/** One thing that is known of a stop. */
export type StopFact = (typeof STOP_FACTS)[number];

/** Facts that lead to few cases, each of them needed: with any of them less, more remain. */
export interface TellingFacts {
  readonly facts: readonly StopFact[];
  /** Cases that these facts, and no fewer of them, lead to alone. */
  readonly alone: number;
  /** Cases that these facts, and no fewer of them, lead to among fewer than five. */
  readonly few: number;
}

/** How far somebody who knows whom they stopped could find a case in the registry, were it told. */
export interface KnownStops {
  readonly cases: number;
  readonly alone: number;
  readonly few: number;
  /** The worst first. */
  readonly telling: readonly TellingFacts[];
  /** The fact that takes part in most of them, shorter ones counting more; null when there is none. */
  readonly coarsen: StopFact | null;
}

/** Facts that are tried together: whoever needs more of them knows the person already. */
const FACTS_AT_ONCE = 3;
const TELLING_SHOWN = 8;

/**
 * Looks for minimal sets of up to three facts under which one case remains (minimal sample uniques, as
 * in SUDA), or fewer than five. It judges cases as they are kept, for that is what a reader compares with
 * what was told; the register of the police may hold fewer of a kind than ours.
 *
 * @see Elliot, Manning, Ford, A Computational Algorithm for Handling the Special Uniques Problem, 2002
 */
export function findKnownStops(cases: readonly CaseRecord[]): KnownStops {
  const values = cases.map(factsOf);
  const few: number[][] = cases.map(() => []);
  const alone: number[][] = cases.map(() => []);
  const telling: TellingFacts[] = [];
  const weights = STOP_FACTS.map(() => 0);
  /** Notes a set for a case, unless a smaller one does already. */
  const note = (sets: number[], set: number): number => {
    if (sets.some((smaller) => (smaller & set) === smaller)) return 0;
    sets.push(set);
    return 1;
  };
  for (const set of subsets()) {
    const facts = STOP_FACTS.filter((_, i) => (set & (1 << i)) !== 0);
    const at = STOP_FACTS.flatMap((_, i) => ((set & (1 << i)) === 0 ? [] : [i]));
    const classes = Map.groupBy(values.keys(), (i) => at.map((k) => values[i]![k]).join('\n'));
    const told = { alone: 0, few: 0 };
    for (const members of classes.values()) {
      if (members.length >= CELL_MINIMUM) continue;
      for (const i of members) {
        const isFew = note(few[i]!, set);
        told.few += isFew;
        for (const k of at) weights[k]! += isFew / at.length;
        if (members.length === 1) told.alone += note(alone[i]!, set);
      }
    }
    if (told.few + told.alone > 0) telling.push({ facts, ...told });
  }
  const most = Math.max(...weights);
  return {
    cases: cases.length,
    alone: alone.filter((sets) => sets.length > 0).length,
    few: few.filter((sets) => sets.length > 0).length,
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

function factsOf(record: CaseRecord): string[] {
  const values: Readonly<Record<StopFact, string | null>> = {
    month: record.month,
    oblast: record.oblast,
    district: record.district,
    site: record.site,
    place: record.place,
    perpetrator: [...record.perpetrators].sort().join('|'),
    population: [...record.populations].sort().join('|'),
    ageGroup: record.ageGroup,
    gender: record.gender,
  };
  return STOP_FACTS.map((fact) => values[fact] ?? '');
}
