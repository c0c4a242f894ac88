import type { BlobStore } from '../../kernel/blobs.ts';
import type { KeepCopy } from '../copy/keep-copy.ts';
import type { RecordingStore } from '../ports.ts';
import type { RedactedCopy } from '../recording.ts';
import { readRecordedStill } from './read-recorded-still.ts';
import type { RedactStill } from './redact-still.ts';

/** Covers a still that was taken in and keeps the copy. */
export type RedactRecordedStill = (job: {
  recording: string;
  /** Anything: it is checked. */
  plan: unknown;
  /** Role of who asked for it. */
  role: string;
}) => Promise<RedactedCopy>;

/**
 * Creates the redaction of stills in the store.
 *
 * @throws {StillError} from the use case, as `redactStill` does; {FootageError} `RECORDING_UNKNOWN`.
 */
export function createRedactRecordedStill(deps: {
  blobs: BlobStore;
  recordings: RecordingStore;
  redactStill: RedactStill;
  keepCopy: KeepCopy;
}): RedactRecordedStill {
  const { blobs, recordings, redactStill, keepCopy } = deps;
  return async function redactRecordedStill({ recording, plan, role }) {
    const still = await recordings.recording(recording);
    const original = await readRecordedStill(blobs, still);
    const { bytes, format, proof, receiptFacts } = await redactStill({ bytes: original, plan });
    const stored = await blobs.put([bytes]);
    return await keepCopy({
      recording: still.id,
      mediaType: `image/${format}`,
      proof,
      receiptFacts,
      stored,
      role,
    });
  };
}
