import { CasesError } from '../errors.ts';
import type { CaseStore } from '../ports.ts';
import { type IntendedUse, refusalOf } from './consent.ts';

/** A case, and what of it is to leave. */
export interface CaseUse {
  /** Id of the case. */
  readonly case: string;
  readonly purpose: IntendedUse['purpose'];
}

/** Tells whether each of these cases agrees to its use, by this body and for this end, on a day. */
export type ConsentsHold = (
  uses: readonly CaseUse[],
  intended: Omit<IntendedUse, 'purpose'>,
) => Promise<boolean>;

/**
 * Creates the asking. Counting and stories rest on the consent for the narrative, footage on the one
 * for media. A case that was taken out agrees to nothing any more.
 */
export function createConsentsHold({ store }: { store: Pick<CaseStore, 'find'> }): ConsentsHold {
  return async function consentsHold(uses, intended) {
    for (const { case: id, purpose } of uses) {
      const found = await store.find(id).catch(whereGone);
      if (found === null) return false;
      const { narrative, media } = found.consent;
      const consent = purpose === 'footage' ? media : narrative;
      if (refusalOf(consent, { ...intended, purpose }) !== null) return false;
    }
    return true;
  };
}

function whereGone(error: unknown): null {
  if (error instanceof CasesError && error.code === 'CASE_UNKNOWN') return null;
  throw error;
}
