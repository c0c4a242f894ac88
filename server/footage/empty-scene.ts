/** Frames sampled for the median of a clip: enough for a place that is free half of the time. */
export const SCENE_SAMPLES = 96;

/**
 * The value in the middle, cell by cell: what stood there in most of the samples.
 *
 * A temporal median and not a model that adapts: those absorb people who stand still, one after
 * the other. Of an even number of samples it is the lower of the two in the middle.
 *
 * @param samples - at least one; all of the same length.
 */
export function medianOf(samples: readonly Uint8Array[]): Uint8Array {
  const length = samples[0]!.length;
  const median = new Uint8Array(length);
  const counts = new Uint16Array(256);
  const half = Math.ceil(samples.length / 2);
  for (let i = 0; i < length; i++) {
    let least = 255;
    for (const sample of samples) {
      const value = sample[i]!;
      counts[value]!++;
      if (value < least) least = value;
    }
    let value = least;
    for (let seen = counts[value]!; seen < half; seen += counts[value]!) value++;
    median[i] = value;
    for (const sample of samples) counts[sample[i]!] = 0;
  }
  return median;
}

/** Every how many frames to sample so that a clip of `frames` gives at most twice the wanted number. */
export function sampleStride(frames: number): number {
  return Math.max(1, Math.floor(frames / SCENE_SAMPLES));
}
