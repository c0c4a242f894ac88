/** One way to tell a dimension, and what it costs not to tell it finer. */
export interface LatticeLevel {
  /** Null: it is not told. */
  readonly level: string | null;
  readonly cost: number;
}

/** The levels that may be chosen of each dimension. */
export type Lattice = ReadonlyArray<{
  readonly name: string;
  readonly levels: readonly LatticeLevel[];
}>;

/** A level for each dimension; what is not told is absent. */
export type Choice = Readonly<Record<string, string>>;

/**
 * Finds the cheapest choice of one level a dimension that passes. Every choice is looked at, in the
 * order of its cost and, among equal ones, of the lattice: the same input gives the same answer, and
 * no cheaper one passes.
 *
 * @param refusedParts - parts of a choice for each of which alone it is refused; none when it passes.
 *   What is refused must stay refused when more is told, so no choice with such a part is tried again.
 * @returns null when nothing passes.
 */
export function searchLattice(
  lattice: Lattice,
  refusedParts: (choice: Choice) => readonly Choice[],
): Choice | null {
  const refused: Choice[] = [];
  for (const choice of byCost(lattice)) {
    if (refused.some((part) => isPart(part, choice))) continue;
    const parts = refusedParts(choice);
    if (parts.length === 0) return choice;
    refused.push(...parts);
  }
  return null;
}

function isPart(part: Choice, choice: Choice): boolean {
  return Object.entries(part).every(([name, level]) => choice[name] === level);
}

function* byCost(lattice: Lattice): Iterable<Choice> {
  type Node = { readonly cost: number; readonly entries: ReadonlyArray<readonly [string, string]> };
  let nodes: Node[] = [{ cost: 0, entries: [] }];
  for (const { name, levels } of lattice) {
    nodes = nodes.flatMap(({ cost, entries }) =>
      levels.map(({ level, cost: more }) => ({
        cost: cost + more,
        entries: level === null ? entries : [...entries, [name, level] as const],
      })),
    );
  }
  nodes.sort((a, b) => a.cost - b.cost);
  for (const { entries } of nodes) yield Object.fromEntries(entries);
}
