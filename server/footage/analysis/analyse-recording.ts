import type { BlobStore } from '../../kernel/blobs.ts';
import type { MediaSource, RecordCustody, RecordingStore, WorkStore } from '../ports.ts';
import type { OnProgress } from '../progress.ts';
import type { AnalyseFootage } from './analyse-footage.ts';
import type { FootageAnalysis } from './analysis.ts';
import { analysisDigest, encodeAnalysis } from './analysis-bytes.ts';
import type { OtherRecording } from './sample-elsewhere.ts';

/** Analyses a recording that was taken in. */
export type AnalyseRecording = (
  id: string,
  how?: {
    /** Recordings in the store of the same camera, unmoved, that have a say in the empty scene. */
    sameCamera?: readonly string[];
    onProgress?: OnProgress;
    signal?: AbortSignal;
  },
) => Promise<FootageAnalysis>;

/**
 * Creates the analysis of recordings in the store. What was seen is kept encrypted with the
 * recording; a new analysis replaces the earlier one. As soon as there is one, nothing is left of any
 * that was broken off: it shows people, and might never be gone on with.
 *
 * @throws {FootageError} from the use case, as `analyseFootage` does, and `RECORDING_UNKNOWN`.
 */
export function createAnalyseRecording(deps: {
  blobs: BlobStore;
  recordings: RecordingStore;
  sourceOf: (blob: string) => MediaSource;
  analyseFootage: AnalyseFootage;
  /** The store of work on the analyses of one recording alone, encrypted. */
  workOf: (recording: string) => WorkStore;
  recordCustody: RecordCustody;
}): AnalyseRecording {
  const { blobs, recordings, sourceOf, analyseFootage, workOf, recordCustody } = deps;
  // One alone and some with other recordings may run at once: the last one to end clears up.
  const underWay = new Map<string, number>();

  return async function analyseRecording(id, how) {
    underWay.set(id, (underWay.get(id) ?? 0) + 1);
    try {
      const analysis = await analyse(id, how);
      if (underWay.get(id) === 1) await workOf(id).retain(new Set());
      return analysis;
    } finally {
      const left = underWay.get(id)! - 1;
      if (left === 0) underWay.delete(id);
      else underWay.set(id, left);
    }
  };

  async function analyse(
    id: string,
    { sameCamera = [], ...watching }: Parameters<AnalyseRecording>[1] = {},
  ) {
    const recording = await recordings.recording(id);
    const source = sourceOf(recording.blob);
    const others: OtherRecording[] = [];
    for (const name of sameCamera) {
      others.push({ name, source: sourceOf((await recordings.recording(name)).blob) });
    }
    const keep = async (analysis: FootageAnalysis) => {
      const stored = await blobs.put([encodeAnalysis(analysis)]);
      const { index } = await recordCustody({
        kind: 'analysed',
        role: 'system',
        detail: { recording: id, analysis: analysisDigest(analysis) },
      });
      await recordings.saveRecording({
        ...recording,
        analysisBlob: stored.id,
        custody: [...recording.custody, index],
      });
      if (recording.analysisBlob !== null) await blobs.destroy(recording.analysisBlob);
    };
    return await analyseFootage({ source, others, store: workOf(id), keep, ...watching });
  }
}
