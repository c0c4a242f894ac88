import { crc32 } from 'node:zlib';
import { aimAt } from '../chunk-spans.ts';
import { FootageError } from '../errors.ts';
import type { Entry, OpenFootage, Packets } from '../ports.ts';
import { type AnalysisProgress, watchedFrames } from './analysis-progress.ts';
import type { ReadFrames } from './sample-scene.ts';

/** A way to read on where an analysis was broken off. */
export interface Resumption {
  readonly read: ReadFrames;
  /** True as soon as every frame that was to be seen again was the one that had been seen. */
  proved(): boolean;
}

/**
 * The ways to read on behind the last frame that was watched, the fastest first. Each begins with
 * frames that were watched before, and fails where one of them is another now: containers lie about
 * where their key frames are, and the file may be another one.
 */
export function* resumptions(options: {
  footage: OpenFootage;
  packets: Packets;
  progress: AnalysisProgress;
}): Generator<Resumption> {
  const { footage, packets, progress } = options;
  const key = footage.facts.times === 'container' ? lastKeyFrame(packets, progress) : null;
  if (key !== null) {
    for (const aim of ['indexed', 'searched'] as const) {
      const aimTick = aimAt(key.tick, key.next, footage.facts.timeBase, aim);
      yield resumeAt(key.frame, { aimTick, fromTick: key.tick, toTick: null });
    }
  }
  yield resumeAt(0, null);

  function resumeAt(from: number, entry: Entry | null): Resumption {
    const watched = watchedFrames(progress);
    let seen = from;
    let times = from;
    const read: ReadFrames = async ({ onFrame, onTick }) => {
      for (const tick of progress.ticks.slice(0, from)) onTick(tick);
      await footage.readCells({
        entry,
        onFrame(frame, at) {
          const frameNumber = from + at;
          if (frameNumber >= watched) return onFrame(frame, frameNumber);
          if (crc32(frame) !== progress.watch.checks.numbers[frameNumber]) throw otherFrames();
          seen++;
          return undefined;
        },
        onTick(tick) {
          const before = progress.ticks[times++];
          if (before !== undefined && before !== tick) throw otherFrames();
          onTick(tick);
        },
      });
      // Behind the last key frame of some containers nothing is found at all, and no fault is told.
      if (seen < watched) throw otherFrames();
    };
    return { read, proved: () => seen === watched };
  }
}

/** The last key frame before the frame that is to come next, and the time of the key frame after it. */
function lastKeyFrame({ keyTicks }: Packets, progress: AnalysisProgress) {
  const keys = [...new Set(keyTicks)].sort((a, b) => a - b);
  const places = new Map(keys.map((tick, at) => [tick, at]));
  const { ticks } = progress;
  if (ticks.some((tick, at) => at > 0 && tick <= ticks[at - 1]!)) return null;
  for (let frame = Math.min(watchedFrames(progress), ticks.length) - 1; frame > 0; frame--) {
    const at = places.get(ticks[frame]!);
    if (at !== undefined) return { frame, tick: keys[at]!, next: keys[at + 1] ?? null };
  }
  return null;
}

function otherFrames(): FootageError {
  return new FootageError(
    'ANALYSIS_MISMATCH',
    'The analysis that was begun is not of this recording. Analyse the recording from its beginning.',
  );
}
