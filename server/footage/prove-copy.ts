import type { FootageAnalysis } from './analysis.ts';
import type { FrameGrid } from './frame-grid.ts';
import type { CellReader } from './frame-memory.ts';
import type { FrameSpan } from './frame-span.ts';
import { createCopyJudge } from './judge-copy.ts';
import { createPairedFrames } from './paired-frames.ts';
import type { PendingCopy } from './ports.ts';
import type { OnProgress } from './progress.ts';
import type { ProofRecord } from './proof-record.ts';
import type { TileMap } from './tile-map.ts';

/**
 * Reads the copy again beside the original, and judges the copy.
 *
 * @returns the checks and the coverage figures of the proof record.
 */
export async function proveCopy(options: {
  grid: FrameGrid;
  /** The original's frames: as analysed, or decoded again. */
  cells: CellReader;
  copy: Pick<PendingCopy, 'inspect'>;
  analysis: FootageAnalysis;
  range: FrameSpan;
  durations: readonly number[];
  tilesAt: (frame: number) => TileMap;
  onProgress: OnProgress | undefined;
}): Promise<Pick<ProofRecord, 'checks' | 'coverage'>> {
  const { grid, cells, copy, analysis, range, durations, tilesAt, onProgress } = options;
  const judge = createCopyJudge({
    grid,
    frameChecks: analysis.frameChecks.subarray(range[0], range[1]),
    durations,
    timeBase: analysis.index.timeBase,
  });
  const originals = createPairedFrames();
  const [originalFrames, facts] = await Promise.all([
    cells.readSpan(range, (frame) => originals.put(frame)).finally(originals.endPutting),
    copy
      .inspect(async (frame, at) => {
        judge.frame(frame, await originals.take(), tilesAt(range[0] + at), at);
        onProgress?.({ step: 'proof', done: at + 1, total: durations.length, unit: 'frames' });
      })
      .finally(originals.endTaking),
  ]);
  return { checks: judge.verdict(facts, originalFrames), coverage: judge.coverage() };
}
