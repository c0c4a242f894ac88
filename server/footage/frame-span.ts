/** Frames [from, to) by number in the frame index: half-open. */
export type FrameSpan = readonly [from: number, to: number];

/** Tells whether one of `spans` holds `frame`. */
export function holds(spans: readonly FrameSpan[], frame: number): boolean {
  return spans.some(([from, to]) => frame >= from && frame < to);
}

/** Tells whether the spans together hold every frame of `whole`. */
export function holdAll(spans: readonly FrameSpan[], whole: FrameSpan): boolean {
  let reached = whole[0];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    if (from > reached) break;
    reached = Math.max(reached, to);
  }
  return reached >= whole[1];
}
