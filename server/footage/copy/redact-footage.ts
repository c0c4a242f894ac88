import { canonicalJson, type JsonValue } from '../../kernel/canonical-json.ts';
import { sha256 } from '../../kernel/digest.ts';
import type { AnalyseFootage } from '../analysis/analyse-footage.ts';
import type { FootageAnalysis } from '../analysis/analysis.ts';
import { analysisDigest } from '../analysis/analysis-bytes.ts';
import { keptAnalysis } from '../analysis/kept-analysis.ts';
import type { OtherRecording } from '../analysis/sample-elsewhere.ts';
import { CHUNKING, type Chunking } from '../chunk-spans.ts';
import { FootageError } from '../errors.ts';
import { durations } from '../frame-index.ts';
import { coverOf } from '../plan/cover-of-plan.ts';
import { proposePlan } from '../plan/propose-plan.ts';
import { type CheckedPlan, readPlan } from '../plan/read-plan.ts';
import type { RedactionPlanInput } from '../plan/redaction-plan.ts';
import type { FootageMedia, MediaSource, OpenFootage, WorkStore } from '../ports.ts';
import type { OnProgress } from '../progress.ts';
import { coverChunks } from './cover-chunks.ts';
import { refuseSmallDisk } from './disk-need.ts';
import { planChunks } from './plan-chunks.ts';
import type { ProofRecord } from './proof-record.ts';
import { proveCopy } from './prove-copy.ts';
import { receiptFactsOf } from './receipt-facts.ts';
import type { ReceiptFacts } from './redaction-receipt.ts';
import { RENDERING } from './rendering-settings.ts';

