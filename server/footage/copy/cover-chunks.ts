import { canonicalJson, type JsonValue } from '../../kernel/canonical-json.ts';
import { type Sha256, sha256, startSha256 } from '../../kernel/digest.ts';
import type { FootageAnalysis } from '../analysis/analysis.ts';
import { analysisDigest } from '../analysis/analysis-bytes.ts';
import type { ChunkSpan } from '../chunk-spans.ts';
import { FootageError } from '../errors.ts';
import { meanRate } from '../frame-index.ts';
import type { CoverTiles } from '../plan/cover-tiles.ts';
import type { CodedFrames, KeptWork, OpenFootage, WorkStore } from '../ports.ts';
import { emptyTileMap, type TileMap } from '../tile-map.ts';
import type { ToolVersions } from '../tool-versions.ts';
import { decodeCodedFacts, encodeCodedFacts } from './coded-frames.ts';
import {
  areProved,
  createFrameJudge,
  type FrameFindings,
  frameFindingsSchema,
} from './judge-frames.ts';
import type { RenderingSettings } from './rendering-settings.ts';

/** A covered piece of a clip, with what was found when it was decoded again. */
export interface CoveredChunk {
  readonly coded: CodedFrames;
  readonly findings: FrameFindings;
  /** The name under which it is kept; a chunk with a fault is not. */
  readonly name: Sha256;
}

/**
 * Covers the chunks of a recording and judges every frame of them while they are coded. A chunk that
 * was covered before in exactly this way is taken from the store; one that is new is kept there as
 * soon as it is proved.
 *
 * @param onFrames - told how many frames are done.
 * @throws {FootageError} when the recording cannot be decoded; the signal's reason when aborted. What
 *   was proved until then is kept.
 */
export async function coverChunks(options: {
  footage: OpenFootage;
  analysis: FootageAnalysis;
  chunks: readonly ChunkSpan[];
  tilesAt: CoverTiles;
  settings: RenderingSettings;
  tools: ToolVersions;
  store: WorkStore;
  workFolder: string;
  /** How many chunks are worked on at once. */
  atOnce: number;
  onFrames: (done: number) => void;
  signal: AbortSignal | undefined;
}): Promise<CoveredChunk[]> {
  const { footage, analysis, chunks, tilesAt, settings, tools, store, onFrames } = options;
  const framesPerSecond = Math.max(1, Math.min(60, Math.round(meanRate(analysis.index))));
  const whole = analysisDigest(analysis);
  const failed = new AbortController();
  const signal = AbortSignal.any([failed.signal, ...(options.signal ? [options.signal] : [])]);
  let done = 0;

  const covered: CoveredChunk[] = [];
  const waiting = chunks.entries();
  const work = async () => {
    try {
      for (const [at, chunk] of waiting) {
        signal.throwIfAborted();
        covered[at] = await coverChunk(chunk);
      }
    } catch (error) {
      failed.abort(error);
      throw error;
    }
  };
  const workers = Array.from({ length: Math.min(options.atOnce, chunks.length) }, work);
  // All of them end before this does: nothing may still write into a folder that is being wiped.
  const failure = (await Promise.allSettled(workers)).find((end) => end.status === 'rejected');
  if (failure !== undefined) throw failed.signal.reason ?? failure.reason;
  return covered;

  async function coverChunk(chunk: ChunkSpan): Promise<CoveredChunk> {
    const frames = chunk.span[1] - chunk.span[0];
    const name = nameOf(chunk);
    const kept = await store.find(name);
    if (kept !== null) {
      done += frames;
      onFrames(done);
      return chunkOf(kept, name);
    }
    const made = (await renderFromEntry(chunk)) ?? (await render({ ...chunk, entry: null }));
    if (!areProved(made.findings, frames)) return { ...made, name };
    const facts = { coded: encodeCodedFacts(made.coded), findings: made.findings };
    const now = chunkOf(await store.keep(name, facts, made.coded.read()), name);
    await made.coded.discard();
    return now;
  }

  /**
   * Begins in the middle of the recording. Null when that did not give the frames wanted: containers
   * lie about their times, and only from the start there is no doubt which frame is which.
   */
  async function renderFromEntry(chunk: ChunkSpan) {
    if (chunk.entry === null) return null;
    const tally = { frames: 0 };
    const made = await render(chunk, tally).catch((error: unknown) => {
      if (error instanceof FootageError && !signal.aborted) return null;
      throw error;
    });
    if (made !== null && areProved(made.findings, chunk.span[1] - chunk.span[0])) return made;
    await made?.coded.discard();
    done -= tally.frames;
    return null;
  }

  async function render({ span, entry }: ChunkSpan, tally = { frames: 0 }) {
    const map = emptyTileMap(footage.grid);
    const judge = createFrameJudge(footage.grid, analysis.frameChecks.subarray(...span));
    const coded = await footage.coverSpan({
      span,
      entry,
      framesPerSecond,
      masks: masksOf(span),
      settings,
      workFolder: options.workFolder,
      signal,
      onFrame(copy, original, at) {
        judge.frame(copy, original, tilesAt(span[0] + at, map), at);
        tally.frames++;
        onFrames(++done);
      },
    });
    return { coded, findings: judge.findings() };
  }

  function* masksOf([from, to]: ChunkSpan['span']): Iterable<TileMap> {
    for (let frame = from; frame < to; frame++) yield tilesAt(frame);
  }

  /** Everything on which the bytes of a chunk depend. */
  function nameOf({ span }: ChunkSpan): Sha256 {
    const masks = startSha256();
    const map = emptyTileMap(footage.grid);
    for (let frame = span[0]; frame < span[1]; frame++) masks.update(tilesAt(frame, map));
    return sha256(
      canonicalJson({
        kind: 'dalil-covered-chunk/1',
        analysis: whole,
        span: [...span],
        masks: masks.digest(),
        framesPerSecond,
        settings: { ...settings },
        tools: { ...tools },
      }),
    );
  }
}

function chunkOf(kept: KeptWork, name: Sha256): CoveredChunk {
  const { coded, findings } = kept.facts as { coded: JsonValue; findings: JsonValue };
  return {
    coded: { ...decodeCodedFacts(coded), read: kept.read },
    findings: frameFindingsSchema.parse(findings),
    name,
  };
}
