import { type Finding, STEPS, type StepId } from './findings.ts';
import type { Report, StepResult, Verdict } from './report.ts';

/** What no check of a pack can show, or this one did not, in the order in which it is told. */
export const UNPROVED = {
  footage: 'That the footage shows what happened, or when it was recorded.',
  texts: 'That what the texts report is true.',
  omissions: 'That nothing is missing that was never put in.',
  moment:
    'When it was sealed: the date is its own, and no time stamp of somebody else from within a day of it was checked.',
  log: 'That the custody log is whole: the pack has some of its events only.',
  key: 'That nobody else has the key: ask the organisation whether it was revoked.',
  origin: 'Where the pack is from: its key came with it. Compare the key with one from elsewhere.',
} as const;

/** The name of a sentence of {@link UNPROVED}: reports have the sentences, catalogs the names. */
export function unprovedId(sentence: string): string {
  return Object.entries(UNPROVED).find(([, said]) => said === sentence)![0];
}

/** Never valid without something from outside: a pack cannot vouch for itself. */
export function verdictOf(findings: readonly Finding[], originGiven: boolean): Verdict {
  if (findings.length > 0) return 'invalid';
  return originGiven ? 'valid' : 'consistent';
}

/**
 * The outcome of every step. A step whose material could not be read is NOT CHECKED, unless
 * something was found in it all the same.
 */
export function stepsOf(
  findings: readonly Finding[],
  notChecked: ReadonlySet<StepId>,
): Report['steps'] {
  const failed = new Set<StepId>(findings.map(({ step }) => step));
  const resultOf = (id: StepId): StepResult => {
    if (failed.has(id)) return 'FAIL';
    return notChecked.has(id) ? 'NOT CHECKED' : 'PASS';
  };
  return (Object.keys(STEPS) as StepId[]).map((id) => ({
    id,
    title: STEPS[id],
    result: resultOf(id),
  }));
}

/** A stamp that was given later may be of a pack that was dated back. */
const NEAR_MS = 24 * 3_600_000;

/**
 * Whether the moment that a pack gives itself is borne out by a time stamp. A stamp proves no more than
 * that the pack existed by then; only one from nearly the same moment makes its own date likely.
 */
export function isMomentProved(sealedAt: string | null, provenAt: Date | null): boolean {
  if (sealedAt === null || provenAt === null) return false;
  return Math.abs(provenAt.getTime() - new Date(sealedAt).getTime()) <= NEAR_MS;
}

/** What a reader must not take from the verdict. */
export function notProvedBy(shown: { originGiven: boolean; momentProved: boolean }): string[] {
  const proved = new Set<string>([
    ...(shown.originGiven ? ['origin'] : []),
    ...(shown.momentProved ? ['moment'] : []),
  ]);
  return Object.entries(UNPROVED).flatMap(([id, said]) => (proved.has(id) ? [] : [said]));
}
