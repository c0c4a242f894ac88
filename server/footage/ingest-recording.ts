import type { BlobStore } from '../kernel/blobs.ts';
import { newId, type RandomBytes } from '../kernel/ids.ts';
import { FootageError } from './errors.ts';
import type { RecordCustody, RecordingStore } from './ports.ts';
import type { OwnerConsent, Recording } from './recording.ts';

/** Takes in an original, byte for byte, whatever it is; it is judged when it is analysed. */
export type IngestRecording = (received: {
  kind: Recording['kind'];
  bytes: AsyncIterable<Uint8Array>;
  fileName: string;
  ownerConsent: OwnerConsent | null;
  /** Role of who brought it. */
  role: string;
}) => Promise<Recording>;

/**
 * Creates the taking in of originals. They go to the encrypted store as they are read.
 *
 * @throws {FootageError} from the use case: `SOURCE_EMPTY`; nothing remains then.
 */
export function createIngestRecording(deps: {
  blobs: BlobStore;
  recordings: RecordingStore;
  recordCustody: RecordCustody;
  random: RandomBytes;
}): IngestRecording {
  const { blobs, recordings, recordCustody, random } = deps;
  return async function ingestRecording({ kind, bytes, fileName, ownerConsent, role }) {
    const { id: blob, sha256, sizeBytes } = await blobs.put(bytes);
    if (sizeBytes === 0) {
      await blobs.destroy(blob);
      throw new FootageError(
        'SOURCE_EMPTY',
        'The recording is empty: it has no bytes. Copy it from the recorder again.',
      );
    }
    const id = newId(random);
    const received = { recording: id, sha256, sizeBytes, fileName };
    const { index } = await recordCustody({ kind: 'received', role, detail: received });
    const recording: Recording = {
      id,
      kind,
      blob,
      sha256,
      sizeBytes,
      fileName,
      ownerConsent,
      analysisBlob: null,
      custody: [index],
    };
    await recordings.addRecording(recording);
    return recording;
  };
}
