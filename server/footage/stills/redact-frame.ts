import { crc32 } from 'node:zlib';
import { canonicalJson, type JsonValue } from '../../kernel/canonical-json.ts';
import { sha256 } from '../../kernel/digest.ts';
import type { AnalyseFootage } from '../analysis/analyse-footage.ts';
import type { FootageAnalysis } from '../analysis/analysis.ts';
import { analysisDigest } from '../analysis/analysis-bytes.ts';
import type { OtherRecording } from '../analysis/sample-elsewhere.ts';
import { entriesTo } from '../chunk-spans.ts';
import { frameAtTime } from '../clip-time.ts';
import { receiptFactsOf } from '../copy/receipt-facts.ts';
import { otherMode, refuseOther } from '../copy/redact-footage.ts';
import { FootageError } from '../errors.ts';
import type { FrameSpan } from '../frame-span.ts';
import { coverOf } from '../plan/cover-of-plan.ts';
import { proposePlan } from '../plan/propose-plan.ts';
import { readPlan } from '../plan/read-plan.ts';
import type { RedactionPlanInput } from '../plan/redaction-plan.ts';
import type { FootageMedia, MediaSource, OpenFootage } from '../ports.ts';
import type { OnProgress } from '../progress.ts';
import { proveStill } from './prove-still.ts';
import type { RedactedStill } from './redact-still.ts';
import { rgbOf } from './rgb-planes.ts';
import { StillError } from './still-error.ts';
import type { StillFormat } from './still-format.ts';
import type { StillPictures } from './still-pictures.ts';

/** Which frame of which clip becomes a still, and by what it is covered. */
export interface FrameRedactionJob {
  readonly source: MediaSource;
  /** Made before of the same recording; made anew when absent. */
  readonly analysis?: FootageAnalysis;
  /** Other recordings of the camera, for an analysis that is made anew. */
  readonly others?: readonly OtherRecording[];
  /** The clip's plan. Anything: it is checked. When absent, {@link proposePlan}'s. */
  readonly plan?: unknown;
  /** The mode of the proposed plan; refused beside a plan of another mode. */
  readonly mode?: RedactionPlanInput['mode'];
  /** Microseconds from the first frame: see {@link frameAtTime}. */
  readonly at: number;
  readonly as: StillFormat;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

/** Makes the use case. */
export function createRedactFrame(deps: {
  media: FootageMedia;
  analyseFootage: AnalyseFootage;
  pictures: StillPictures;
}) {
  const { media, analyseFootage, pictures } = deps;
  /**
   * Makes a still of the frame that a clip shows at a time, with exactly the cover that this frame
   * has in a copy of the clip by the same plan, and proves it as every still is proved. Of the
   * plan's `reviewedFrames` only this frame is asked for.
   *
   * @throws {FootageError} when the recording cannot be read or the plan not be used.
   * @throws {StillError} `STILL_TIME_OUTSIDE`, `STILL_TOO_LARGE`; `STILL_PROOF_FAILED` with the
   *   proof record as `cause`.
   */
  return async function redactFrame(job: FrameRedactionJob): Promise<RedactedStill> {
    const { source, mode, as, others = [], onProgress, signal } = job;
    const how = {
      others,
      ...(onProgress === undefined ? {} : { onProgress }),
      ...(signal === undefined ? {} : { signal }),
    };
    return await media.withFootage(source, signal, async (footage) => {
      const analysis = job.analysis ?? (await analyseFootage({ source, footage, ...how }));
      const frame = frameAtTime(analysis.index, job.at);
      if (frame === null) throw outside('The clip ends before that time.');
      const plan = job.plan ?? proposePlan(analysis, mode);
      const checked = readPlan(onlyFrame(plan, frame), analysis);
      if (mode !== undefined && mode !== checked.plan.mode) throw otherMode();
      refuseOther(footage, analysis);
      const { widthPx, heightPx } = footage.grid;
      const { tilesAt } = await coverOf({ footage, analysis, checked, store: null, onProgress });
      const planes = await frameOf(footage, analysis, frame);
      const rgb = rgbOf(planes, widthPx, heightPx, footage.facts.colour.matrix);
      const made = await proveStill({
        pictures,
        pixels: { widthPx, heightPx, rgb },
        cover: { grid: footage.grid, map: tilesAt(frame) },
        format: as,
        record: {
          mode: checked.plan.mode,
          emptyScene: checked.emptySceneApproved ? 'approved' : 'not approved',
          analysis: analysisDigest(analysis),
          frame,
          plan: sha256(canonicalJson(checked.plan as unknown as JsonValue)),
          tools: { ...(await media.toolVersions()), ...(await pictures.toolsFor(as)) },
          operations: {
            coverRules: checked.plan.cover.length,
            keptBoxes: checked.plan.keep.length,
          },
        },
      });
      return { ...made, receiptFacts: receiptFactsOf(made.proof, checked) };
    });
  };
}

/** What {@link createRedactFrame} makes. */
export type RedactFrame = ReturnType<typeof createRedactFrame>;

/** The plan for this frame alone, if the copy of the clip would have the frame. */
function onlyFrame(plan: unknown, frame: number): unknown {
  if (typeof plan !== 'object' || plan === null) return plan;
  const { range } = plan as { range?: unknown };
  if (isSpan(range) && (frame < range[0] || frame >= range[1])) {
    throw outside('The plan’s range leaves that time out.');
  }
  // What is no span at all is judged with the rest of the plan.
  return range === undefined || isSpan(range) ? { ...plan, range: [frame, frame + 1] } : plan;
}

function isSpan(range: unknown): range is FrameSpan {
  return (
    Array.isArray(range) &&
    range.length === 2 &&
    range.every((end) => Number.isInteger(end) && end >= 0) &&
    range[0] < range[1]
  );
}

/**
 * The frame, if it is the one that was analysed: the cover belongs to that one. A late one is looked for
 * from the key frame before it, and from the start where that leads to another.
 */
async function frameOf(
  footage: OpenFootage,
  analysis: FootageAnalysis,
  frame: number,
): Promise<Uint8Array> {
  const isWanted = (cells: Uint8Array) => crc32(cells) === analysis.frameChecks[frame];
  for (const entry of await entriesTo([frame, frame + 1], analysis.index, footage)) {
    const found = await footage.readFrame(frame, entry).catch((error: unknown) => {
      if (error instanceof FootageError) return null;
      throw error;
    });
    if (found !== null && isWanted(found.cells)) return found.planes;
  }
  const decoded = await footage.readFrame(frame);
  if (decoded === null) {
    throw new FootageError(
      'DECODE_ENDED_EARLY',
      'The recording ends before the frame that was asked for. Copy it from the recorder again.',
    );
  }
  if (isWanted(decoded.cells)) return decoded.planes;
  throw new FootageError(
    'ANALYSIS_MISMATCH',
    'The analysis is not of this recording. Analyse the recording again.',
  );
}

function outside(why: string): StillError {
  return new StillError('STILL_TIME_OUTSIDE', `${why} Choose another time or another plan.`);
}
