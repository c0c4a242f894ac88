import { type BlobStore, readAll } from '../../kernel/blobs.ts';
import { decodeAnalysis } from '../analysis/analysis-bytes.ts';
import { parseClipTime } from '../clip-time.ts';
import type { KeepCopy } from '../copy/keep-copy.ts';
import { FootageError } from '../errors.ts';
import type { MediaSource, RecordingStore } from '../ports.ts';
import type { OnProgress } from '../progress.ts';
import type { RedactedCopy } from '../recording.ts';
import type { RedactFrame } from './redact-frame.ts';
import { StillError } from './still-error.ts';
import type { StillFormat } from './still-format.ts';

/** Makes a covered still of a clip that was taken in, and keeps it. */
export type RedactRecordedFrame = (job: {
  recording: string;
  /** Anything: it is checked. */
  plan: unknown;
  /** Time in the clip, as {@link parseClipTime} reads it. */
  at: string;
  as: StillFormat;
  /** Role of who asked for it. */
  role: string;
  onProgress?: OnProgress;
  signal?: AbortSignal;
}) => Promise<RedactedCopy>;

/**
 * Creates the making of stills from clips in the store.
 *
 * @throws {FootageError} from the use case, as `redactFrame` does; `RECORDING_UNKNOWN`, `NOT_ANALYSED`.
 * @throws {StillError} from the use case, as `redactFrame` does; `STILL_TIME_INVALID`.
 */
export function createRedactRecordedFrame(deps: {
  blobs: BlobStore;
  recordings: RecordingStore;
  sourceOf: (blob: string) => MediaSource;
  redactFrame: RedactFrame;
  keepCopy: KeepCopy;
}): RedactRecordedFrame {
  const { blobs, recordings, sourceOf, redactFrame, keepCopy } = deps;
  return async function redactRecordedFrame({ recording, plan, at, as, role, ...watching }) {
    const { id, blob, analysisBlob } = await recordings.recording(recording);
    const time = parseClipTime(at);
    if (time === null) {
      throw new StillError(
        'STILL_TIME_INVALID',
        'The time is none. Write it as hours, minutes and seconds, for example 00:01:23.400.',
      );
    }
    if (analysisBlob === null) {
      throw new FootageError(
        'NOT_ANALYSED',
        `The recording ${id} has no analysis yet. Analyse it, look at its empty scene, then redact it.`,
      );
    }
    const { bytes, format, proof, receiptFacts } = await redactFrame({
      source: sourceOf(blob),
      analysis: decodeAnalysis(await readAll(blobs.read(analysisBlob))),
      plan,
      at: time,
      as,
      ...watching,
    });
    const stored = await blobs.put([bytes]);
    return await keepCopy({
      recording: id,
      mediaType: `image/${format}`,
      proof,
      receiptFacts,
      stored,
      role,
    });
  };
}
