import { z } from 'zod';
import type { TimeSpan } from './presence-spans.ts';

const DAY_S = 86_400;

/** Local time to the second, `YYYY-MM-DDTHH:MM:SS`. The place keeps one offset all year (UTC+6). */
export const localTime = z.string().refine((text) => secondsOf(text) !== null, 'is no local time');

/** A local time as seconds from 1970-01-01 00:00 local; null when it is none. */
export function secondsOf(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(text)) return null;
  const time = Date.parse(`${text}Z`);
  // A day that does not exist would otherwise become another one.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 19) !== text) return null;
  return time / 1000;
}

/** Seconds from 1970-01-01 00:00 local as a local time. */
export function localTimeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19);
}

/** The day of a moment, `YYYY-MM-DD`. */
export function dateOf(seconds: number): string {
  return localTimeOf(seconds).slice(0, 10);
}

/** A local span of a log as seconds. Throws a `RangeError` for what is no local time. */
export function spanOf(from: string, to: string): TimeSpan {
  const [start, end] = [secondsOf(from), secondsOf(to)];
  if (start === null || end === null) throw new RangeError('no local time');
  return { from: start, to: end };
}

/** Cuts spans at every midnight. */
export function cutByDay(spans: readonly TimeSpan[]): Array<TimeSpan & { readonly date: string }> {
  return spans.flatMap((span) => {
    const parts: Array<TimeSpan & { date: string }> = [];
    for (let from = span.from; from < span.to; ) {
      const midnight = (Math.floor(from / DAY_S) + 1) * DAY_S;
      const to = Math.min(midnight, span.to);
      parts.push({ date: dateOf(from), from, to });
      from = to;
    }
    return parts;
  });
}

/** The time of day of a moment of `date`, `HH:MM`; its end is `24:00`. */
export function timeOfDay(seconds: number, date: string): string {
  return dateOf(seconds) === date ? localTimeOf(seconds).slice(11, 16) : '24:00';
}

/** A part of every day: seconds from midnight [fromS, toS). */
export interface PartOfDay {
  readonly fromS: number;
  readonly toS: number;
}

/** That part of each day which `spans` touch. */
export function partOfEachDay(spans: readonly TimeSpan[], part: PartOfDay): TimeSpan[] {
  const days = new Set(cutByDay(spans).map(({ from }) => Math.floor(from / DAY_S) * DAY_S));
  return [...days].map((day) => ({ from: day + part.fromS, to: day + part.toS }));
}
