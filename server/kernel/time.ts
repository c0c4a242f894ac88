/** Where the present comes from. Everything that needs "now" is given one. */
export interface Clock {
  now(): Date;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() };

/** UTC to the second: `2026-11-23T10:15:00Z`. */
export function isoSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** UTC to the month: `2026-11`. What packs and custody events show instead of a time. */
export function isoMonth(date: Date): string {
  return date.toISOString().slice(0, 7);
}

/** Bishkek is six hours ahead of UTC all year; it has kept no summer time since 2005. */
const BISHKEK_OFFSET_MS = 6 * 60 * 60 * 1000;

/** The calendar day in Bishkek at an instant, `YYYY-MM-DD`. */
export function bishkekDate(at: Date): string {
  return new Date(at.getTime() + BISHKEK_OFFSET_MS).toISOString().slice(0, 10);
}
