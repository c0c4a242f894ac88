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
    for (let at = 0; at < samples.length; at++) {
      const value = samples[at]![i]!;
      counts[value]!++;
      if (value < least) least = value;
    }
    let value = least;
    for (let seen = counts[value]!; seen < half; seen += counts[value]!) value++;
    median[i] = value;
    for (let at = 0; at < samples.length; at++) counts[samples[at]![i]!] = 0;
  }
  return median;
}

/** Every how many frames to sample so that a clip of `frames` gives at most twice the wanted number. */
export function sampleStride(frames: number, wanted = SCENE_SAMPLES): number {
  return Math.max(1, Math.floor(frames / wanted));
}

/** Fewer samples than this make no scene where a clip has more frames to give. */
const LEAST_SAMPLES = 64;
/** Longest gap between two samples, in even distances: else a part of the clip has no say. */
const WIDEST_GAP = 3;

/**
 * Chooses among key frames those nearest to even distances over a clip: coders set more of them
 * where something happens, and the scene is wanted where nothing does.
 *
 * @param keyTicks - times of the key frames, ascending.
 * @param ends - times of the clip's first and last frame.
 * @returns places in `keyTicks`, ascending; null when they are too few or too far apart.
 */
export function spreadSamples(
  keyTicks: readonly number[],
  ends: readonly [first: number, last: number],
): number[] | null {
  const distance = (ends[1] - ends[0]) / SCENE_SAMPLES;
  const chosen = new Set<number>();
  let place = 0;
  for (let sample = 0; sample < SCENE_SAMPLES; sample++) {
    const wanted = ends[0] + (sample + 0.5) * distance;
    const off = (at: number) => Math.abs(keyTicks[at]! - wanted);
    while (place + 1 < keyTicks.length && off(place + 1) <= off(place)) place++;
    chosen.add(place);
  }
  const places = [...chosen];
  const marks = [ends[0], ...places.map((at) => keyTicks[at]!), ends[1]];
  const even = marks.every(
    (tick, at) => at === 0 || tick - marks[at - 1]! <= WIDEST_GAP * distance,
  );
  return keyTicks.length > 0 && places.length >= LEAST_SAMPLES && even ? places : null;
}
