import { execFileSync } from 'node:child_process';

// What somebody does who was given two packs, knows how Dalil works, and wants to find one person.

/** A number that a pack prints, in a table by the code of its row. */
export interface PrintedCount {
  readonly table: string;
  readonly code: string;
  readonly count: number;
}

/** A small number that follows from two packs. */
export interface SmallNumber {
  /** How it follows, in words of tables and codes. */
  readonly how: string;
  readonly number: number;
}

/** Reads every count from the tables of a sealed pack with `unzip`, the bases as code `base`. */
export function countsOfPack(file: string): PrintedCount[] {
  const unzip = (...args: string[]) => execFileSync('unzip', args, { encoding: 'utf8' });
  const counts: PrintedCount[] = [];
  for (const name of unzip('-Z1', file).split('\n')) {
    const table = /\/data\/statistics\/([a-z-]+)\.csv$/.exec(name)?.[1];
    if (table === undefined) continue;
    const [, ...lines] = unzip('-p', file, name).trim().split('\r\n');
    for (const [i, line] of lines.entries()) {
      // The labels in between may hold commas; the code before and the numbers after cannot.
      const cells = line.split(',');
      const number = (fromEnd: number) => Number(cells.at(-fromEnd));
      if (i === 0) counts.push({ table, code: 'base', count: number(2) });
      counts.push({ table, code: cells[0]!, count: number(3) });
    }
  }
  return counts;
}

/**
 * Looks for numbers from 1 to below `minimum` among all that follows simply from two packs: the counts
 * themselves; what a base leaves beside a row, and beside all rows of a table; the same between two
 * levels of one hierarchy (a half-year less its quarters, a year less its half-years, an oblast less
 * its sites); and how each of these numbers changed from one pack to the other.
 */
export function attackCounts(
  first: readonly PrintedCount[],
  second: readonly PrintedCount[],
  minimum: number,
): SmallNumber[] {
  const [one, two] = [numbersOf(first), numbersOf(second)];
  const changes = [...one]
    .filter(([how]) => two.has(how))
    .map(([how, number]) => ({
      how: `change of ${how}`,
      number: Math.abs(two.get(how)! - number),
    }));
  const each = [...one, ...two].map(([how, number]) => ({ how, number: Math.abs(number) }));
  return [...each, ...changes].filter(({ number }) => number > 0 && number < minimum);
}

function numbersOf(counts: readonly PrintedCount[]): Map<string, number> {
  const numbers = new Map<string, number>();
  const tables = [...new Set(counts.map(({ table }) => table))];
  for (const table of tables) {
    const rows = counts.filter((one) => one.table === table && one.code !== 'base');
    const base = counts.find((one) => one.table === table && one.code === 'base')!.count;
    numbers.set(`base of ${table}`, base);
    for (const { code, count } of rows) {
      numbers.set(`${table}/${code}`, count);
      numbers.set(`base of ${table} less ${code}`, base - count);
    }
    // Acts overlap, so their sum is no number of cases.
    if (!table.includes('-act')) {
      const sum = rows.reduce((all, { count }) => all + count, 0);
      numbers.set(`base of ${table} less all rows`, base - sum);
    }
    for (const { code, count } of rows) {
      for (const other of tables) {
        if (other === table) continue;
        const parts = counts.filter((one) => one.table === other && isWithin(one.code, code));
        if (parts.length === 0) continue;
        const sum = parts.reduce((all, part) => all + part.count, 0);
        numbers.set(`${table}/${code} less its parts in ${other}`, count - sum);
      }
    }
  }
  const bases = tables.map((table) => numbers.get(`base of ${table}`)!);
  for (const [i, table] of tables.entries()) {
    for (const [k, other] of tables.entries()) {
      if (i < k) numbers.set(`base of ${table} less that of ${other}`, bases[i]! - bases[k]!);
    }
  }
  return numbers;
}

/** Whether a code of a finer table is a part of this one, by how codes are written. */
function isWithin(part: string, whole: string): boolean {
  if (part === 'base' || part === whole) return part === whole && part !== 'base';
  const [row, column] = part.split('--');
  if (column !== undefined && (row === whole || column === whole)) return true;
  return /^\d{4}/.test(whole) && monthsOf(whole).length > 0 && isSubset(monthsOf(part), whole);
}

function isSubset(months: readonly string[], whole: string): boolean {
  const all = new Set(monthsOf(whole));
  return months.length > 0 && months.length < all.size && months.every((one) => all.has(one));
}

/** `2021`, `2021-h1`, `2021-q3`, `2021-05` as months. */
function monthsOf(code: string): string[] {
  const found = /^(\d{4})(?:-(?:h([12])|q([1-4])|(\d\d)))?$/.exec(code);
  if (found === null) return [];
  const [, year, half, quarter, month] = found;
  const span = (from: number, length: number) =>
    Array.from({ length }, (_, i) => `${year}-${String(from + i).padStart(2, '0')}`);
  if (month !== undefined) return [`${year}-${month}`];
  if (quarter !== undefined) return span(3 * Number(quarter) - 2, 3);
  if (half !== undefined) return span(6 * Number(half) - 5, 6);
  return span(1, 12);
}

if (import.meta.main) {
  const [one, two] = process.argv.slice(2);
  if (one === undefined || two === undefined) {
    process.stderr.write('Give two packs: node scripts/attack-packs.ts ONE.zip TWO.zip\n');
    process.exitCode = 2;
  } else {
    const found = attackCounts(countsOfPack(one), countsOfPack(two), 5);
    for (const { how, number } of found) process.stdout.write(`${number}  ${how}\n`);
    process.stdout.write(`${found.length} small numbers follow from the two packs.\n`);
    process.exitCode = found.length === 0 ? 0 : 1;
  }
}
