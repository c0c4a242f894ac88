import { compareReleases } from './compare-releases.ts';
import { deriveSmallGroups } from './derive-small-groups.ts';
import type { PublishedCell, Release } from './release.ts';

/** One way in which a release would tell of few people, together with all that was told before. */
export interface Disclosure {
  /**
   * `small-cell`: a count of few by itself; `difference`: between two packs; `derived`: by adding
   * and subtracting several counts; `story-changed`: a story told before in other words.
   */
  readonly kind: 'small-cell' | 'difference' | 'derived' | 'story-changed';
  /** The counts it follows from, as far as one can be named. */
  readonly cells: ReadonlyArray<{ readonly table: string; readonly code: string }>;
  /** The earlier packs that it is about. */
  readonly packs: readonly string[];
  /** Ids of the cases that would stand out. */
  readonly cases: readonly string[];
}

/**
 * Looks for what would isolate someone if a release joined the ones before it. All readers are taken
 * to share what they were given.
 *
 * @returns every finding, the plainest first; groups already known to follow from the earlier
 *   releases alone are left out, for refusing this one would not take them back.
 */
export function findDisclosures(release: Release, earlier: readonly Release[]): Disclosure[] {
  const name = ({ table, code }: PublishedCell) => ({ table, code });
  const small = release.cells
    .filter((cell) => cell.cases.length > 0 && cell.cases.length < cell.minimum)
    .map(
      (cell): Disclosure => ({
        kind: 'small-cell',
        cells: [name(cell)],
        packs: [],
        cases: cell.cases,
      }),
    );
  const differences = compareReleases(release, earlier).map(
    (found): Disclosure => ({
      kind: 'difference',
      cells: [name(found.cell)],
      packs: [found.earlier.pack],
      cases: found.cases,
    }),
  );
  const stories = release.narratives.flatMap((told) => {
    const before = earlier.filter(({ narratives }) =>
      narratives.some((one) => one.case === told.case && one.sha256 !== told.sha256),
    );
    return before.length === 0
      ? []
      : [
          {
            kind: 'story-changed' as const,
            cells: [],
            packs: before.map(({ pack }) => pack),
            cases: [told.case],
          },
        ];
  });
  const known = new Set([...small, ...differences].map(({ cases }) => keyOf(cases)));
  return [...small, ...differences, ...stories, ...derived(release, earlier, known)];
}

function derived(
  release: Release,
  earlier: readonly Release[],
  known: ReadonlySet<string>,
): Disclosure[] {
  const before = earlier.flatMap(({ cells }) => cells);
  return newSmallGroups(release.cells, before)
    .filter((cases) => !known.has(keyOf(cases)))
    .map((cases) => ({
      kind: 'derived',
      cells: release.cells
        .filter((cell) => cell.table !== 'total' && cases.every((id) => cell.cases.includes(id)))
        .map(({ table, code }) => ({ table, code })),
      packs: [],
      cases,
    }));
}

/** Small groups that follow from cells together with those told before, but not from these alone. */
export function newSmallGroups(
  cells: readonly PublishedCell[],
  before: readonly PublishedCell[],
): readonly (readonly string[])[] {
  const found = deriveSmallGroups([...cells, ...before]);
  if (found.length === 0) return [];
  const old = new Set(deriveSmallGroups(before).map(({ cases }) => keyOf(cases)));
  return found.map(({ cases }) => cases).filter((cases) => !old.has(keyOf(cases)));
}

function keyOf(cases: readonly string[]): string {
  return [...cases].sort().join();
}
