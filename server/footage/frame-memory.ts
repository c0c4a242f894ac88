import type { FootageAnalysis } from './analysis.ts';
import type { FrameSpan } from './frame-span.ts';
import type { OpenFootage } from './ports.ts';

/** Reads the frames of a span as cells, from wherever they are. */
export type CellReader = Pick<OpenFootage, 'readSpan'>;

/**
 * Keeps the analysed cells of short clips in memory for as long as their analysis is in use, so
 * that a clip is decoded once for analysis and not again for what follows. Longer clips are simply
 * decoded again.
 */
export interface FrameMemory {
  /** Most bytes that one clip may take. */
  readonly budgetBytes: number;
  remember(analysis: FootageAnalysis, frames: readonly Uint8Array[]): void;
  /** A reader of the remembered frames; null when there are none. */
  recall(analysis: FootageAnalysis): CellReader | null;
}

/** A minute and a half at 1280 × 720 and 25 frames a second. */
const DEFAULT_BUDGET_BYTES = 200_000_000;

/** Makes a memory; its clips vanish with their analyses. */
export function createFrameMemory(budgetBytes = DEFAULT_BUDGET_BYTES): FrameMemory {
  const clips = new WeakMap<FootageAnalysis, readonly Uint8Array[]>();
  return {
    budgetBytes,
    remember: (analysis, frames) => {
      clips.set(analysis, frames);
    },
    recall: (analysis) => {
      const frames = clips.get(analysis);
      return frames === undefined ? null : readerOf(frames);
    },
  };
}

/** A reader of frames that are at hand. */
export function readerOf(frames: readonly Uint8Array[]): CellReader {
  return {
    async readSpan([from, to]: FrameSpan, onFrame) {
      const end = Math.min(to, frames.length);
      for (let frame = from; frame < end; frame++) await onFrame(frames[frame]!, frame);
      return Math.max(0, end - from);
    },
  };
}
