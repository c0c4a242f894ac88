import { setImmediate } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { cellFrameBytes, spreadChroma } from './cell-planes.ts';
import { medianOf, sampleStride, spreadSamples } from './empty-scene.ts';
import { FootageError } from './errors.ts';
import { cellCount, type FrameGrid } from './frame-grid.ts';
import { frameIndex, meanRate } from './frame-index.ts';
import { createHeldFrames } from './held-frames.ts';
import type { OpenFootage, Packets } from './ports.ts';
import type { OnProgress } from './progress.ts';
import { isSamePlace } from './same-place.ts';
import { separateLights } from './separate-lights.ts';
import { type UnstablePlace, unstablePlaces } from './unstable-places.ts';

/** Room that the frames of a clip may take while they wait for its scene: some minutes of most cameras. */
const MOST_HELD_BYTES = 64_000_000;

/** The empty scene in one light, and of which frames it is the median. Plain data. */
export interface SampledLight {
  readonly emptyScene: Uint8Array;
  readonly samples: readonly Sample[];
  /** Where the samples disagree with it. */
  readonly unstable: readonly UnstablePlace[];
}

/** A frame by its time or its number; `check` is the CRC-32 of its cells. */
export type Sample = { readonly check: number } & (
  | { readonly tick: number }
  | { readonly frame: number }
);

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
  const samples = places.map((at, sample) => ({ tick: keyTicks[at]!, check: checks[sample]! }));
  const lights = lightsOf({ cells, samples, grid, seconds });
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
  const { footage, packets, onProgress, signal } = sampling;
  const { facts, grid } = footage;
  const stride = sampleStride(packets.shown);
  const held = createHeldFrames(cellFrameBytes(grid), MOST_HELD_BYTES);
  const cells: Uint8Array[] = [];
  const samples: { frame: number; check: number }[] = [];
  const ticks: number[] = [];
  await footage.readCells({
    onTick: (tick) => ticks.push(tick),
    onFrame(frame, frameNumber) {
      const total = Math.max(packets.shown, frameNumber + 1);
      onProgress?.({ step: 'scene', done: frameNumber + 1, total, unit: 'frames' });
      held.hold(frame);
      if (frameNumber % stride !== 0) return;
      cells.push(frame.slice());
      samples.push({ frame: frameNumber, check: crc32(frame) });
    },
  });
  if (cells.length === 0) {
    throw new FootageError(
      'DECODE_ENDED_EARLY',
      `Only 0 of ${packets.shown} frames can be decoded: the recording is cut off or damaged. Copy it from the recorder again.`,
    );
  }
  const framesPerSecond = meanRate(frameIndex(facts.timeBase, ticks, facts.times));
  const seconds = ticks.length / framesPerSecond;
  const scene = { lights: lightsOf({ cells, samples, grid, seconds }), framesPerSecond };
  const frames = held.take();
  const read: ReadFrames = async (take) => {
    if (frames === null) return await footage.readCells(take);
    for (const tick of ticks) take.onTick(tick);
    let frameNumber = 0;
    for (const frame of frames) {
      await take.onFrame(frame, frameNumber++);
      if (frameNumber % FRAMES_A_TURN === 0) await setImmediate();
      signal?.throwIfAborted();
    }
  };
  return { scene, read };
}

/** The scene in each light of a clip of so many seconds. */
function lightsOf(options: {
  cells: readonly Uint8Array[];
  samples: readonly Sample[];
  grid: FrameGrid;
  seconds: number;
}): SampledLight[] {
  const { cells, samples, grid, seconds } = options;
  const lights = separateLights(cells, grid, seconds / cells.length).map((places) => {
    const own = places.map((place) => cells[place]!);
    const emptyScene = sceneOf(own, grid);
    return {
      emptyScene,
      samples: places.map((place) => samples[place]!),
      unstable: unstablePlaces(own, emptyScene, grid),
    };
  });
  const [first] = lights;
  return lights.filter(
    (light) => light === first || isSamePlace(light.emptyScene, first!.emptyScene, grid),
  );
}

/** The median of frames as they are read, spread to planes of cells: smaller by half than the other way. */
function sceneOf(samples: readonly Uint8Array[], grid: FrameGrid): Uint8Array {
  const planes = new Uint8Array(3 * cellCount(grid));
  spreadChroma(medianOf(samples), grid, planes);
  return planes;
}
