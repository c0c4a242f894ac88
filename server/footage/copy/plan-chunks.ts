import { crc32 } from 'node:zlib';
import type { FootageAnalysis } from '../analysis/analysis.ts';
import {
  type Chunking,
  type ChunkSpan,
  chunksWithin,
  cutAtKeyFrames,
  cutEvenly,
} from '../chunk-spans.ts';
import type { FrameSpan } from '../frame-span.ts';
import type { OpenFootage } from '../ports.ts';

/**
 * Decides in which chunks a recording is covered. Whether reading may begin in its middle is tried
 * at the first cut: a container whose times lie shows another frame there than was analysed.
 */
export async function planChunks(options: {
  footage: Pick<OpenFootage, 'listPackets' | 'readSpan'>;
  analysis: Pick<FootageAnalysis, 'index' | 'frameChecks'>;
  range: FrameSpan;
  chunking: Chunking;
}): Promise<ChunkSpan[]> {
  const { footage, analysis, range, chunking } = options;
  const { index } = analysis;
  const cut = async () => {
    if (index.times !== 'container' || index.repairedTimes > 0) return cutEvenly(index, chunking);
    const seconds =
      (index.ticks.at(-1)! - index.ticks[0]!) * (index.timeBase[0] / index.timeBase[1]);
    // Too short to be cut: then nothing need be looked for.
    if (seconds < 2 * chunking.leastSeconds) return cutAtKeyFrames(index, [], chunking);
    const { keyTicks } = await footage.listPackets();
    for (const aim of ['indexed', 'searched'] as const) {
      const chunks = cutAtKeyFrames(index, keyTicks, chunking, aim);
      const trial = chunks[1];
      if (trial === undefined) break;
      if (await showsFrame(trial)) return chunks;
    }
    return cutEvenly(index, chunking);
  };

  async function showsFrame({ span: [frame], entry }: ChunkSpan): Promise<boolean> {
    const nextTick = index.ticks[frame + 1] ?? null;
    let same = false;
    const one: FrameSpan = [frame, frame + 1];
    const seen = await footage.readSpan(
      one,
      (cells) => {
        same = crc32(cells) === analysis.frameChecks[frame];
      },
      { ...entry!, toTick: nextTick },
    );
    return seen === 1 && same;
  }

  return chunksWithin(await cut(), range, index);
}
