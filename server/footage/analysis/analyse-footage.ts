import type { JsonValue } from '../../kernel/canonical-json.ts';
import { FootageError } from '../errors.ts';
import { type FrameIndex, frameIndex, meanRate } from '../frame-index.ts';
import type { FootageMedia, MediaSource, OpenFootage, Packets, WorkStore } from '../ports.ts';
import type { OnProgress } from '../progress.ts';
import { ANALYSIS_VERSION, type FootageAnalysis, type SampledElsewhere } from './analysis.ts';
import { createProgressKeeper, type ProgressKeeper } from './analysis-progress.ts';
import { promisedFrames, refuseEarlyEnd, refuseTooLong } from './early-end.ts';
import { DEFAULT_THRESHOLD } from './foreground.ts';
import { createSampleKeeper } from './kept-samples.ts';
import { resumptions } from './resume-analysis.ts';
import { type OtherRecording, sampleElsewhere } from './sample-elsewhere.ts';
import {
  type ReadFrames,
  type SampledCells,
  type SampledLight,
  type SampledScene,
  sampleEverywhere,
  sampleKeyFrames,
} from './sample-scene.ts';
import { createForegroundWatch, newWatchState, type WatchState } from './watch-foreground.ts';

/** Of how much footage the work is lost when it is broken off, in seconds … */
const KEPT_EVERY_SECONDS = 30;
/** … or in parts of what was done: it is kept as a whole, and a night of it would be written all the time. */
const KEPT_EVERY_PART = 1 / 60;

/** Makes the use case. */
export function createAnalyseFootage(deps: { media: FootageMedia; keptEverySeconds?: number }) {
  const { media, keptEverySeconds = KEPT_EVERY_SECONDS } = deps;
  /**
   * Looks through a recording: at some frames for its empty scene, then at all for what is not in that
   * scene, and for when each frame is. An analysis that was broken off goes on from where it was.
   *
   * @param job.footage - the recording, where it is open already.
   * @param job.others - recordings of the same camera, unmoved, whose frames have a say in the scene.
   * @param job.store - where its progress is kept; what lies there must be encrypted, for it shows
   *   people. Without a store an analysis that is broken off begins again.
   * @param job.keep - makes the analysis durable; its progress is forgotten only then.
   *
   * @throws {FootageError} when the recording cannot be read, or its decode ended early
   *   (`DECODE_ENDED_EARLY`); the signal's reason when it was aborted.
   */
  return async function analyseFootage(job: {
    source: MediaSource;
    footage?: OpenFootage;
    others?: readonly OtherRecording[];
    threshold?: number;
    store?: WorkStore;
    keep?: (analysis: FootageAnalysis) => Promise<void>;
    onProgress?: OnProgress;
    signal?: AbortSignal;
  }): Promise<FootageAnalysis> {
    const { source, others = [], store, keep, onProgress, signal } = job;
    const { threshold = DEFAULT_THRESHOLD } = job;
    const analyse = async (footage: OpenFootage) => {
      const packets = await footage.listPackets();
      refuseTooLong(packets);
      const { grid, facts } = footage;
      const names = others.map(({ name }) => name);
      const about = { facts, packets, threshold } as unknown as JsonValue;
      const keeper = store && createProgressKeeper(store, about, names);
      const samples = store && createSampleKeeper(store, names, grid, await media.toolVersions());
      let sampled: Promise<SampledCells[]> | undefined;
      // Not before it is known that there is no progress to go on with.
      const sampleOthers = () => {
        sampled ??= sampleElsewhere({ media, others, grid, keeper: samples, onProgress, signal });
        return sampled;
      };
      const looking: Watching = {
        footage,
        packets,
        threshold,
        keeper,
        keptEverySeconds,
        sampleOthers,
        onProgress,
        signal,
      };
      const ways = [resume, watchByKeyFrames, watchEveryFrame];
      try {
        for (const way of ways) {
          const found = await way(looking);
          if (found !== null) await keep?.(found);
          // What failed must not be gone on with, and what is kept need not be.
          await keeper?.end();
          if (found === null) continue;
          await samples?.end();
          return found;
        }
        throw new FootageError(
          'DECODE_FAILED',
          'The recording decodes differently each time: it is damaged. Copy it from the recorder again.',
        );
      } catch (error) {
        // It would come to the same end again: there is nothing to go on with.
        if (error instanceof FootageError) await samples?.end();
        throw error;
      }
    };
    if (job.footage !== undefined) return await analyse(job.footage);
    return await media.withFootage(source, signal, analyse);
  };
}

/** What {@link createAnalyseFootage} makes. */
export type AnalyseFootage = ReturnType<typeof createAnalyseFootage>;

function beginWith(scene: SampledScene, footage: OpenFootage) {
  return { scene, ticks: [], watch: newWatchState(footage.grid, scene.lights.length) };
}

/** What every way of watching a clip needs. */
interface Watching {
  footage: OpenFootage;
  packets: Packets;
  threshold: number;
  keeper: ProgressKeeper | undefined;
  keptEverySeconds: number;
  sampleOthers: () => Promise<readonly SampledCells[]>;
  onProgress: OnProgress | undefined;
  signal: AbortSignal | undefined;
}

/** By the scene of key frames, which is soon found; null where that cannot be trusted. */
async function watchByKeyFrames(looking: Watching): Promise<FootageAnalysis | null> {
  const { footage } = looking;
  const elsewhere = await looking.sampleOthers();
  const scene = await sampleKeyFrames({ ...looking, elsewhere });
  if (scene === null) return null;
  const read: ReadFrames = (take) => footage.readCells(take);
  return await watch({ ...looking, ...beginWith(scene, footage), read });
}

