import { onePart, readAll } from '../../kernel/blobs.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { type Sha256, sha256 } from '../../kernel/digest.ts';
import type { WorkStore } from '../ports.ts';
import type { ToolVersions } from '../tool-versions.ts';
import { ANALYSIS_VERSION, type FootageAnalysis } from './analysis.ts';
import { decodeAnalysis, encodeAnalysis } from './analysis-bytes.ts';

/**
 * The name under which the analysis of a recording is kept in a store of that recording alone. With
 * other tools, or on another processor, it is another analysis: a decoder may see other levels.
 */
export function analysisName(tools: ToolVersions): Sha256 {
  return sha256(
    canonicalJson({
      kind: 'dalil-kept-analysis/1',
      version: ANALYSIS_VERSION,
      processor: process.arch,
      tools: { ...tools },
    }),
  );
}

/** The analysis of a recording as it was kept when it was made last; null when there is none. */
export async function findAnalysis(
  store: WorkStore,
  tools: ToolVersions,
): Promise<FootageAnalysis | null> {
  try {
    const kept = await store.find(analysisName(tools));
    return kept && decodeAnalysis(await readAll(kept.read()));
  } catch {
    // Whatever cannot be read is made anew.
    return null;
  }
}

/**
 * The analysis of a recording as it was kept when it was made last; else it is made now, and kept.
 * A copy that breaks off while it is covered then goes on without looking at the recording again.
 *
 * @param options.store - of these recordings alone, encrypted: the analysis holds pictures of people.
 * @param options.analyse - is to `keep` what it found before anything of its progress is forgotten.
 */
export async function keptAnalysis(options: {
  store: WorkStore;
  tools: ToolVersions;
  analyse: (keep: (analysis: FootageAnalysis) => Promise<void>) => Promise<FootageAnalysis>;
}): Promise<FootageAnalysis> {
  const { store, tools, analyse } = options;
  const kept = await findAnalysis(store, tools);
  if (kept !== null) return kept;
  return await analyse(await keepingAnew(store, tools));
}

/**
 * Forgets the analysis of a recording that was kept, and gives what keeps another in its place.
 *
 * @param store - as in {@link keptAnalysis}.
 */
export async function keepingAnew(
  store: WorkStore,
  tools: ToolVersions,
): Promise<(analysis: FootageAnalysis) => Promise<void>> {
  const name = analysisName(tools);
  await store.forget(name);
  return async (analysis) => {
    await store.keep(name, null, onePart(encodeAnalysis(analysis)));
  };
}
