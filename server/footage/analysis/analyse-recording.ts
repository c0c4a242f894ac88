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

/** The analyses of one recording that run at once. */
interface Running {
  count: number;
  /** Whether any of them was kept. */
  saved: boolean;
  /** They are kept one after the other, for each replaces what the one before it kept. */
  turn: Promise<void>;
}

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
  // One alone and some with other recordings may run at once: the last one to end clears up, however
  // it ends itself, should any have ended well.
  const underWay = new Map<string, Running>();

  return async function analyseRecording(id, how) {
    const all = underWay.get(id) ?? { count: 0, saved: false, turn: Promise.resolve() };
    underWay.set(id, all);
    all.count += 1;
    try {
      return await analyse(id, all, how);
    } finally {
      all.count -= 1;
      if (all.count === 0) {
        underWay.delete(id);
        if (all.saved) await clearUp(id);
      }
    }
  };

  /** The analysis is kept and logged whether or not this comes off; the next one does it then. */
  async function clearUp(id: string): Promise<void> {
    await workOf(id)
      .retain(new Set())
      .catch(() => {});
  }

  async function analyse(
    id: string,
    all: Running,
    { sameCamera = [], ...watching }: Parameters<AnalyseRecording>[1] = {},
  ) {
    const recording = await recordings.recording(id);
    const source = sourceOf(recording.blob);
    const others: OtherRecording[] = [];
    for (const name of sameCamera) {
      others.push({ name, source: sourceOf((await recordings.recording(name)).blob) });
    }
    const save = async (analysis: FootageAnalysis) => {
      const stored = await blobs.put([encodeAnalysis(analysis)]);
      const { index } = await recordCustody({
        kind: 'analysed',
        role: 'system',
        detail: { recording: id, analysis: analysisDigest(analysis) },
      });
      const { analysisBlob, ...now } = await recordings.recording(id);
      const custody = [...now.custody, index];
      await recordings.saveRecording({ ...now, analysisBlob: stored.id, custody });
      if (analysisBlob !== null) await blobs.destroy(analysisBlob);
      all.saved = true;
    };
    const keep = async (analysis: FootageAnalysis) => {
      const saving = all.turn.then(() => save(analysis));
      all.turn = saving.catch(() => {});
      await saving;
    };
    return await analyseFootage({ source, others, store: workOf(id), keep, ...watching });
  }
}
