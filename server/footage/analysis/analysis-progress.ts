import { deserialize, serialize } from 'node:v8';
import { onePart, readAll } from '../../kernel/blobs.ts';
import { canonicalJson, type JsonValue } from '../../kernel/canonical-json.ts';
import { type Sha256, sha256 } from '../../kernel/digest.ts';
import type { WorkStore } from '../ports.ts';
import { ANALYSIS_VERSION } from './analysis.ts';
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
 * Keeps progress in a store that encrypts, in its {@link progressPlaces} by turns. What lies there of
 * another analysis, or cannot be read, is not there: it is written over.
 *
 * @param about - all that tells this analysis from others of the store.
 * @param others - names of other recordings that have a say in it: with others it is another analysis,
 *   which may run at the same time and has places of its own.
 */
export function createProgressKeeper(
  store: WorkStore,
  about: JsonValue,
  others: readonly string[] = [],
): ProgressKeeper {
  const facts = sha256(
    canonicalJson({ analysis: ANALYSIS_VERSION, runtime: process.versions.v8, about }),
  );
  const [first, second] = progressPlaces(others);
  let [next, other] = [first, second];
  return {
    async find() {
      let farthest: AnalysisProgress | null = null;
      for (const [place, beside] of [
        [first, second],
        [second, first],
      ] as const) {
        const found = await read(place);
        if (found === null) continue;
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
      await store.keep(next, facts, onePart(bytes));
      [next, other] = [other, next];
    },
    async end() {
      for (const place of [first, second]) await store.forget(place);
    },
  };

  async function read(place: Sha256): Promise<AnalysisProgress | null> {
    try {
      const kept = await store.find(place);
      if (kept === null || kept.facts !== facts) return null;
      return deserialize(await readAll(kept.read())) as AnalysisProgress;
    } catch {
      // The work can be done again: a place that cannot be read must not stand in its way for ever.
      return null;
    }
  }
}

/**
 * The names under which the progress of an analysis lies: in two places, so that one is always whole.
 *
 * @param others - names of other recordings that have a say in it.
 */
export function progressPlaces(others: readonly string[] = []): [Sha256, Sha256] {
  const placeOf = (place: string) =>
    sha256(canonicalJson({ kind: 'dalil-analysis-progress/3', others: [...others], place }));
  return [placeOf('first'), placeOf('second')];
}

/** How many frames were watched. */
export function watchedFrames({ watch }: AnalysisProgress): number {
  return watch.checks.length;
}
