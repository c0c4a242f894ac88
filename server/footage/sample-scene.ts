import { crc32 } from 'node:zlib';
import { spreadChroma } from './cell-planes.ts';
import { medianOf, sampleStride, spreadSamples } from './empty-scene.ts';
import { FootageError } from './errors.ts';
import { cellCount, type FrameGrid } from './frame-grid.ts';
import { frameIndex, meanRate } from './frame-index.ts';
import type { OpenFootage, Packets } from './ports.ts';
import type { OnProgress } from './progress.ts';

/** The empty scene of a clip, and of which frames it is the median. */
export interface SampledScene {
  readonly emptyScene: Uint8Array;
  /** By time or by number; `check` is the CRC-32 of the frame's cells. */
  readonly samples: readonly (
    | { readonly tick: number; readonly check: number }
    | { readonly frame: number; readonly check: number }
  )[];
  readonly framesPerSecond: number;
}

interface Sampling {
  footage: OpenFootage;
  packets: Packets;
  onProgress: OnProgress | undefined;
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
  const planes: Uint8Array[] = [];
  const checks: number[] = [];
  const ticks = await footage.readCells({
    keyFramesOnly: true,
    onFrame(frame, at) {
      onProgress?.({ step: 'scene', done: at + 1, total: keyTicks.length, unit: 'frames' });
      if (!wanted.has(at)) return;
      planes.push(planesOf(frame, grid));
      checks.push(crc32(frame));
    },
  });
  if (planes.length < places.length || places.some((at) => ticks[at] !== keyTicks[at])) return null;
  const seconds = ((ends[1] - ends[0]) * facts.timeBase[0]) / facts.timeBase[1];
  return {
    emptyScene: medianOf(planes),
    samples: places.map((at, sample) => ({ tick: keyTicks[at]!, check: checks[sample]! })),
    framesPerSecond: (packets.shown - 1) / seconds,
  };
}

/**
 * Takes the scene from frames at even distances; for that every frame is decoded.
 *
 * @throws {FootageError} `DECODE_ENDED_EARLY` when there is no frame at all.
 */
export async function sampleEverywhere(sampling: Sampling): Promise<SampledScene> {
  const { footage, packets, onProgress } = sampling;
  const { facts, grid } = footage;
  const stride = sampleStride(packets.shown);
  const planes: Uint8Array[] = [];
  const samples: { frame: number; check: number }[] = [];
  const ticks = await footage.readCells({
    stride,
    onFrame(cells, frame) {
      onProgress?.({ step: 'scene', done: frame + 1, total: packets.shown, unit: 'frames' });
      planes.push(planesOf(cells, grid));
      samples.push({ frame, check: crc32(cells) });
    },
  });
  if (planes.length === 0) {
    throw new FootageError(
      'DECODE_ENDED_EARLY',
      `Only 0 of ${packets.shown} frames can be decoded: the recording is cut off or damaged. Copy it from the recorder again.`,
    );
  }
  return {
    emptyScene: medianOf(planes),
    samples,
    framesPerSecond: meanRate(frameIndex(facts.timeBase, ticks, facts.times)),
  };
}

function planesOf(frame: Uint8Array, grid: FrameGrid): Uint8Array {
  const planes = new Uint8Array(3 * cellCount(grid));
  spreadChroma(frame, grid, planes);
  return planes;
}
