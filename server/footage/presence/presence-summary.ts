import type { PresenceKind } from './presence-log.ts';
import { intersect, seconds, type TimeSpan } from './presence-spans.ts';
import type { PresenceStates } from './presence-states.ts';
import { cutByDay, type PartOfDay, partOfEachDay } from './presence-time.ts';

/** What is known of one day, within the part of the day that was asked for. */
export interface PresenceDaySummary {
  readonly date: string;
  readonly recordedS: number;
  readonly presentS: number;
  readonly absentS: number;
  readonly notReviewedS: number;
  /** The longest uninterrupted presence on that day. */
  readonly longestS: number;
}

/**
 * A presence log in numbers. A statement like "on 18 of 22 reviewed mornings, of 30 recorded" is
 * `present` of `reviewed`, of `recorded`.
 */
export interface PresenceSummary {
  readonly days: {
    /** Days of which any recording exists. */
    readonly recorded: number;
    /** Of these, days whose recording was reviewed in full. */
    readonly reviewed: number;
    /** Of the reviewed ones, days on which police were present. */
    readonly present: number;
    /**
     * Days reviewed in part stand apart: counted among the reviewed they would have to be either
     * days of presence or of absence, and only presence can be told from a part.
     */
    readonly partlyReviewed: number;
    readonly presentOnPartlyReviewed: number;
  };
  readonly recordedS: number;
  readonly presentS: number;
  readonly absentS: number;
  readonly notReviewedS: number;
  /** Uninterrupted presences, over midnight too. */
  readonly stays: number;
  readonly longestStayS: number;
  readonly presentSByKind: ReadonlyMap<PresenceKind, number>;
  readonly perDay: readonly PresenceDaySummary[];
}

/** Counts a presence log, over whole days or over a part of every day, mornings for instance. */
export function summarisePresence(states: PresenceStates, part?: PartOfDay): PresenceSummary {
  const within = (spans: readonly TimeSpan[]) =>
    part === undefined ? [...spans] : intersect(spans, partOfEachDay(states.recorded, part));
  const recorded = within(states.recorded);
  const present = within(states.present);
  const absent = within(states.absent);
  const notReviewed = within(states.notReviewed);
  const dates = [...new Set(cutByDay(recorded).map(({ date }) => date))];
  const perDay = dates.map((date): PresenceDaySummary => {
    const ofDay = (spans: TimeSpan[]) => cutByDay(spans).filter((span) => span.date === date);
    const stays = ofDay(present);
    return {
      date,
      recordedS: seconds(ofDay(recorded)),
      presentS: seconds(stays),
      absentS: seconds(ofDay(absent)),
      notReviewedS: seconds(ofDay(notReviewed)),
      longestS: longest(stays),
    };
  });
  const reviewed = perDay.filter((day) => day.notReviewedS === 0);
  const partly = perDay.filter((day) => day.notReviewedS > 0 && day.notReviewedS < day.recordedS);
  const withPresence = (days: PresenceDaySummary[]) =>
    days.filter((day) => day.presentS > 0).length;
  return {
    days: {
      recorded: perDay.length,
      reviewed: reviewed.length,
      present: withPresence(reviewed),
      partlyReviewed: partly.length,
      presentOnPartlyReviewed: withPresence(partly),
    },
    recordedS: seconds(recorded),
    presentS: seconds(present),
    absentS: seconds(absent),
    notReviewedS: seconds(notReviewed),
    stays: present.length,
    longestStayS: longest(present),
    presentSByKind: new Map(
      [...states.presentByKind].map(([kind, spans]) => [kind, seconds(within(spans))]),
    ),
    perDay,
  };
}

function longest(spans: readonly TimeSpan[]): number {
  return spans.reduce((most, span) => Math.max(most, span.to - span.from), 0);
}
