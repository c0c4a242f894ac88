import type { PresenceKind } from './presence-log.ts';
import { subtract, type TimeSpan, unite } from './presence-spans.ts';
import type { PresenceStates } from './presence-states.ts';
import { cutByDay, timeOfDay } from './presence-time.ts';

const MINUTE_S = 60;

/** A span of one day, in corrected local time: `HH:MM`, the end of a day being `24:00`. */
export interface PublishedSpan {
  readonly date: string;
  readonly from: string;
  readonly to: string;
}

/**
 * A presence log as it may leave: of a site, with no camera in it, not even how many there are, no
 * still, note or source. Both lists are rounded inward to whole minutes, so that neither presence nor
 * review is overstated. What is not in `reviewed` was not reviewed.
 */
export interface PublishedPresence {
  /** Days of which any recording exists. */
  readonly recordedDays: number;
  readonly reviewed: readonly PublishedSpan[];
  /** Each lies in one span of `reviewed`. */
  readonly intervals: ReadonlyArray<PublishedSpan & { readonly kind: PresenceKind }>;
  /** Presences that hold no whole minute, and so stand in no list. */
  readonly shorterThanAMinute: number;
}

/** Writes what of a log may leave, field by field. Risk is judged where cases are known too. */
export function publishPresence(states: PresenceStates): PublishedPresence {
  const reviewed = subtract(states.recorded, states.notReviewed);
  const stays = [...states.presentByKind].flatMap(([kind, spans]) =>
    cutByDay(spans).map(({ date, from, to }) => ({ date, from, to, kind })),
  );
  const whole = stays.flatMap((stay) => wholeMinutes([stay]).map((span) => ({ ...stay, ...span })));
  return {
    recordedDays: new Set(cutByDay(states.recorded).map(({ date }) => date)).size,
    reviewed: wholeMinutes(cutByDay(unite(reviewed))).map((span) => publishedSpan(span)),
    intervals: whole
      .sort((a, b) => a.from - b.from || a.kind.localeCompare(b.kind))
      .map((stay) => {
        const { date, from, to } = publishedSpan(stay);
        return { date, from, to, kind: stay.kind };
      }),
    shorterThanAMinute: stays.length - whole.length,
  };
}

/** Spans of one day each, rounded inward; those that hold no whole minute are left out. */
function wholeMinutes<Span extends TimeSpan & { readonly date: string }>(
  spans: readonly Span[],
): Array<{ date: string; from: number; to: number }> {
  return spans
    .map(({ date, from, to }) => ({
      date,
      from: Math.ceil(from / MINUTE_S) * MINUTE_S,
      to: Math.floor(to / MINUTE_S) * MINUTE_S,
    }))
    .filter(({ from, to }) => to > from);
}

function publishedSpan({ date, from, to }: TimeSpan & { readonly date: string }): PublishedSpan {
  return { date, from: timeOfDay(from, date), to: timeOfDay(to, date) };
}
