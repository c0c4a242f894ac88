import { FootageError } from '../errors.ts';
import type { FrameGrid } from '../frame-grid.ts';
import type { FootageMedia, MediaSource } from '../ports.ts';
import type { OnProgress } from '../progress.ts';
import { promisedFrames, refuseEarlyEnd, refuseTooLong } from './early-end.ts';
import { SCENE_SAMPLES } from './empty-scene.ts';
import type { SampleKeeper } from './kept-samples.ts';
import { otherCamera } from './same-place.ts';
import { type SampledCells, sampleEvenly } from './sample-scene.ts';

/** Another recording of a camera that was not moved in between. */
export interface OtherRecording {
  /** By which an analysis names it: a name that shows nobody, and no path. */
  readonly name: string;
  readonly source: MediaSource;
}

/** Fewer samples of a recording say little of the light that it has. */
const LEAST_SAMPLES = 8;

/** So many have a say in one scene: a day of a recorder that begins a file every hour. */
export const MOST_OTHERS = 24;

/**
 * Samples of other recordings of the same camera, so that what stands for most of one clip is not
 * taken for a part of the street. Each is decoded whole; together they are sampled about twice as
 * often as one clip is.
 *
 * @param grid - of the clip that is analysed.
 * @param keeper - where samples are found that were taken before the work broke off.
 * @throws {FootageError} `OTHER_CAMERA` when one has another size; what reading it may throw, which
 *   then says which one it is.
 */
export async function sampleElsewhere(options: {
  media: FootageMedia;
  others: readonly OtherRecording[];
  grid: FrameGrid;
  keeper: SampleKeeper | undefined;
  onProgress: OnProgress | undefined;
  signal: AbortSignal | undefined;
}): Promise<SampledCells[]> {
  const { media, others, grid, keeper, onProgress, signal } = options;
  const sampled: SampledCells[] = [];
  for (const [place, { name, source }] of others.entries()) {
    const kept = await keeper?.find(name);
    if (kept) {
      sampled.push(...kept);
      continue;
    }
    try {
      const samples = await media.withFootage(source, signal, async (footage) => {
        const { widthPx, heightPx } = footage.grid;
        if (widthPx !== grid.widthPx || heightPx !== grid.heightPx) throw otherCamera();
        const packets = await footage.listPackets();
        refuseTooLong(packets);
        const wanted = Math.max(LEAST_SAMPLES, SCENE_SAMPLES / others.length);
        const found = await sampleEvenly({ footage, packets, onProgress }, name, wanted);
        refuseEarlyEnd(found.ticks.length, packets, promisedFrames(footage.facts, packets));
        return found.samples;
      });
      await keeper?.keep(name, samples);
      sampled.push(...samples);
    } catch (error) {
      if (!(error instanceof FootageError)) throw error;
      const which = `Of the recordings of the same camera, number ${place + 1}`;
      throw new FootageError(error.code, `${which}: ${error.message}`, { cause: error });
    }
  }
  return sampled;
}
