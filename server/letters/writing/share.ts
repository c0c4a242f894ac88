/** A share in whole per cent; `base` must not be 0. */
export function percent(count: number, base: number): number {
  return Math.round((100 * count) / base);
}
