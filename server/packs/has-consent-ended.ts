import { PackError } from './errors.ts';
import type { PackStore } from './ports.ts';
import type { RefuseEndedConsent } from './refuse-ended-consent.ts';

/** Tells whether a pack, by its id, rests on a consent that does not hold today. */
export type HasConsentEnded = (id: string) => Promise<boolean>;

/**
 * Creates the telling, for packs that have left already, where refusing comes too late.
 *
 * @throws {PackError} from the use case: `PACK_UNKNOWN`.
 */
export function createHasConsentEnded(deps: {
  packs: Pick<PackStore, 'draft'>;
  refuseEndedConsent: RefuseEndedConsent;
}): HasConsentEnded {
  const { packs, refuseEndedConsent } = deps;
  return async function hasConsentEnded(id) {
    const draft = await packs.draft(id);
    try {
      await refuseEndedConsent(draft);
      return false;
    } catch (error) {
      if (error instanceof PackError && error.code === 'CONSENT_ENDED') return true;
      throw error;
    }
  };
}
