import { deserialize, serialize } from 'node:v8';
import { readAll } from '../kernel/blobs.ts';
import { canonicalJson, type JsonValue } from '../kernel/canonical-json.ts';
import { sha256 } from '../kernel/digest.ts';
import { ANALYSIS_VERSION } from './analysis.ts';
import type { WorkStore } from './ports.ts';
import type { SampledScene } from './sample-scene.ts';
import type { WatchState } from './watch-foreground.ts';

/** How far an analysis has come: all that is needed to go on from there. Plain data. */
export interface AnalysisProgress {
  readonly scene: SampledScene;
  /** Best-effort times of the frames decoded so far, in ticks; more or fewer than were watched. */
  readonly ticks: readonly number[];
  readonly watch: WatchState;
}

/** Where the progress of one analysis is kept. It holds pictures of people. */
export interface ProgressKeeper {
  /** The farthest there is; null when there is none that can be read. */
  find(): Promise<AnalysisProgress | null>;
  /** Keeps it durably, in place of what was kept the time before last. */
  keep(progress: AnalysisProgress): Promise<void>;
  /** Forgets all of it: the analysis came to an end, or is to begin anew. */
  end(): Promise<void>;
}

/**
 * Keeps progress in a store that encrypts, in two places by turns, so that one is whole at any moment.
 *
 * @param about - all that tells this analysis from others of the store.
 */
export function createProgressKeeper(store: WorkStore, about: JsonValue): ProgressKeeper {
  const [first, second] = ['first', 'second'].map((place) =>
    sha256(
      canonicalJson({
        kind: 'dalil-analysis-progress/1',
        analysis: ANALYSIS_VERSION,
        runtime: process.versions.v8,
        about,
        place,
      }),
    ),
  );
  let [next, other] = [first!, second!];
  return {
    async find() {
      let farthest: AnalysisProgress | null = null;
      for (const [place, beside] of [
        [first!, second!],
        [second!, first!],
      ] as const) {
        const kept = await store.find(place);
        if (kept === null) continue;
        // What a store hands over is what was kept in it: it checks that by itself.
        const found = deserialize(await readAll(kept.read())) as AnalysisProgress;
        if (farthest !== null && watchedFrames(found) <= watchedFrames(farthest)) continue;
        farthest = found;
        [next, other] = [beside, place];
      }
      return farthest;
    },
    async keep(progress) {
      // Written down before anything is waited for: the next frame changes it.
      const bytes = serialize(progress);
      await store.forget(next);
      await store.keep(next, null, onePart(bytes));
      [next, other] = [other, next];
    },
    async end() {
      for (const place of [next, other]) await store.forget(place);
    },
  };
}

/** How many frames were watched. */
export function watchedFrames({ watch }: AnalysisProgress): number {
  return watch.checks.length;
}

async function* onePart(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
