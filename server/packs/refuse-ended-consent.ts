import type { ConsentsHold } from '../cases/consent/consents-hold.ts';
import type { RecordingStore } from '../footage/ports.ts';
import { bishkekDate, type Clock } from '../kernel/time.ts';
import { PackError } from './errors.ts';
import { ownerAgrees } from './gather-pack.ts';
import type { PackDraft } from './pack-draft.ts';
import { usesOfDraft } from './uses-of-draft.ts';

/**
 * Asks consent again for everything in a draft, on the day on which it is sealed, read out of the house
 * or handed over: since it was made, a consent may have been withdrawn or have ended.
 */
export type RefuseEndedConsent = (draft: PackDraft) => Promise<void>;

/**
 * Creates the asking. The draft's commitments name the cases that are counted, its recipe those whose
 * story is told, the copies and whom they show; a draft without a recipe is refused.
 *
 * @throws {PackError} from the use case: `CONSENT_ENDED`.
 */
export function createRefuseEndedConsent(deps: {
  consentsHold: ConsentsHold;
  recordings: Pick<RecordingStore, 'copy' | 'recording'>;
  clock: Clock;
}): RefuseEndedConsent {
  const { consentsHold, recordings, clock } = deps;

  return async function refuseEndedConsent({ commitments, recipe }) {
    if (recipe === undefined) throw consentEnded();
    const { recipient, use, copies } = recipe.order;
    const on = bishkekDate(clock.now());
    const uses = usesOfDraft({ commitments, recipe });
    if (!(await consentsHold(uses, { recipient, use, on }))) throw consentEnded();
    for (const { copy: id } of copies) {
      const recording = await recordings.recording((await recordings.copy(id)).recording);
      if (!ownerAgrees(recording, on)) throw consentEnded();
    }
  };
}

function consentEnded(): PackError {
  return new PackError(
    'CONSENT_ENDED',
    'Since this pack was drafted a consent that it rests on was withdrawn or has ended, so it neither is sealed nor leaves. Make a new pack.',
  );
}
