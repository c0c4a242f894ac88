import type { ConsentsHold } from '../cases/consent/consents-hold.ts';
import type { RecordingStore } from '../footage/ports.ts';
import { bishkekDate, type Clock } from '../kernel/time.ts';
import { ownerAgrees } from './gather-pack.ts';
import type { PackDraft } from './pack-draft.ts';
import { usesOfDraft } from './uses-of-draft.ts';

/**
 * Whether whoever a withheld item of a pack is of agrees today that it is shown: the person of a case,
 * to the pack's own body and end, or the owner of a camera. Of an item that is gone nobody agrees.
 *
 * @param source - as the commitment names it: `case/<id>` or `recording/<id>`.
 */
export type ItemConsent = (draft: PackDraft, source: string) => Promise<boolean>;

const RECORDING_SOURCE = 'recording/';

/** Creates the asking. A draft without a recipe does not say for whom its cases agreed: nobody does. */
export function createItemConsent(deps: {
  consentsHold: ConsentsHold;
  recordings: Pick<RecordingStore, 'recording'>;
  clock: Clock;
}): ItemConsent {
  const { consentsHold, recordings, clock } = deps;

  return async function itemConsent({ commitments, recipe }, source) {
    const on = bishkekDate(clock.now());
    if (source.startsWith(RECORDING_SOURCE)) {
      const recording = await recordings
        .recording(source.slice(RECORDING_SOURCE.length))
        .catch(() => null);
      return recording !== null && ownerAgrees(recording, on);
    }
    if (recipe === undefined) return false;
    const { recipient, use } = recipe.order;
    const own = commitments.filter((one) => one.source === source);
    const uses = usesOfDraft({ commitments: own });
    return uses.length > 0 && (await consentsHold(uses, { recipient, use, on }));
  };
}
