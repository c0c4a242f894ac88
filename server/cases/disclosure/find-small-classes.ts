/** A way in which somebody who knows a few facts would come down to few cases. */
export interface SmallClass {
  /** The facts that suffice; with any of them less, enough cases remain. */
  readonly facts: readonly string[];
  /** How many cases have all of these facts. */
  readonly count: number;
}

/** What is told of a case, fact by fact: `month`, `act`, `place` and the like. */
export type ToldFacts = Readonly<Record<string, string>>;

/**
 * Finds the smallest sets of facts that few cases share with one (minimal sample uniques, as in
 * SUDA, with a minimum instead of one).
 *
 * @param told - what is told of the one case; every subset is tried.
 * @param all - the same facts of every case, the one included.
 * @see Elliot, Manning, Ford, A Computational Algorithm for Handling the Special Uniques Problem, 2002
 */
export function findSmallClasses(
  told: ToldFacts,
  all: readonly ToldFacts[],
  minimum: number,
): SmallClass[] {
  const found: SmallClass[] = [];
  for (const facts of subsetsBySize(Object.keys(told))) {
    if (found.some((one) => one.facts.every((fact) => facts.includes(fact)))) continue;
    const count = all.filter((one) => facts.every((fact) => one[fact] === told[fact])).length;
    if (count < minimum) found.push({ facts, count });
  }
  return found;
}

function subsetsBySize(items: readonly string[]): string[][] {
  const sets: string[][] = [[]];
  for (const item of items) sets.push(...sets.map((set) => [...set, item]));
  return sets.filter((set) => set.length > 0).sort((a, b) => a.length - b.length);
}
