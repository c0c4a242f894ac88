import { type BlobStore, readAll } from '../../kernel/blobs.ts';
import { canonicalJson, type JsonValue } from '../../kernel/canonical-json.ts';
import { type Sha256, sha256 } from '../../kernel/digest.ts';
import { CodedError } from '../../kernel/errors.ts';
import type { FootageAnalysis } from '../analysis/analysis.ts';
import { analysisDigest, decodeAnalysis } from '../analysis/analysis-bytes.ts';
import { FootageError } from '../errors.ts';
import { readPlan } from '../plan/read-plan.ts';
import { redactionPlanSchema } from '../plan/redaction-plan.ts';
import type { MediaSource, PlanStore, ProofFolder } from '../ports.ts';
import type { Recording, RedactedCopy } from '../recording.ts';
import type { RedactStill } from '../stills/redact-still.ts';
import type { RedactFootage } from './redact-footage.ts';
import { createThrowawayWork } from './throwaway-work.ts';

/** What covering a recording once more came to; a reason where it could not be done alike. */
export type RedactedAgain =
  | { readonly sha256: Sha256; readonly sameTools: boolean }
  | { readonly why: 'plan-gone' | 'analysis-gone' | 'still-of-clip' | 'failed' };

/** Covers a recording once more as a copy of it was covered, and keeps nothing. */
export type RedactAgain = (
  copy: RedactedCopy,
  recording: Recording,
  signal?: AbortSignal,
) => Promise<RedactedAgain>;

/**
 * Creates the covering of recordings once more: from the original, by the plan that the copy's proof
 * names, with nothing taken from what was kept on the way to the copy.
 */
export function createRedactAgain(deps: {
  blobs: BlobStore;
  plans: Pick<PlanStore, 'latestPlan' | 'plan'>;
  sourceOf: (blob: string) => MediaSource;
  redactFootage: RedactFootage;
  redactStill: RedactStill;
  folders: ProofFolder;
}): RedactAgain {
  const { blobs, plans, sourceOf, redactFootage, redactStill, folders } = deps;

  /** The saved plan of this digest, by whatever `digestOf` makes of a plan before it is used. */
  async function planOf(
    recording: string,
    wanted: string,
    digestOf: (plan: JsonValue) => Sha256 | null,
  ): Promise<JsonValue | null> {
    const latest = await plans.latestPlan(recording);
    for (let version = latest?.version ?? 0; version > 0; version--) {
      const saved = await plans.plan(recording, version);
      if (saved !== null && digestOf(saved.plan) === wanted) return saved.plan;
    }
    return null;
  }

  async function clipAgain(
    { proof, receiptFacts }: RedactedCopy,
    recording: Recording,
    signal?: AbortSignal,
  ): Promise<RedactedAgain> {
    const analysis = await analysisOf(recording);
    if (
      analysis === null ||
      !('analysis' in proof) ||
      proof.analysis !== analysisDigest(analysis)
    ) {
      return { why: 'analysis-gone' };
    }
    const plan = await planOf(recording.id, proof.plan, (saved) =>
      digestOrNull(() => readPlan(saved, analysis).plan),
    );
    if (plan === null) return { why: 'plan-gone' };
    const store = createThrowawayWork(blobs);
    try {
      return await folders.withFolder(async (folder) => {
        const outcome = await redactFootage({
          source: sourceOf(recording.blob),
          analysis,
          plan,
          outPath: folders.pathIn(folder, 'copy.mp4'),
          workFolder: folder,
          store,
          ...(signal === undefined ? {} : { signal }),
        });
        if (!outcome.passed) return { why: 'failed' };
        return again(outcome.receiptFacts, receiptFacts);
      });
    } finally {
      await store.retain(new Set());
    }
  }

  async function stillAgain(
    { proof, receiptFacts, mediaType }: RedactedCopy,
    recording: Recording,
  ): Promise<RedactedAgain> {
    const plan = await planOf(recording.id, proof.plan, (saved) =>
      digestOrNull(() => redactionPlanSchema.parse(saved)),
    );
    if (plan === null) return { why: 'plan-gone' };
    const bytes = await readAll(blobs.read(recording.blob));
    const format = mediaType.replace('image/', '') as 'jpeg' | 'png' | 'webp';
    const made = await redactStill({ bytes, plan, as: format });
    return again(made.receiptFacts, receiptFacts);
  }

  /** Null also where it is of a version that this one cannot read: to this one it is gone. */
  async function analysisOf({ analysisBlob }: Recording): Promise<FootageAnalysis | null> {
    if (analysisBlob === null) return null;
    const bytes = await readAll(blobs.read(analysisBlob));
    try {
      return decodeAnalysis(bytes);
    } catch (error) {
      if (error instanceof FootageError && error.code === 'ANALYSIS_UNREADABLE') return null;
      throw error;
    }
  }

  return async function redactAgain(copy, recording, signal) {
    try {
      if (recording.kind === 'still') return await stillAgain(copy, recording);
      if (copy.mediaType !== 'video/mp4') return { why: 'still-of-clip' };
      return await clipAgain(copy, recording, signal);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof CodedError) return { why: 'failed' };
      throw error;
    }
  };
}

function again(
  now: RedactedCopy['receiptFacts'],
  before: RedactedCopy['receiptFacts'],
): RedactedAgain {
  const sameTools = canonicalJson({ ...now.tools }) === canonicalJson({ ...before.tools });
  return { sha256: now.sha256 as Sha256, sameTools };
}

function digestOrNull(read: () => unknown): Sha256 | null {
  try {
    return sha256(canonicalJson(read() as JsonValue));
  } catch {
    return null;
  }
}
