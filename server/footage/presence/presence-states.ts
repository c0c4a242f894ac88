import { clockCorrection } from './presence-clock.ts';
import {
  PRESENCE_CERTAINTIES,
  type PresenceCertainty,
  type PresenceKind,
  type PresenceLog,
} from './presence-log.ts';
import { subtract, type TimeSpan, unite } from './presence-spans.ts';
import { spanOf } from './presence-time.ts';

/** What is known of a moment that was recorded. The last two are never merged. */
export type PresenceState = 'present' | 'absent' | 'not-reviewed';

/**
 * The recorded time of a site, in corrected time, parted in three: every second of `recorded` is in
 * exactly one of `present`, `absent` and `notReviewed`.
 */
export interface PresenceStates {
  readonly recorded: readonly TimeSpan[];
  readonly present: readonly TimeSpan[];
  readonly absent: readonly TimeSpan[];
  readonly notReviewed: readonly TimeSpan[];
  /** Present time by kind; kinds may overlap. */
  readonly presentByKind: ReadonlyMap<PresenceKind, readonly TimeSpan[]>;
}

/**
 * Parts the recorded time of a log.
 *
 * Where several cameras recorded, one of them is enough for presence, but absence needs all of them
 * reviewed. An interval less certain than `leastCertainty` is neither: its time counts as not
 * reviewed, until somebody is sure.
 */
export function presenceStates(
  log: PresenceLog,
  leastCertainty: PresenceCertainty = 'probable',
): PresenceStates {
  const corrections = new Map(
    log.recorded.map(({ camera }) => [camera, clockCorrection(log.clockChecks, camera)]),
  );
  const corrected = (camera: string, from: string, to: string): TimeSpan => {
    const correct = corrections.get(camera) ?? clockCorrection(log.clockChecks, camera);
    const span = spanOf(from, to);
    return { from: correct(span.from), to: correct(span.to) };
  };
  const windows = (list: PresenceLog['recorded']) =>
    list.map(({ camera, from, to }) => ({ camera, ...corrected(camera, from, to) }));
  const [recorded, reviewed] = [windows(log.recorded), windows(log.reviewed)];
  const rank = (certainty: PresenceCertainty) => PRESENCE_CERTAINTIES.indexOf(certainty);
  const stays = log.intervals.map(({ camera, start, end, kind, certainty }) => ({
    ...corrected(camera, start, end),
    kind,
    sure: rank(certainty) >= rank(leastCertainty),
  }));
  const present = unite(stays.filter(({ sure }) => sure));
  const open = [...corrections.keys()].flatMap((camera) =>
    subtract(
      recorded.filter((window) => window.camera === camera),
      reviewed.filter((window) => window.camera === camera),
    ),
  );
  const doubtful = stays.filter(({ sure }) => !sure);
  const notReviewed = subtract([...open, ...doubtful], present);
  const kinds = [...new Set(stays.filter(({ sure }) => sure).map(({ kind }) => kind))];
  return {
    recorded: unite(recorded),
    present,
    absent: subtract(recorded, [...present, ...notReviewed]),
    notReviewed,
    presentByKind: new Map(
      kinds.map((kind) => [kind, unite(stays.filter((stay) => stay.sure && stay.kind === kind))]),
    ),
  };
}

const MINUTE_S = 60;

/**
 * The state of one minute, [minute, minute + 60 s): present when anything of it is, absent when all
 * of it is known to be, else not reviewed; null when nothing of it was recorded.
 *
 * @param minute - its first second.
 */
export function minuteState(states: PresenceStates, minute: number): PresenceState | null {
  const whole: TimeSpan = { from: minute, to: minute + MINUTE_S };
  const touches = (spans: readonly TimeSpan[]) =>
    spans.some((span) => span.from < whole.to && span.to > whole.from);
  if (!touches(states.recorded)) return null;
  if (touches(states.present)) return 'present';
  return subtract([whole], states.absent).length === 0 ? 'absent' : 'not-reviewed';
}
