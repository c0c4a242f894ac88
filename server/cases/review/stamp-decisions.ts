import type { Decision } from './narrative-review.ts';

/** A decision as somebody sends it: who decided, and when, is not theirs to say. */
export type UnstampedDecision = Omit<Decision, 'byRole' | 'byUser' | 'decidedAt'>;

/**
 * Says of each decision which role took it and when. One that was taken before, and is sent again
 * with the others, keeps its stamp.
 *
 * @param by.decidedAt - UTC to the second.
 */
export function stampDecisions(
  sent: readonly UnstampedDecision[],
  earlier: readonly Decision[],
  by: { byRole: string; byUser: string; decidedAt: string },
): Decision[] {
  return sent.map((decision) => {
    const known = earlier.find((one) => isSame(one, decision));
    const { byRole, byUser, decidedAt } = known ?? by;
    return { ...decision, byRole, ...(byUser !== undefined && { byUser }), decidedAt };
  });
}

function isSame(a: UnstampedDecision, b: UnstampedDecision): boolean {
  const fields = ['language', 'start', 'end', 'surface', 'verdict', 'reason'] as const;
  return fields.every((field) => a[field] === b[field]);
}
