import { isDerivable, orthogonal, PRIME, reduceRows } from './modular-rows.ts';
import type { PublishedCell } from './release.ts';

/** Cases whose number anybody can compute from published counts. */
export interface DerivedGroup {
  readonly cases: readonly string[];
  /** The smallest number that might have been told. */
  readonly minimum: number;
}

/** Cases that no published count tells apart. */
type Atom = readonly string[];

/** So many atoms at most make a group that is looked for. */
const MOST_ATOMS = 4;

/**
 * Finds the small groups of cases whose number follows from published counts by adding and
 * subtracting them, whatever the tables and packs they stand in.
 *
 * The search takes every cell as a set of cases, as if a reader knew which combinations are empty:
 * he is given more than he has. Groups of fewer than five cases are all found, for they have at
 * most four atoms; of larger ones those that at most four atoms make.
 */
export function deriveSmallGroups(cells: readonly PublishedCell[]): DerivedGroup[] {
  const { atoms, rows } = atomsOf(cells);
  if (atoms.length === 0) return [];
  const largest = Math.max(...cells.map((cell) => cell.minimum));
  const lowest = Math.min(...cells.map((cell) => cell.minimum));
  const all = reduceRows(distinct(rows), atoms.length);
  const plain = reduceRows(
    distinct(rows.filter((_, i) => cells[i]!.minimum === lowest)),
    atoms.length,
  );
  const small = [...atoms.keys()].filter((at) => atoms[at]!.length < largest);
  const marks = [1, 2, 3].map((seed) => orthogonal(all, (place) => scatter(place, seed)));
  const found = zeroSums(small, marks, (at) => atoms[at]!.length, largest);
  return found
    .filter((group) => isDerivable(group, all))
    .map((group) => ({
      cases: group.flatMap((at) => atoms[at]!),
      minimum: lowest === largest || isDerivable(group, plain) ? lowest : largest,
    }))
    .filter(({ cases, minimum }) => cases.length < minimum);
}

function atomsOf(cells: readonly PublishedCell[]): { atoms: Atom[]; rows: number[][] } {
  const cellsOf = new Map<string, number[]>();
  cells.forEach(({ cases }, i) => {
    for (const id of cases) {
      const known = cellsOf.get(id);
      if (known === undefined) cellsOf.set(id, [i]);
      else known.push(i);
    }
  });
  const atoms = new Map<string, { cases: string[]; cells: readonly number[] }>();
  for (const [id, within] of cellsOf) {
    const key = within.join();
    const known = atoms.get(key);
    if (known === undefined) atoms.set(key, { cases: [id], cells: within });
    else known.cases.push(id);
  }
  const rows: number[][] = cells.map(() => []);
  [...atoms.values()].forEach((atom, at) => {
    for (const cell of atom.cells) rows[cell]!.push(at);
  });
  return { atoms: [...atoms.values()].map(({ cases }) => cases), rows };
}

function distinct(rows: readonly number[][]): number[][] {
  return [...new Map(rows.map((row) => [row.join(), row])).values()];
}

/** Minimal groups of up to four places whose marks add up to zero, smaller in size than `below`. */
function zeroSums(
  places: readonly number[],
  marks: readonly Int32Array[],
  sizeOf: (place: number) => number,
  below: number,
): number[][] {
  const [a, b, c] = marks as [Int32Array, Int32Array, Int32Array];
  const key = (x: number, y: number, z: number) => (x * PRIME + y) * PRIME + z;
  const negative = (value: number) => (PRIME - value) % PRIME;
  const found: number[][] = [];
  const fits = (group: readonly number[]) =>
    group.length <= MOST_ATOMS && group.reduce((sum, at) => sum + sizeOf(at), 0) < below;
  const open: number[] = [];
  for (const at of places) {
    if (a[at] === 0 && b[at] === 0 && c[at] === 0) found.push([at]);
    else open.push(at);
  }
  const singles = new Map<number, number[]>();
  for (const at of open) gather(singles, key(a[at]!, b[at]!, c[at]!), at);
  const pairs = new Map<number, Array<readonly [number, number]>>();
  for (let i = 0; i < open.length; i++) {
    for (let j = i + 1; j < open.length; j++) {
      const [p, q] = [open[i]!, open[j]!];
      if (sizeOf(p) + sizeOf(q) >= below) continue;
      const x = (a[p]! + a[q]!) % PRIME;
      const y = (b[p]! + b[q]!) % PRIME;
      const z = (c[p]! + c[q]!) % PRIME;
      if (x === 0 && y === 0 && z === 0) {
        found.push([p, q]);
        continue;
      }
      const wanted = key(negative(x), negative(y), negative(z));
      for (const r of singles.get(wanted) ?? [])
        if (r > q && fits([p, q, r])) found.push([p, q, r]);
      for (const [r, s] of pairs.get(wanted) ?? []) {
        const group = [p, q, r, s];
        if (new Set(group).size === 4 && fits(group)) found.push(group);
      }
      gather(pairs, key(x, y, z), [p, q] as const);
    }
  }
  return minimal(found);
}

/** Without groups that another one is a part of, and each once. */
function minimal(groups: readonly number[][]): number[][] {
  const kept: number[][] = [];
  for (const group of [...groups].sort((x, y) => x.length - y.length)) {
    const covered = kept.some((one) => one.every((at) => group.includes(at)));
    if (!covered) kept.push(group);
  }
  return kept;
}

function gather<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

/** A number that looks drawn by lot but is the same each time. */
function scatter(place: number, seed: number): number {
  let value = Math.imul(place + 1, 0x9e3779b1) ^ Math.imul(seed, 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  value = Math.imul(value ^ (value >>> 12), 0x297a2d39);
  return (value ^ (value >>> 15)) >>> 0;
}
