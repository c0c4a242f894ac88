import { type BlobStore, readAll } from '../../kernel/blobs.ts';
import type { FootageAnalysis } from '../analysis/analysis.ts';
import { decodeAnalysis } from '../analysis/analysis-bytes.ts';
import { FootageError } from '../errors.ts';
import type { MediaSource, ProofFolder, RecordingStore, WorkStore } from '../ports.ts';
import type { OnProgress } from '../progress.ts';
import type { RedactedCopy } from '../recording.ts';
import type { KeepCopy } from './keep-copy.ts';
import type { ProofRecord } from './proof-record.ts';
import type { RedactFootage } from './redact-footage.ts';

/** What to cover a recording by. */
export interface RecordingRedaction {
  readonly recording: string;
  /** Anything: it is checked. */
  readonly plan: unknown;
  /** Role of who asked for it. */
  readonly role: string;
  /** The analysis, where it is still at hand: then the clip need not be decoded for it again. */
  readonly analysis?: FootageAnalysis;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

/** A kept copy, or the record of why there is none. */
export type RecordingRedactionOutcome =
  | { readonly passed: true; readonly copy: RedactedCopy }
  | { readonly passed: false; readonly proof: ProofRecord };

/** Covers a clip that was taken in and keeps the copy. */
export type RedactRecording = (job: RecordingRedaction) => Promise<RecordingRedactionOutcome>;

/**
 * Creates the redaction of clips in the store. The copy lies in a private folder until it is proved,
 * then in the encrypted store.
 *
 * @throws {FootageError} from the use case, as `redactFootage` does; `RECORDING_UNKNOWN`,
 *   `NOT_ANALYSED`.
 */
export function createRedactRecording(deps: {
  blobs: BlobStore;
  recordings: RecordingStore;
  sourceOf: (blob: string) => MediaSource;
  redactFootage: RedactFootage;
  folders: ProofFolder;
  /** The store of covered chunks of one recording. */
  workOf: (recording: string) => WorkStore;
  keepCopy: KeepCopy;
}): RedactRecording {
  const { blobs, recordings, sourceOf, redactFootage, folders, workOf, keepCopy } = deps;

  async function analysisOf(id: string, blob: string | null): Promise<FootageAnalysis> {
    if (blob !== null) return decodeAnalysis(await readAll(blobs.read(blob)));
    throw new FootageError(
      'NOT_ANALYSED',
      `The recording ${id} has no analysis yet. Analyse it, look at its empty scene, then redact it.`,
    );
  }

  // Two copies of one recording at once would forget each other's chunks.
  const turns = new Map<string, Promise<unknown>>();

  return async function redactRecording(job) {
    const before = turns.get(job.recording);
    const turn = (async () => {
      await before?.catch(() => undefined);
      job.signal?.throwIfAborted();
      return await redact(job);
    })();
    turns.set(job.recording, turn);
    try {
      return await turn;
    } finally {
      if (turns.get(job.recording) === turn) turns.delete(job.recording);
    }
  };

  async function redact(job: RecordingRedaction): Promise<RecordingRedactionOutcome> {
    const { plan, role, onProgress, signal } = job;
    const { id, blob, analysisBlob } = await recordings.recording(job.recording);
    const analysis = job.analysis ?? (await analysisOf(id, analysisBlob));
    return await folders.withFolder(async (folder) => {
      const outPath = folders.pathIn(folder, 'copy.mp4');
      const outcome = await redactFootage({
        source: sourceOf(blob),
        analysis,
        plan,
        outPath,
        workFolder: folder,
        store: workOf(id),
        ...(onProgress === undefined ? {} : { onProgress }),
        ...(signal === undefined ? {} : { signal }),
      });
      if (!outcome.passed) return outcome;
      const { proof, receiptFacts } = outcome;
      const stored = await blobs.put(folders.read(outPath));
      const copy = await keepCopy({
        recording: id,
        mediaType: 'video/mp4',
        proof,
        receiptFacts,
        stored,
        role,
      });
      return { passed: true, copy };
    });
  }
}
