import { setImmediate } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { FootageError } from '../errors.ts';
import { cellCount, type FrameGrid } from '../frame-grid.ts';
import { type FrameIndex, frameIndex, meanRate } from '../frame-index.ts';
import type { OpenFootage, Packets } from '../ports.ts';
import type { OnProgress } from '../progress.ts';
import { cellFrameBytes, spreadChroma } from './cell-planes.ts';
import { medianOf, SCENE_SAMPLES, sampleStride, spreadSamples } from './empty-scene.ts';
import { createHeldFrames, type HeldFrames } from './held-frames.ts';
import { type Half, readByHalves } from './read-by-halves.ts';
import { isSamePlace, refuseOtherPlace } from './same-place.ts';
import { type LitSample, secondsOf, separateLights } from './separate-lights.ts';
import { type UnstablePlace, unstablePlaces } from './unstable-places.ts';

/** Room that the frames of a clip may take while they wait for its scene: some minutes of most cameras. */
const MOST_HELD_BYTES = 64_000_000;

/** A sample of six at least stays of a recording that has more of them than another; see {@link evened}. */
const MOST_THINNED = 6;
const LEAST_EVENED = 32;
/** Where times tell nothing. */
const FALLBACK_SECONDS = 1 / 25;

/** The empty scene in one light, and of which frames it is the median. Plain data. */
export interface SampledLight {
  readonly emptyScene: Uint8Array;
  readonly samples: readonly Sample[];
  /** Where the samples disagree with it. */
  readonly unstable: readonly UnstablePlace[];
}

/** A frame by its time or its number; `check` is the CRC-32 of its cells. */
export type Sample = {
  readonly check: number;
  /** The name of another recording of the same camera that it is of; null for the clip's own. */
  readonly clip: string | null;
} & ({ readonly tick: number } | { readonly frame: number });

/** A sample with its cells. */
export interface SampledCells extends LitSample {
  readonly sample: Sample;
}

/** The empty scene of a clip in every light that it shows for long, the longest first. Plain data. */
export interface SampledScene {
  readonly lights: readonly SampledLight[];
  readonly framesPerSecond: number;
}

/** How many frames are handed over before other work of this process has its turn. */
const FRAMES_A_TURN = 16;

/** Hands over the cells of every frame of a clip, and their times: `readCells` or its like. */
export type ReadFrames = (
  take: Pick<Parameters<OpenFootage['readCells']>[0], 'onFrame' | 'onTick'>,
) => Promise<void>;

interface Sampling {
  footage: OpenFootage;
  packets: Packets;
  /** Of other recordings of the same camera. */
  elsewhere: readonly SampledCells[];
  onProgress: OnProgress | undefined;
  signal: AbortSignal | undefined;
}

/**
 * Takes the scene from key frames alone: of a long clip a small part need then be decoded.
 *
 * @returns null where times cannot be trusted, or key frames are too few or too unevenly set.
 */
export async function sampleKeyFrames(sampling: Sampling): Promise<SampledScene | null> {
  const { footage, packets, onProgress } = sampling;
  const { facts, grid } = footage;
  const { ends } = packets;
  if (facts.times !== 'container' || ends === null || ends[1] <= ends[0]) return null;
  const keyTicks = [...new Set(packets.keyTicks)].sort((a, b) => a - b);
  const places = spreadSamples(keyTicks, ends);
  if (places === null) return null;
  const wanted = new Set(places);
  const cells: Uint8Array[] = [];
  const checks: number[] = [];
  const ticks: number[] = [];
  await footage.readCells({
    keyFramesOnly: true,
    onTick: (tick) => ticks.push(tick),
    onFrame(frame, at) {
      onProgress?.({ step: 'scene', done: at + 1, total: keyTicks.length, unit: 'frames' });
      if (!wanted.has(at)) return;
      cells.push(frame.slice());
      checks.push(crc32(frame));
    },
  });
  if (cells.length < places.length || places.some((at) => ticks[at] !== keyTicks[at])) return null;
  const seconds = ((ends[1] - ends[0]) * facts.timeBase[0]) / facts.timeBase[1];
  const own = places.map((at, place) => ({
    cells: cells[place]!,
    seconds: seconds / places.length,
    sample: { tick: keyTicks[at]!, check: checks[place]!, clip: null },
  }));
  const lights = lightsOf(own, sampling.elsewhere, grid);
  return { lights, framesPerSecond: (packets.shown - 1) / seconds };
}

/**
 * Takes the scene from frames at even distances; for that every frame is decoded. They are held as
 * long as there is room for them, so that a short clip need not be decoded again to be watched.
 *
 * @returns the scene, and the way to read the frames once more.
 * @throws {FootageError} `DECODE_ENDED_EARLY` when there is no frame at all.
 */
export async function sampleEverywhere(
  sampling: Sampling,
): Promise<{ scene: SampledScene; read: ReadFrames }> {
  const { footage, elsewhere, signal } = sampling;
  const { grid } = footage;
  let held: readonly [HeldFrames, HeldFrames];
  const { samples, ticks, framesPerSecond } = await sampleEvenly(
    sampling,
    null,
    SCENE_SAMPLES,
    () => {
      // One room for both halves: which of them takes more is not known before.
      const room = { leftBytes: MOST_HELD_BYTES };
      const half = () => createHeldFrames(cellFrameBytes(grid), room);
      const own = [half(), half()] as const;
      held = own;
      return (frame, half) => own[half].hold(frame);
    },
  );
  const scene = { lights: lightsOf(samples, elsewhere, grid), framesPerSecond };
  const halves = held!.map((half) => half.take());
  const read: ReadFrames = async (take) => {
    if (halves.includes(null)) return await footage.readCells(take);
    for (const tick of ticks) take.onTick(tick);
    let frameNumber = 0;
    for (const frames of halves) {
      for (const frame of frames!) {
        await take.onFrame(frame, frameNumber++);
        if (frameNumber % FRAMES_A_TURN === 0) await setImmediate();
        signal?.throwIfAborted();
      }
    }
  };
  return { scene, read };
}

