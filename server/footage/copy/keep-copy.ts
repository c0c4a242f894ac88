import type { StoredBlob } from '../../kernel/blobs.ts';
import { newId, type RandomBytes } from '../../kernel/ids.ts';
import type { RecordCustody, RecordingStore } from '../ports.ts';
import type { RedactedCopy } from '../recording.ts';

/** Keeps a covered copy that passed its proof, and notes it in the custody log. */
export type KeepCopy = (
  made: Pick<RedactedCopy, 'recording' | 'mediaType' | 'proof' | 'receiptFacts'> & {
    readonly stored: StoredBlob;
    /** Role of who asked for it. */
    readonly role: string;
  },
) => Promise<RedactedCopy>;

/** Creates the keeping of copies. */
export function createKeepCopy(deps: {
  recordings: RecordingStore;
  recordCustody: RecordCustody;
  random: RandomBytes;
}): KeepCopy {
  const { recordings, recordCustody, random } = deps;
  return async function keepCopy({ recording, mediaType, proof, receiptFacts, stored, role }) {
    const { id: blob, sha256, sizeBytes } = stored;
    const { index } = await recordCustody({
      kind: 'redacted',
      role,
      detail: { recording, plan: proof.plan, copy: sha256 },
    });
    const id = newId(random);
    const copy: RedactedCopy = {
      id,
      recording,
      blob,
      sha256,
      sizeBytes,
      mediaType,
      proof,
      receiptFacts,
      custody: [index],
    };
    await recordings.addCopy(copy);
    return copy;
  };
}
