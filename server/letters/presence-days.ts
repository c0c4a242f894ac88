import type { Presence } from './letter-model.ts';

/** Seconds of one day, half-open. */
export interface DaySpan {
  readonly fromS: number;
  readonly toS: number;
}

/** One day of a presence log. What is in neither list was not reviewed. */
export interface PresenceDay {
  readonly date: string;
  readonly reviewed: readonly DaySpan[];
  readonly present: readonly DaySpan[];
}

/** What a presence log says in numbers. Days are reviewed where any part of them was. */
export interface PresenceFigures {
  readonly recordedDays: number;
  readonly reviewedDays: number;
  readonly presentDays: number;
  readonly intervals: number;
  /** Length of the longest united span, as the chart draws it: one vehicle may follow another. */
  readonly longestS: number;
  /** Time of all reviewed spans, each second once. */
  readonly reviewedS: number;
  /** Time of all intervals, each second once. */
  readonly presentS: number;
}

/** Seconds since midnight of `HH:MM` or `HH:MM:SS`. */
export function secondsOfDay(time: string): number {
  const part = (at: number) => Number(time.slice(at, at + 2));
  return part(0) * 3600 + part(3) * 60 + part(6);
}

/** A presence log by day, in order, spans that touch or overlap united. */
export function presenceDays(presence: Presence): PresenceDay[] {
  const reviewed = Map.groupBy(presence.reviewed, ({ date }) => date);
  const present = Map.groupBy(presence.intervals, ({ date }) => date);
  return [...reviewed.keys()].sort().map((date) => ({
    date,
    reviewed: united(reviewed.get(date)!),
    present: united(present.get(date) ?? []),
  }));
}

/** Counts a presence log; nothing in a letter about presence is typed in. */
export function presenceFigures(presence: Presence): PresenceFigures {
  const days = presenceDays(presence);
  const lengths = days.flatMap((day) => day.present).map(({ fromS, toS }) => toS - fromS);
  return {
    recordedDays: presence.recordedDays,
    reviewedDays: days.length,
    presentDays: days.filter((day) => day.present.length > 0).length,
    intervals: presence.intervals.length,
    longestS: lengths.reduce((longest, length) => Math.max(longest, length), 0),
    reviewedS: total(days.flatMap((day) => day.reviewed)),
    presentS: total(days.flatMap((day) => day.present)),
  };
}

function united(spans: readonly { from: string; to: string }[]): DaySpan[] {
  const sorted = spans
    .map((span) => ({ fromS: secondsOfDay(span.from), toS: secondsOfDay(span.to) }))
    .sort((a, b) => a.fromS - b.fromS);
  const result: DaySpan[] = [];
  for (const span of sorted) {
    const last = result.at(-1);
    if (last === undefined || span.fromS > last.toS) result.push(span);
    else result[result.length - 1] = { fromS: last.fromS, toS: Math.max(last.toS, span.toS) };
  }
  return result;
}

function total(spans: readonly DaySpan[]): number {
  return spans.reduce((sum, span) => sum + span.toS - span.fromS, 0);
}
