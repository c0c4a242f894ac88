import { canonicalJson } from '../kernel/canonical-json.ts';
import { type Sha256, sha256 } from '../kernel/digest.ts';
import { ANALYSIS_VERSION } from './analysis/analysis.ts';
import { RENDERING } from './copy/rendering-settings.ts';
import type { ToolVersions } from './tool-versions.ts';

/**
 * Names all on which it depends whether work on a recording that is kept can be used: the same work with
 * other tools, in another way or on another processor has other names, and is found by nobody.
 */
export function workVersion(tools: ToolVersions): Sha256 {
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
