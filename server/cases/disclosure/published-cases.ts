import type { Release } from './release.ts';

/** Ids of all cases that packs told of, as a number or as a story. */
export function publishedCases(releases: readonly Release[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { cells, narratives } of releases) {
    for (const cell of cells) for (const id of cell.cases) ids.add(id);
    for (const narrative of narratives) ids.add(narrative.case);
  }
  return ids;
}
