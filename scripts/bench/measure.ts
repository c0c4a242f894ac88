import { spawn } from 'node:child_process';

/** Seconds that some work takes. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** One thing measured against another in the same run. */
export interface Comparison {
  readonly name: string;
  /** What it is measured against. */
  readonly peer: string;
  /** The most that the ratio may be. */
  readonly limit: number;
  /** Median of the ratios of the pairs, and their range. */
  readonly ratio: number;
  readonly spread: readonly [least: number, most: number];
  /** Medians, in the unit. */
  readonly ours: number;
  readonly theirs: number;
  readonly unit: 's' | 'ms' | 'MB';
}

/**
 * Measures in pairs, ours and the peer by turns, so that a machine that is busy for a while is busy
 * for both. The first pair warms up and does not count.
 */
export async function compare(options: {
  name: string;
  peer: string;
  limit: number;
  pairs: number;
  ours: () => Promise<unknown>;
  theirs: () => Promise<unknown>;
  unit?: 's' | 'ms';
}): Promise<Comparison> {
  const { name, peer, limit, pairs, unit = 's' } = options;
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let pair = 0; pair <= pairs; pair++) {
    const mine = await seconds(options.ours);
    const other = await seconds(options.theirs);
    if (pair === 0) continue;
    ours.push(mine);
    theirs.push(other);
  }
  const ratios = ours.map((value, i) => value / theirs[i]!);
  const scale = unit === 'ms' ? 1000 : 1;
  return {
    name,
    peer,
    limit,
    ratio: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)],
    ours: median(ours) * scale,
    theirs: median(theirs) * scale,
    unit,
  };
}

/** Compares what was measured with the most that it may be. */
export function againstLimit(options: {
  name: string;
  limit: number;
  values: readonly number[];
  unit: 'ms' | 'MB';
}): Comparison {
  const { name, limit, values, unit } = options;
  const ours = median(values);
  return {
    name,
    peer: `the limit of ${limit} ${unit}`,
    limit: 1,
    ratio: ours / limit,
    spread: [Math.min(...values) / limit, Math.max(...values) / limit],
    ours,
    theirs: limit,
    unit,
  };
}

/** The value below which this part of all values lies. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Runs a program to its end. Throws when it fails. */
export async function run(program: string, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error(`${program} failed with ${code}`);
}
