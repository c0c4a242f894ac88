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
 * be none or many, for few cases are ever withdrawn.
 */
export function compareReleases(release: Release, earlier: readonly Release[]): SmallDifference[] {
  return release.cells.flatMap((cell) => {
    const now = new Set(cell.cases);
    return earlier.flatMap(({ pack, scope, cells }) =>
      cells
        .filter((other) => other.table === cell.table && other.code === cell.code)
        .flatMap((other) => {
          const then = new Set(other.cases);
          const came = cell.cases.filter((id) => !then.has(id));
          const went = other.cases.filter((id) => !now.has(id));
          const told =
            scope === release.scope || came.length === 0 || went.length === 0 ? [came, went] : [];
          const minimum = Math.max(cell.minimum, other.minimum);
          return told
            .filter(({ length }) => length > 0 && length < minimum)
            .map((cases) => ({ cell, earlier: { pack, cell: other }, cases }));
        }),
    );
  });
}
