import { emptySceneDigest, type FootageAnalysis } from '../analysis/analysis.ts';
import { analysisDigest } from '../analysis/analysis-bytes.ts';
import type { RedactionPlanInput } from './redaction-plan.ts';

/**
 * The plan to begin with: everything that moves is covered, nothing is kept, and the empty scene is
 * named but approved by nobody.
 */
export function proposePlan(
  analysis: FootageAnalysis,
  mode: RedactionPlanInput['mode'] = 'moving',
): RedactionPlanInput & { range: [number, number]; analysis: string } {
  return {
    version: 1,
    mode,
    range: [0, analysis.index.ticks.length],
    analysis: analysisDigest(analysis),
    emptyScene: { digest: emptySceneDigest(analysis) },
    cover: [],
    keep: [],
    threshold: analysis.threshold,
    marginPx: 16,
    holdFrames: { before: 5, after: 5 },
    reviewedFrames: [],
  };
}
