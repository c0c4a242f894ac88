import { z } from 'zod';
import { CASE_SCHEMA, type CaseRecord } from '../case.ts';

/** What somebody did with a case. */
export const CASE_EVENT_SCHEMA = z.strictObject({
  /** `consent`: an answer that a street lawyer brought. */
  kind: z.enum(['entered', 'edited', 'consent']),
  /** UTC to the second. */
  at: z.iso.datetime(),
  /** Role, never a name. */
  role: z.string().min(1).max(40),
  /** Why, in the words of who did it. */
  reason: z.string().max(500).nullable(),
  /** The fields that changed, as they were before; those that follow tell what they became. */
  before: CASE_SCHEMA.omit({ id: true }).partial(),
});
/** One entry in the history of a case. Kept sealed: it holds what the case held. */
export type CaseEvent = z.infer<typeof CASE_EVENT_SCHEMA>;

/** The fields of a case that differ, with the values they had. */
export function changedFields(before: CaseRecord, after: CaseRecord): CaseEvent['before'] {
  const entries = Object.entries(before).filter(
    ([name, value]) => !isSame(value, after[name as keyof CaseRecord]),
  );
  return Object.fromEntries(entries);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