/** Containers may lie about their times; where every frame is decoded there is no doubt. */
async function watchEveryFrame(looking: Watching): Promise<FootageAnalysis | null> {
  const elsewhere = await looking.sampleOthers();
  const { scene, read } = await sampleEverywhere({ ...looking, elsewhere });
  return await watch({ ...looking, ...beginWith(scene, looking.footage), read });
}

/** Goes on with an analysis that was broken off; null when there is none that fits the recording. */
async function resume(looking: Watching): Promise<FootageAnalysis | null> {
  const progress = (await looking.keeper?.find()) ?? null;
  if (progress === null) return null;
  for (const { read, proved } of resumptions({ ...looking, progress })) {
    try {
      return await watch({ ...looking, ...progress, ticks: [], read });
    } catch (error) {
      if (!(error instanceof FootageError)) throw error;
      // As long as only frames were looked at that had been seen before, nothing was changed.
      if (!proved()) continue;
      // It would go on to the same end every time; whoever asks again is to have it looked at anew.
      await looking.keeper?.end();
      throw error;
    }
  }
  return null;
}

/**
 * Watches the whole clip, or what is left of it.
 *
 * @param options.ticks - of frames that were decoded before; those of the others are added.
 * @param options.watch - what was seen until now.
 * @returns null when the sampled frames are none of its own, its pace is another, or not every frame
 *   has its time.
 */
async function watch(
  options: Watching & {
    scene: SampledScene;
    ticks: number[];
    watch: WatchState;
    read: ReadFrames;
  },
): Promise<FootageAnalysis | null> {
  const { footage, packets, scene, threshold, ticks, watch: state, read, onProgress } = options;
  const { keeper, keptEverySeconds } = options;
  const { facts, grid } = footage;
  const { lights, framesPerSecond } = scene;
  const scenes = lights.map(({ emptyScene }) => emptyScene);
  const watching = createForegroundWatch({ grid, scenes, threshold, framesPerSecond, state });
  const keptEvery = Math.max(1, Math.round(keptEverySeconds * framesPerSecond));
  let lastKept = state.checks.length;
  await read({
    onTick: (tick) => ticks.push(tick),
    onFrame(frame, frameNumber) {
      watching.observe(frame, frameNumber);
      const done = frameNumber + 1;
      onProgress?.({
        step: 'foreground',
        done,
        total: Math.max(packets.shown, done),
        unit: 'frames',
      });
      if (done - lastKept < Math.max(keptEvery, KEPT_EVERY_PART * done)) return undefined;
      lastKept = done;
      return keeper?.keep({ scene, ticks, watch: state });
    },
  });
  refuseEarlyEnd(ticks.length, packets, promisedFrames(facts, packets));
  const index = frameIndex(facts.timeBase, ticks, facts.times);
  const { spans, ...watched } = watching.end();
  // A copy has as many frames as there are times: what is looked at beyond them would be missing there.
  if (ticks.length !== watched.frameChecks.length) return null;
  const sampled = lights.map((light) => framesOf(light, index, watched.frameChecks));
  if (sampled.includes(null) || isAnotherPace(framesPerSecond, meanRate(index))) return null;
  const [first, ...otherLights] = lights.map(({ emptyScene }, light) => ({
    sampledFrames: sampled[light]!,
    sampledElsewhere: elsewhereOf(lights[light]!),
    emptyScene,
    spans: spans[light]!,
  }));
  return {
    version: ANALYSIS_VERSION,
    widthPx: grid.widthPx,
    heightPx: grid.heightPx,
    index,
    undecodedFrames: Math.max(0, packets.shown - ticks.length),
    sampledFrames: first!.sampledFrames,
    sampledElsewhere: first!.sampledElsewhere,
    emptyScene: first!.emptyScene,
    otherLights,
    unstable: lights.flatMap(({ unstable }, light) =>
      unstable.map((place) => ({ light, ...place })),
    ),
    threshold,
    ...watched,
  };
}

/** The numbers of the sampled frames; null unless each is, to the cell, a frame of the clip. */
function framesOf(
  { samples }: SampledLight,
  index: FrameIndex,
  frameChecks: Uint32Array,
): number[] | null {
  const frameAt = new Map<number, number>();
  for (const [frame, tick] of index.ticks.entries()) frameAt.set(tick, frame);
  const own = samples.filter(({ clip }) => clip === null);
  const frames = own.map((sample) => {
    const frame = 'frame' in sample ? sample.frame : frameAt.get(sample.tick);
    return frame !== undefined && frameChecks[frame] === sample.check ? frame : null;
  });
  return frames.some((frame) => frame === null) ? null : (frames as number[]);
}

/** The sampled frames of other recordings, whose numbers need no looking up. */
function elsewhereOf({ samples }: SampledLight): SampledElsewhere[] {
  const frames = new Map<string, number[]>();
  for (const sample of samples) {
    if (sample.clip === null || !('frame' in sample)) continue;
    frames.set(sample.clip, [...(frames.get(sample.clip) ?? []), sample.frame]);
  }
  return [...frames].map(([clip, numbers]) => ({ clip, frames: numbers }));
}

function isAnotherPace(expected: number, found: number): boolean {
  return Math.abs(expected / found - 1) > 0.01;
}
