import { onePart, readAll } from '../kernel/blobs.ts';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { sha256 } from '../kernel/digest.ts';
import { ANALYSIS_VERSION, type FootageAnalysis } from './analysis.ts';
import { decodeAnalysis, encodeAnalysis } from './analysis-bytes.ts';
import type { WorkStore } from './ports.ts';

/** Another version of it is another piece of work, and not found. */
const NAME = sha256(canonicalJson({ kind: 'dalil-kept-analysis/1', version: ANALYSIS_VERSION }));

/**
 * The analysis of a recording as it was kept when it was made last; else it is made now, and kept.
 * A copy that breaks off while it is covered then goes on without looking at the recording again.
 *
 * @param store - of these recordings alone, encrypted: the analysis holds pictures of people.
 */
export async function keptAnalysis(
  store: WorkStore,
  analyse: () => Promise<FootageAnalysis>,
): Promise<FootageAnalysis> {
  const kept = await find(store);
  if (kept !== null) return kept;
  const analysis = await analyse();
  await store.keep(NAME, null, onePart(encodeAnalysis(analysis)));
  return analysis;
}

async function find(store: WorkStore): Promise<FootageAnalysis | null> {
  try {
    const kept = await store.find(NAME);
    return kept === null ? null : decodeAnalysis(await readAll(kept.read()));
  } catch {
    // Whatever cannot be read is made anew.
    await store.forget(NAME);
    return null;
  }
}
