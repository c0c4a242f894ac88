import { canonicalJson } from '../kernel/canonical-json.ts';
import { type Sha256, sha256 } from '../kernel/digest.ts';
import { ANALYSIS_VERSION } from './analysis/analysis.ts';
import { RENDERING } from './copy/rendering-settings.ts';
import type { ToolVersions } from './tool-versions.ts';

/**
 * Names all on which it depends whether pieces of a covered copy that are kept can be used: the same work
 * with other tools, in another way or on another processor has other names, and is found by nobody.
 */
export function copyWorkVersion(tools: ToolVersions): Sha256 {
  return sha256(
    canonicalJson({
      kind: 'dalil-work-version/1',
      analysis: ANALYSIS_VERSION,
      rendering: { ...RENDERING },
      processor: process.arch,
      tools: { ...tools },
    }),
  );
}

/**
 * Names all on which it depends whether what an analysis keeps on its way can be read. Tools are not among
 * it: how far it has come is gone on with only where they give the same frames, and a security update of
 * ffmpeg need not cost a night's work.
 */
export function analysisWorkVersion(): Sha256 {
  return sha256(
    canonicalJson({
      kind: 'dalil-analysis-work-version/1',
      analysis: ANALYSIS_VERSION,
      runtime: process.versions.v8,
    }),
  );
}
