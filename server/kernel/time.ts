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
