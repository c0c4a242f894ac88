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

/** Whether the number of these very cases follows from the cells, and is one that may not be told. */
export function tellsOfGroup(cases: readonly string[], cells: readonly PublishedCell[]): boolean {
  if (cells.length === 0) return false;
  const { atoms, rows } = atomsOf([...cells, { table: '', code: '', minimum: 1, cases }]);
  const group = rows.pop()!;
  const follows = (some: readonly number[][]) =>
    isDerivable(group, reduceRows(distinct(some), atoms.length));
  const lowest = Math.min(...cells.map((cell) => cell.minimum));
  const largest = Math.max(...cells.map((cell) => cell.minimum));
  if (cases.length >= largest || !follows(rows)) return false;
  if (cases.length < lowest) return true;
  return lowest === largest || !follows(rows.filter((_, i) => cells[i]!.minimum === lowest));
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

/** So many pairs are held in memory at once. */
const PAIRS_AT_ONCE = 2_000_000;

/**
 * Minimal groups of up to four places whose marks add up to zero, smaller in size than `below`.
 *
 * Pairs lie in order of their first mark, so that what completes a pair lies together: of half a
 * million pairs each meets about ten. More pairs than memory should hold are gone through in parts.
 */
function zeroSums(
  places: readonly number[],
  marks: readonly Int32Array[],
  sizeOf: (place: number) => number,
  below: number,
): number[][] {
  const [a, b, c] = marks as [Int32Array, Int32Array, Int32Array];
  const found: number[][] = [];
  const open: number[] = [];
  for (const at of places) {
    if (a[at] === 0 && b[at] === 0 && c[at] === 0) found.push([at]);
    else open.push(at);
  }
  const singles = new Map<number, number[]>();
  for (const at of open) {
    const known = singles.get(a[at]!);
    if (known === undefined) singles.set(a[at]!, [at]);
    else known.push(at);
  }
  const fits = (group: readonly number[]) => group.reduce((sum, at) => sum + sizeOf(at), 0) < below;
  const parts = Math.ceil((open.length * open.length) / 2 / PAIRS_AT_ONCE);
  for (let part = 0; part < parts; part++) {
    const pairs = pairsOf(open, marks, { part, parts, fits: (p, q) => fits([p, q]) });
    for (let i = 0; i < pairs.count; i++) {
      const [p, q] = [pairs.first[i]!, pairs.second[i]!];
      const [y, z] = [(b[p]! + b[q]!) % PRIME, (c[p]! + c[q]!) % PRIME];
      const wanted = (PRIME - ((a[p]! + a[q]!) % PRIME)) % PRIME;
      if (wanted === 0 && y === 0 && z === 0) {
        found.push([p, q]);
        continue;
      }
      for (const r of singles.get(wanted) ?? []) {
        const isZero = (y + b[r]!) % PRIME === 0 && (z + c[r]!) % PRIME === 0;
        if (r > q && isZero && fits([p, q, r])) found.push([p, q, r]);
      }
      // Each pair of pairs once: with those that lie before it.
      const end = Math.min(pairs.start[wanted + 1]!, i);
      for (let k = pairs.start[wanted]!; k < end; k++) {
        const [r, s] = [pairs.first[k]!, pairs.second[k]!];
        const isZero = (y + b[r]! + b[s]!) % PRIME === 0 && (z + c[r]! + c[s]!) % PRIME === 0;
        if (!isZero) continue;
        const group = [p, q, r, s];
        if (new Set(group).size === MOST_ATOMS && fits(group)) found.push(group);
      }
    }
  }
  return minimal(found);
}

/** Pairs of places in the order of their first mark; `start[x]` is where those with mark `x` begin. */
function pairsOf(
  open: readonly number[],
  [a]: readonly Int32Array[],
  given: { part: number; parts: number; fits: (p: number, q: number) => boolean },
): { count: number; first: Int32Array; second: Int32Array; start: Int32Array } {
  // A mark and the one that completes it are in the same part.
  const partOf = (mark: number) =>
    Math.floor((Math.min(mark, PRIME - mark) * 2 * given.parts) / (PRIME + 1));
  const start = new Int32Array(PRIME + 2);
  const each = (use: (p: number, q: number, mark: number) => void) => {
    for (let i = 0; i < open.length; i++) {
      for (let j = i + 1; j < open.length; j++) {
        const [p, q] = [open[i]!, open[j]!];
        const mark = (a![p]! + a![q]!) % PRIME;
        if (partOf(mark) === given.part && given.fits(p, q)) use(p, q, mark);
      }
    }
  };
  each((_p, _q, mark) => {
    start[mark + 1]!++;
  });
  for (let mark = 0; mark <= PRIME; mark++) start[mark + 1]! += start[mark]!;
  const count = start[PRIME]!;
  const [first, second] = [new Int32Array(count), new Int32Array(count)];
  const next = start.slice();
  each((p, q, mark) => {
    const at = next[mark]!++;
    first[at] = p;
    second[at] = q;
  });
  return { count, first, second, start };
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

/** A number that looks drawn by lot but is the same each time. */
function scatter(place: number, seed: number): number {
  let value = Math.imul(place + 1, 0x9e3779b1) ^ Math.imul(seed, 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  value = Math.imul(value ^ (value >>> 12), 0x297a2d39);
  return (value ^ (value >>> 15)) >>> 0;
}
