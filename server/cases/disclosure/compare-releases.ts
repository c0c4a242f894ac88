import type { PublishedCell, Release } from './release.ts';

/** A count that tells of few when it is subtracted from one in another pack. */
export interface SmallDifference {
  readonly cell: PublishedCell;
  readonly earlier: { readonly pack: string; readonly cell: PublishedCell };
  readonly cases: readonly string[];
}

/**
 * Compares the counts of a release with the same counts of earlier ones. One set within the other
 * gives their difference away; and of the same scope asked again, what came and what went must each
 * be none or many, for few cases are ever withdrawn. Since the last time that the same was told the
 * counts themselves must not differ by few either: they would be taken for so many people.
 */
export function compareReleases(release: Release, earlier: readonly Release[]): SmallDifference[] {
  const last = earlier.findLast(({ scope }) => scope === release.scope);
  return release.cells.flatMap((cell) => {
    const now = new Set(cell.cases);
    return earlier.flatMap((one) => {
      const { pack, scope, cells } = one;
      return cells
        .filter((other) => other.table === cell.table && other.code === cell.code)
        .flatMap((other) => {
          const then = new Set(other.cases);
          const came = cell.cases.filter((id) => !then.has(id));
          const went = other.cases.filter((id) => !now.has(id));
          const told =
            scope === release.scope || came.length === 0 || went.length === 0 ? [came, went] : [];
          const minimum = Math.max(cell.minimum, other.minimum);
          const small = told.filter(({ length }) => length > 0 && length < minimum);
          const change = Math.abs(came.length - went.length);
          const seemsSmall = one === last && small.length === 0 && change > 0 && change < minimum;
          return [...small, ...(seemsSmall ? [[...came, ...went]] : [])].map((cases) => ({
            cell,
            earlier: { pack, cell: other },
            cases,
          }));
        });
    });
  });
}
