import { refusalOf } from '../cases/consent.ts';
import { CasesError } from '../cases/errors.ts';
import type { CaseStore } from '../cases/ports.ts';
import type { RecordingStore } from '../footage/ports.ts';
import { bishkekDate, type Clock } from '../kernel/time.ts';
import { PackError } from './errors.ts';
import { ownerAgrees } from './gather-pack.ts';
import type { PackDraft } from './pack-draft.ts';

/**
 * Asks consent again for everything in a draft, on the day on which it is sealed: since it was made,
 * after a crash for instance, a consent may have been withdrawn or have ended.
 */
export type RefuseEndedConsent = (draft: PackDraft) => Promise<void>;

const CASE_SOURCE = 'case/';

/**
 * Creates the asking. The draft's commitments name the cases that are counted, its recipe those whose
 * story is told and the copies; a draft without a recipe is refused.
 *
 * @throws {PackError} from the use case: `CONSENT_ENDED`.
 */
export function createRefuseEndedConsent(deps: {
  cases: Pick<CaseStore, 'find'>;
  recordings: Pick<RecordingStore, 'copy' | 'recording'>;
  clock: Clock;
}): RefuseEndedConsent {
  const { cases, recordings, clock } = deps;

  return async function refuseEndedConsent({ commitments, recipe }) {
    if (recipe === undefined) throw consentEnded();
    const { recipient, use, narratives, copies } = recipe.order;
    const on = bishkekDate(clock.now());
    const told = new Set(narratives.map((narrative) => narrative.case));
    const counted = commitments
      .filter(({ source }) => source.startsWith(CASE_SOURCE))
      .map(({ source }) => source.slice(CASE_SOURCE.length));
    for (const id of new Set([...counted, ...told])) {
      const purpose = told.has(id) ? 'narrative' : 'counted';
      const { consent } = await cases.find(id).catch(whereGone);
      if (refusalOf(consent.narrative, { purpose, recipient, use, on }) !== null) {
        throw consentEnded();
      }
    }
    for (const { copy: id } of copies) {
      const recording = await recordings.recording((await recordings.copy(id)).recording);
      if (!ownerAgrees(recording, on)) throw consentEnded();
    }
  };
}

/** A case that was taken out agrees to nothing any more. */
function whereGone(error: unknown): never {
  if (error instanceof CasesError && error.code === 'CASE_UNKNOWN') throw consentEnded();
  throw error;
}

function consentEnded(): PackError {
  return new PackError(
    'CONSENT_ENDED',
    'Since this pack was drafted a consent that it rests on was withdrawn or has ended, so it is not sealed. Make a new pack.',
  );
}
