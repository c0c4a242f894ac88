import type { Sha256 } from '../../kernel/digest.ts';
import type { FootageAnalysis } from '../analysis/analysis.ts';
import type { OpenFootage, WorkStore } from '../ports.ts';
import type { OnProgress } from '../progress.ts';
import { type CoverTiles, createTileCover } from './cover-tiles.ts';
import { keptForeground } from './kept-foreground.ts';
import { keptObject } from './kept-objects.ts';
import type { CheckedPlan } from './read-plan.ts';

/** The cover of every frame of a plan's range. */
export interface PlanCover {
  readonly tilesAt: CoverTiles;
  /** The name of what was kept on the way; null when nothing was. */
  readonly work: Sha256 | null;
}

/**
 * Works out which tiles a plan covers: what clips and the stills taken from them share.
 *
 * @param options.store - where what was looked for before is found; null when nothing is to be kept.
 * @throws {FootageError} `ANALYSIS_MISMATCH` when the recording is not the analysed one.
 */
export async function coverOf(options: {
  footage: OpenFootage;
  analysis: FootageAnalysis;
  checked: CheckedPlan;
  store: WorkStore | null;
  onProgress: OnProgress | undefined;
}): Promise<PlanCover> {
  const { footage, analysis, checked, store, onProgress } = options;
  const { grid } = footage;
  const kept = checked.plan.keep.map((rule) => keptObject(rule, analysis));
  const { foreground, name } = await keptForeground(store, {
    grid,
    cells: footage,
    analysis,
    checked,
    kept,
    onFrame: (done, total) => onProgress?.({ step: 'kept', done, total, unit: 'frames' }),
  });
  const tilesAt = createTileCover({ grid, checked, analysis, foreground, kept });
  return { tilesAt, work: name };
}