/**
 * Decodes a whole clip and keeps samples of it; from both ends of it at once, where that can be done.
 *
 * @param clip - the name that the samples bear; null for the clip that is analysed.
 * @param wanted - how many samples at least, where there are as many frames.
 * @param holding - called when the clip is read, and once more should it be read anew; gives what is
 *   told of every frame.
 * @throws {FootageError} `DECODE_ENDED_EARLY` when there is no frame at all.
 */
export async function sampleEvenly(
  sampling: Pick<Sampling, 'footage' | 'packets' | 'onProgress'>,
  clip: string | null,
  wanted: number,
  holding: () => (frame: Uint8Array, half: Half) => void = () => () => undefined,
): Promise<{ samples: SampledCells[]; ticks: number[]; framesPerSecond: number }> {
  const { footage, packets, onProgress } = sampling;
  const { facts } = footage;
  const stride = sampleStride(packets.shown, wanted);
  const begin = () => {
    const kept: { cells: Uint8Array; sample: Sample & { readonly frame: number } }[] = [];
    const hold = holding();
    let done = 0;
    const onFrame = (frame: Uint8Array, frameNumber: number, half: Half) => {
      const total = Math.max(packets.shown, ++done);
      onProgress?.({ step: 'scene', done, total, unit: 'frames' });
      hold(frame, half);
      if (frameNumber % stride !== 0) return;
      const sample = { frame: frameNumber, check: crc32(frame), clip };
      kept.push({ cells: frame.slice(), sample });
    };
    return { kept, onFrame };
  };
  let taking = begin();
  let ticks = await readByHalves({ footage, packets, onFrame: taking.onFrame });
  if (ticks === null) {
    const all: number[] = [];
    const { kept, onFrame } = begin();
    await footage.readCells({
      onTick: (tick) => all.push(tick),
      onFrame: (frame, frameNumber) => onFrame(frame, frameNumber, 0),
    });
    taking = { kept, onFrame };
    ticks = all;
  }
  const kept = taking.kept.sort((a, b) => a.sample.frame - b.sample.frame);
  if (kept.length === 0) {
    throw new FootageError(
      'DECODE_ENDED_EARLY',
      `Only 0 of ${packets.shown} frames can be decoded: the recording is cut off or damaged. Copy it from the recorder again.`,
    );
  }
  const framesPerSecond = meanRate(frameIndex(facts.timeBase, ticks, facts.times));
  const seconds = (ticks.length * usualSeconds(ticks, facts.timeBase)) / kept.length;
  return { samples: kept.map((sample) => ({ ...sample, seconds })), ticks, framesPerSecond };
}

/** The scene in each light of a clip and of other recordings of its camera: what most of the clip has first. */
function lightsOf(
  own: readonly SampledCells[],
  elsewhere: readonly SampledCells[],
  grid: FrameGrid,
): SampledLight[] {
  const byClip = Map.groupBy([...own, ...elsewhere], ({ sample }) => sample.clip);
  refuseOtherPlace(
    [...byClip.values()].map((samples) => samples.map(({ cells }) => cells)),
    grid,
  );
  const ownSeconds = (samples: readonly SampledCells[]) =>
    secondsOf(samples.filter(({ sample }) => sample.clip === null));
  const lights = separateLights([...own, ...elsewhere], grid)
    .sort((a, b) => ownSeconds(b) - ownSeconds(a))
    .map((lit) => {
      const samples = evened(lit);
      const cells = samples.map((sample) => sample.cells);
      const emptyScene = sceneOf(cells, grid);
      return {
        emptyScene,
        samples: samples.map(({ sample }) => sample),
        unstable: unstablePlaces(cells, emptyScene, grid),
      };
    });
  const [first] = lights;
  return lights.filter(
    (light) =>
      light === first ||
      // What the clip never shows explains nothing in it, and nobody should have to approve it.
      (light.samples.some(({ clip }) => clip === null) &&
        isSamePlace(light.emptyScene, first!.emptyScene, grid)),
  );
}

/**
 * Of recordings that were sampled more often than others, fewer samples, so that every minute has about
 * the same say. No recording loses more than five samples of six, and a scene is never made of few:
 * somebody could stand in all of them.
 */
function evened(samples: readonly SampledCells[]): readonly SampledCells[] {
  const widest = samples.reduce((most, { seconds }) => Math.max(most, seconds), 0);
  const seen = new Map<string | null, number>();
  const kept = samples.filter(({ seconds, sample }) => {
    const every = Math.min(MOST_THINNED, Math.max(1, Math.round(widest / seconds)));
    const place = seen.get(sample.clip) ?? 0;
    seen.set(sample.clip, place + 1);
    return place % every === 0;
  });
  return kept.length < LEAST_EVENED ? samples : kept;
}

/** For how long a frame is usually shown: clocks that are set anew, and pauses, are no footage. */
function usualSeconds(ticks: readonly number[], [numerator, denominator]: FrameIndex['timeBase']) {
  const steps = ticks.slice(1).map((tick, at) => tick - ticks[at]!);
  const usual = steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0;
  return usual > 0 ? (usual * numerator) / denominator : FALLBACK_SECONDS;
}

/** The median of frames as they are read, spread to planes of cells: smaller by half than the other way. */
function sceneOf(samples: readonly Uint8Array[], grid: FrameGrid): Uint8Array {
  const planes = new Uint8Array(3 * cellCount(grid));
  spreadChroma(medianOf(samples), grid, planes);
  return planes;
}
