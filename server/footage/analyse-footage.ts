import { ANALYSIS_VERSION, type FootageAnalysis } from './analysis.ts';
import { cellFrameBytes, spreadChroma } from './cell-planes.ts';
import { medianOf, sampleStride } from './empty-scene.ts';
import { FootageError } from './errors.ts';
import { DEFAULT_THRESHOLD } from './foreground.ts';
import { cellCount } from './frame-grid.ts';
import { frameIndex, meanRate } from './frame-index.ts';
import { type FrameMemory, readerOf } from './frame-memory.ts';
import type { FootageMedia, MediaSource, OpenFootage } from './ports.ts';
import type { OnProgress } from './progress.ts';
import { createForegroundWatch } from './watch-foreground.ts';

/** Makes the use case. */
export function createAnalyseFootage(deps: { media: FootageMedia; memory: FrameMemory }) {
  /**
   * Looks through a recording twice: once for its frame index and its empty scene, once for what
   * is not in that scene. A short one is decoded once and remembered.
   *
   * @throws {FootageError} when the recording cannot be read, or its decode ended early
   *   (`DECODE_ENDED_EARLY`); the signal's reason when it was aborted.
   */
  return async function analyseFootage(job: {
    source: MediaSource;
    threshold?: number;
    onProgress?: OnProgress;
    signal?: AbortSignal;
  }): Promise<FootageAnalysis> {
    const { source, threshold = DEFAULT_THRESHOLD, onProgress, signal } = job;
    return await deps.media.withFootage(source, signal, (footage) =>
      analyse(footage, deps.memory, threshold, onProgress),
    );
  };
}

/** What {@link createAnalyseFootage} makes. */
export type AnalyseFootage = ReturnType<typeof createAnalyseFootage>;

async function analyse(
  footage: OpenFootage,
  memory: FrameMemory,
  threshold: number,
  onProgress: OnProgress | undefined,
): Promise<FootageAnalysis> {
  const { facts, grid } = footage;
  const { all, shown: packets } = await footage.listPackets();
  const short = packets * cellFrameBytes(grid) <= memory.budgetBytes;
  const stride = sampleStride(packets);
  const remembered: Uint8Array[] = [];
  const samples: Uint8Array[] = [];
  const sampledFrames: number[] = [];
  const bestEffort = await footage.readCells({
    stride: short ? 1 : stride,
    onFrame(frame, frameNumber) {
      if (short) remembered.push(frame.slice());
      onProgress?.({ step: 'scene', done: frameNumber + 1, total: packets, unit: 'frames' });
      if (frameNumber % stride !== 0) return;
      const planes = new Uint8Array(3 * cellCount(grid));
      spreadChroma(frame, grid, planes);
      samples.push(planes);
      sampledFrames.push(frameNumber);
    },
  });
  const promised = facts.promisedFrames ?? 0;
  const decoded = bestEffort.length;
  if (samples.length === 0 || endedEarly(decoded, packets) || endedEarly(all, promised)) {
    throw new FootageError(
      'DECODE_ENDED_EARLY',
      `Only ${decoded} of ${Math.max(packets, promised)} frames can be decoded: the recording is cut off or damaged. Copy it from the recorder again.`,
    );
  }
  const index = frameIndex(facts.timeBase, bestEffort, facts.times);
  const emptyScene = medianOf(samples);
  samples.length = 0;
  const watch = createForegroundWatch({
    grid,
    emptyScene,
    threshold,
    framesPerSecond: meanRate(index),
  });
  const frames = index.ticks.length;
  const reader = short ? readerOf(remembered) : footage;
  const seen = await reader.readSpan([0, frames], (frame, frameNumber) => {
    watch.observe(frame, frameNumber);
    onProgress?.({ step: 'foreground', done: frameNumber + 1, total: frames, unit: 'frames' });
  });
  if (seen !== frames) {
    throw new FootageError(
      'DECODE_FAILED',
      'The recording decodes differently each time: it is damaged. Copy it from the recorder again.',
    );
  }
  const analysis: FootageAnalysis = {
    version: ANALYSIS_VERSION,
    widthPx: grid.widthPx,
    heightPx: grid.heightPx,
    index,
    sampledFrames,
    emptyScene,
    threshold,
    ...watch.end(),
  };
  if (short) memory.remember(analysis, remembered);
  return analysis;
}

/**
 * A stream that begins between two key frames loses some frames, an interlaced one may have two
 * packets a frame at its seams; what is cut off loses more.
 */
function endedEarly(decoded: number, promised: number): boolean {
  return decoded < promised - Math.max(8, 0.02 * promised);
}
