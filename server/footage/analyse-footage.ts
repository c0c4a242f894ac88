import { ANALYSIS_VERSION, type FootageAnalysis } from './analysis.ts';
import { FootageError } from './errors.ts';
import { DEFAULT_THRESHOLD } from './foreground.ts';
import { type FrameIndex, frameIndex, meanRate } from './frame-index.ts';
import type { FootageMedia, MediaSource, OpenFootage, Packets, SourceFacts } from './ports.ts';
import type { OnProgress } from './progress.ts';
import {
  type ReadFrames,
  type SampledScene,
  sampleEverywhere,
  sampleKeyFrames,
} from './sample-scene.ts';
import { createForegroundWatch } from './watch-foreground.ts';

/** Twelve hours, at sixty a second: what a recording says of its own length may be wrong. */
const MOST_FRAMES = 12 * 3600 * 60;

/** Makes the use case. */
export function createAnalyseFootage(deps: { media: FootageMedia }) {
  /**
   * Looks through a recording: at some frames for its empty scene, then at all for what is not in that
   * scene, and for when each frame is.
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
    return await deps.media.withFootage(source, signal, async (footage) => {
      const packets = await footage.listPackets();
      if (packets.shown > MOST_FRAMES) {
        throw new FootageError(
          'CLIP_TOO_LONG',
          'The recording is longer than 12 hours. Cut it at the recorder into shorter ones.',
        );
      }
      const looking = { footage, packets, threshold, onProgress, signal };
      const quick = await sampleKeyFrames(looking);
      const read: ReadFrames = (onFrame) => footage.readCells({ onFrame });
      const found = quick && (await watch({ ...looking, scene: quick, read }));
      // Containers may lie about their times; where every frame is decoded there is no doubt.
      if (found !== null) return found;
      const sure = await watch({ ...looking, ...(await sampleEverywhere(looking)) });
      if (sure !== null) return sure;
      throw new FootageError(
        'DECODE_FAILED',
        'The recording decodes differently each time: it is damaged. Copy it from the recorder again.',
      );
    });
  };
}

/** What {@link createAnalyseFootage} makes. */
export type AnalyseFootage = ReturnType<typeof createAnalyseFootage>;

/**
 * Watches the whole clip.
 *
 * @returns null when the sampled frames are none of its own, or its pace is another.
 */
async function watch(options: {
  footage: OpenFootage;
  packets: Packets;
  scene: SampledScene;
  read: ReadFrames;
  threshold: number;
  onProgress: OnProgress | undefined;
}): Promise<FootageAnalysis | null> {
  const { footage, packets, scene, read, threshold, onProgress } = options;
  const { facts, grid } = footage;
  const { emptyScene, framesPerSecond } = scene;
  const watching = createForegroundWatch({ grid, emptyScene, threshold, framesPerSecond });
  const bestEffort = await read((frame, frameNumber) => {
    watching.observe(frame, frameNumber);
    const total = Math.max(packets.shown, frameNumber + 1);
    onProgress?.({ step: 'foreground', done: frameNumber + 1, total, unit: 'frames' });
  });
  refuseEarlyEnd(bestEffort.length, packets, promisedFrames(facts, packets));
  const index = frameIndex(facts.timeBase, bestEffort, facts.times);
  const watched = watching.end();
  const sampledFrames = framesOf(scene, index, watched.frameChecks);
  if (sampledFrames === null || isAnotherPace(framesPerSecond, meanRate(index))) return null;
  return {
    version: ANALYSIS_VERSION,
    widthPx: grid.widthPx,
    heightPx: grid.heightPx,
    index,
    sampledFrames,
    emptyScene,
    threshold,
    ...watched,
  };
}

/** The numbers of the sampled frames; null unless each is, to the cell, a frame of the clip. */
function framesOf(
  { samples }: SampledScene,
  index: FrameIndex,
  frameChecks: Uint32Array,
): number[] | null {
  const frameAt = new Map<number, number>();
  for (const [frame, tick] of index.ticks.entries()) frameAt.set(tick, frame);
  const frames = samples.map((sample) => {
    const frame = 'frame' in sample ? sample.frame : frameAt.get(sample.tick);
    return frame !== undefined && frameChecks[frame] === sample.check ? frame : null;
  });
  return frames.some((frame) => frame === null) ? null : (frames as number[]);
}

function isAnotherPace(expected: number, found: number): boolean {
  return Math.abs(expected / found - 1) > 0.01;
}

function refuseEarlyEnd(decoded: number, packets: Packets, promised: number): void {
  if (decoded > 0 && !endedEarly(decoded, packets.shown) && !endedEarly(packets.all, promised)) {
    return;
  }
  throw new FootageError(
    'DECODE_ENDED_EARLY',
    `Only ${decoded} of ${Math.max(packets.shown, promised)} frames can be decoded: the recording is cut off or damaged. Copy it from the recorder again.`,
  );
}

/** How many frames the recording's head promises; of a mere length, as many as its packets are apart. */
function promisedFrames(
  { promisedFrames, promisedSeconds, timeBase }: SourceFacts,
  packets: Packets,
) {
  if (promisedFrames !== null) return promisedFrames;
  const { ends, all } = packets;
  if (promisedSeconds === null || ends === null || all < 2 || ends[1] <= ends[0]) return 0;
  const apart = ((ends[1] - ends[0]) * timeBase[0]) / timeBase[1] / (all - 1);
  const end = (ends[1] * timeBase[0]) / timeBase[1] + apart;
  return all + Math.max(0, Math.floor((promisedSeconds - end) / apart));
}

/**
 * A stream that begins between two key frames loses some frames, an interlaced one may have two
 * packets a frame at its seams; what is cut off loses more.
 */
function endedEarly(decoded: number, promised: number): boolean {
  return decoded < promised - Math.max(8, 0.02 * promised);
}
