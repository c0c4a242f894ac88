import { deserialize, serialize } from 'node:v8';
import { onePart, readAll } from '../../kernel/blobs.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { type Sha256, sha256 } from '../../kernel/digest.ts';
import type { FrameGrid } from '../frame-grid.ts';
import type { WorkStore } from '../ports.ts';
import type { ToolVersions } from '../tool-versions.ts';
import { ANALYSIS_VERSION } from './analysis.ts';
import { cellFrameBytes } from './cell-planes.ts';
import type { SampledCells } from './sample-scene.ts';

/** Where samples of other recordings of a camera wait for the scene. They show people. */
export interface SampleKeeper {
  /** What was kept of a recording; null when there is nothing that can be read. */
  find(name: string): Promise<SampledCells[] | null>;
  keep(name: string, samples: readonly SampledCells[]): Promise<void>;
  /** Forgets all of them: the scene has come of them, or will never. */
  end(): Promise<void>;
}

/**
 * Keeps samples in a store that encrypts: each recording is decoded whole for them, and a day of a
 * recorder is two dozen.
 *
 * @param names - of all recordings that have a say in the scene; with others it is another one.
 * @param tools - with others the cells are others.
 */
export function createSampleKeeper(
  store: WorkStore,
  names: readonly string[],
  grid: FrameGrid,
  tools: ToolVersions,
): SampleKeeper {
  const facts = sha256(
    canonicalJson({
      analysis: ANALYSIS_VERSION,
      runtime: process.versions.v8,
      processor: process.arch,
      tools: { ...tools },
      size: [grid.widthPx, grid.heightPx],
    }),
  );
  const placeOf = (name: string): Sha256 =>
    sha256(canonicalJson({ kind: 'dalil-kept-samples/1', names: [...names], name }));
  return {
    async find(name) {
      try {
        const kept = await store.find(placeOf(name));
        if (kept === null || kept.facts !== facts) return null;
        const samples = deserialize(await readAll(kept.read())) as SampledCells[];
        const whole = samples.every(({ cells }) => cells.length === cellFrameBytes(grid));
        return whole ? samples : null;
      } catch {
        // The work can be done again.
        return null;
      }
    },
    async keep(name, samples) {
      await store.forget(placeOf(name));
      await store.keep(placeOf(name), facts, onePart(serialize(samples)));
    },
    async end() {
      for (const name of names) await store.forget(placeOf(name));
    },
  };
}