/** What to redact, and where to. */
export interface RedactionJob {
  readonly source: MediaSource;
  /** Made before of the same recording; made anew when absent. */
  readonly analysis?: FootageAnalysis;
  /** Other recordings of the camera, for an analysis that is made anew. */
  readonly others?: readonly OtherRecording[];
  /** Anything: it is checked. When absent, {@link proposePlan}'s. */
  readonly plan?: unknown;
  /** The mode of the proposed plan; refused beside a plan of another mode. */
  readonly mode?: RedactionPlanInput['mode'];
  readonly outPath: string;
  /**
   * Where chunks are found that were covered before, and kept for the next time. For copies alone: what
   * is no longer needed is forgotten, and an analysis may run beside it.
   */
  readonly store: WorkStore;
  /** Where an analysis and its progress are kept, encrypted; of these recordings alone. */
  readonly analysisStore?: WorkStore;
  /** A folder for this job alone (mode 0700), wiped by the caller. */
  readonly workFolder: string;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

/** A copy that passed its proof lies at the job's `outPath`; one that failed does not exist. */
export type RedactionOutcome =
  | { readonly passed: true; readonly proof: ProofRecord; readonly receiptFacts: ReceiptFacts }
  | { readonly passed: false; readonly proof: ProofRecord };

/** Makes the use case. */
export function createRedactFootage(deps: {
  media: FootageMedia;
  analyseFootage: AnalyseFootage;
  /** How many chunks are worked on at once. */
  chunksAtOnce: number;
  /** Free bytes of the disk that a folder is on. */
  freeBytes: (folder: string) => Promise<number>;
  chunking?: Chunking;
}) {
  const { media, analyseFootage, chunksAtOnce, freeBytes, chunking = CHUNKING } = deps;
  /**
   * Covers a recording by its plan, chunk by chunk, decodes again what was coded, and proves it.
   *
   * @throws {FootageError} when the recording cannot be read or the plan not be used. Then, as after
   *   a failed proof or an abort, there is no file at `outPath` that was not there before.
   */
  return async function redactFootage(job: RedactionJob): Promise<RedactionOutcome> {
    const { source, mode, others = [], onProgress, signal } = job;
    const how = {
      others,
      ...(onProgress === undefined ? {} : { onProgress }),
      ...(signal === undefined ? {} : { signal }),
    };
    const redact = async (footage: OpenFootage): Promise<RedactionOutcome> => {
      // Asked while the analysis runs; a missing tool fails that first.
      const asked = media.toolVersions();
      asked.catch(() => {});
      const analyse = async () => {
        const store = job.analysisStore;
        if (store === undefined) return await analyseFootage({ source, footage, ...how });
        return await keptAnalysis({
          store,
          tools: await asked,
          analyse: (keep) => analyseFootage({ source, footage, store, keep, ...how }),
        });
      };
      const analysis = job.analysis ?? (await analyse());
      let checked: CheckedPlan;
      try {
        checked = readPlan(job.plan ?? proposePlan(analysis, mode), analysis);
        if (mode !== undefined && mode !== checked.plan.mode) throw otherMode();
      } catch (error) {
        // Nothing was begun that the same command could go on with.
        await job.analysisStore?.retain(new Set());
        throw error;
      }
      const tools = await asked;
      refuseOther(footage, analysis);
      const { tilesAt, work } = await coverOf({
        footage,
        analysis,
        checked,
        store: job.store,
        onProgress,
      });
      const shown = durations(analysis.index, checked.range);
      refuseSmallDisk(footage.grid, shown.length, await freeBytes(job.workFolder));
      const chunks = await coverChunks({
        footage,
        analysis,
        chunks: await planChunks({ footage, analysis, range: checked.range, chunking }),
        tilesAt,
        settings: RENDERING,
        tools,
        store: job.store,
        workFolder: job.workFolder,
        atOnce: chunksAtOnce,
        onFrames: (done) =>
          onProgress?.({ step: 'render', done, total: shown.length, unit: 'frames' }),
        signal,
      });
      const parts = chunks.map((chunk) => chunk.coded);
      const coded = parts.reduce((sum, part) => sum + part.sizesBytes.length, 0);
      const copy = await footage.writeCopy({
        parts,
        // Should a frame be lost, the file is written all the same: the proof says what it lacks.
        durations: shown.slice(0, coded),
        outPath: job.outPath,
      });
      try {
        const { checks, coverage } = await proveCopy({
          copy,
          chunks,
          durations: shown,
          timeBase: analysis.index.timeBase,
        });
        const passed = checks.every((check) => check.passed);
        const proof: ProofRecord = {
          version: 1,
          kind: 'dalil-redaction-proof',
          result: passed ? 'passed' : 'failed',
          mode: checked.plan.mode,
          emptyScene: checked.emptySceneApproved ? 'approved' : 'not approved',
          analysis: analysisDigest(analysis),
          plan: sha256(canonicalJson(checked.plan as unknown as JsonValue)),
          tools: { ...tools },
          rendering: { ...RENDERING },
          range: [checked.range[0], checked.range[1]],
          frameTimes: { source: analysis.index.times, repaired: analysis.index.repairedTimes },
          undecodedFrames: analysis.undecodedFrames,
          checks,
          coverage,
          operations: operationsOf(checked),
          output: passed
            ? {
                sha256: copy.sha256,
                sizeBytes: copy.sizeBytes,
                frames: shown.length,
                widthPx: footage.grid.widthPx,
                heightPx: footage.grid.heightPx,
              }
            : null,
        };
        // What a failed copy was made of is not trusted again.
        const used = [work, ...chunks.map((chunk) => chunk.name)].filter((used) => used !== null);
        await job.store.retain(new Set(passed ? used : []));
        if (!passed) return { passed, proof };
        signal?.throwIfAborted();
        await copy.publish();
        return { passed, proof, receiptFacts: receiptFactsOf(proof, checked) };
      } finally {
        await copy.discard();
      }
    };
    try {
      return await media.withFootage(source, signal, redact);
    } catch (error) {
      // An analysis that does not fit is not found again.
      if (error instanceof FootageError && error.code === 'ANALYSIS_MISMATCH') {
        await job.analysisStore?.retain(new Set());
      }
      throw error;
    }
  };
}

/** What {@link createRedactFootage} makes. */
export type RedactFootage = ReturnType<typeof createRedactFootage>;

/** Says that a plan has another mode than was asked for. */
export function otherMode(): FootageError {
  return new FootageError(
    'PLAN_INVALID',
    'The plan has another mode than was asked for. Leave the mode out, or change it in the plan.',
  );
}

/** Refuses an analysis of another recording, as far as its size tells. */
export function refuseOther(footage: OpenFootage, analysis: FootageAnalysis): void {
  const { widthPx, heightPx } = footage.grid;
  if (widthPx === analysis.widthPx && heightPx === analysis.heightPx) return;
  throw new FootageError(
    'ANALYSIS_MISMATCH',
    'The analysis is not of this recording: its picture has another size. Analyse the recording again.',
  );
}

function operationsOf({ plan }: CheckedPlan): ProofRecord['operations'] {
  const frames = (spans: readonly (readonly [number, number])[]) =>
    spans.reduce((sum, [from, to]) => sum + to - from, 0);
  return {
    coverRules: plan.cover.length,
    keptObjects: plan.keep.length,
    releasedFrames: plan.keep.reduce((sum, rule) => sum + frames(rule.releasedFrames), 0),
    reviewedFrames: frames(plan.reviewedFrames),
  };
}
