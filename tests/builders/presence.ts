import fc from 'fast-check';
import {
  PRESENCE_CERTAINTIES,
  PRESENCE_KINDS,
  PRESENCE_SOURCES,
  type PresenceLog,
  parsePresenceLog,
} from '../../server/footage/presence/presence-log.ts';
import {
  intersect,
  subtract,
  type TimeSpan,
  unite,
} from '../../server/footage/presence/presence-spans.ts';
import { localTimeOf } from '../../server/footage/presence/presence-time.ts';

/** 2021-11-01 00:00:00 local, by `date -u -d 2021-11-01 +%s`. */
export const NOVEMBER = 1_635_724_800;

/** Any set of time within three days, cut to the second, sometimes to the minute. */
export function anySpans(most = 5): fc.Arbitrary<TimeSpan[]> {
  const span = fc
    .tuple(
      fc.integer({ min: 0, max: 3 * 86_400 - 2 }),
      fc.integer({ min: 1, max: 40_000 }),
      fc.boolean(),
    )
    .map(([from, length, even]): TimeSpan => {
      const start = even ? from - (from % 60) : from;
      const to = Math.min(3 * 86_400, start + (even ? Math.ceil(length / 60) * 60 : length));
      return { from: NOVEMBER + start, to: NOVEMBER + to };
    });
  return fc.array(span, { maxLength: most });
}

/** Any log that holds together, of one to three cameras whose clocks may be wrong. */
export function anyPresenceLog(): fc.Arbitrary<PresenceLog> {
  const stay = fc.record({
    kind: fc.constantFrom(...PRESENCE_KINDS),
    source: fc.constantFrom(...PRESENCE_SOURCES),
    certainty: fc.constantFrom(...PRESENCE_CERTAINTIES),
  });
  const camera = fc.record({
    recorded: anySpans(),
    unreviewed: anySpans(3),
    stays: fc.array(fc.tuple(anySpans(1), stay), { maxLength: 5 }),
    errors: fc.array(fc.integer({ min: -900, max: 900 }), { maxLength: 2 }),
  });
  return fc.array(camera, { minLength: 1, maxLength: 3 }).map((cameras) =>
    parsePresenceLog({
      version: 1,
      clockChecks: cameras.flatMap(({ errors }, i) =>
        errors.map((error, at) => ({
          camera: `c${i}`,
          shown: localTimeOf(NOVEMBER + at * 86_400),
          actual: localTimeOf(NOVEMBER + at * 86_400 + error),
        })),
      ),
      recorded: cameras.flatMap(({ recorded }, i) =>
        unite(recorded).map((span) => window(i, span)),
      ),
      reviewed: cameras.flatMap(({ recorded, unreviewed }, i) =>
        subtract(recorded, unreviewed).map((span) => window(i, span)),
      ),
      intervals: cameras.flatMap(({ recorded, unreviewed, stays }, i) =>
        stays.flatMap(([spans, judgement]) =>
          intersect(spans, subtract(recorded, unreviewed)).map((span) => ({
            camera: `c${i}`,
            start: localTimeOf(span.from),
            end: localTimeOf(span.to),
            ...judgement,
          })),
        ),
      ),
    }),
  );
}

function window(camera: number, span: TimeSpan) {
  return { camera: `c${camera}`, from: localTimeOf(span.from), to: localTimeOf(span.to) };
}

/** Recorded mornings of November 2021, from 07:00 to 11:00, by day; `stays` lie in reviewed ones. */
export function mornings(
  days: ReadonlyArray<{ day: number; reviewed?: boolean; stays?: ReadonlyArray<[string, string]> }>,
): PresenceLog {
  const at = (day: number, time: string) => `2021-11-${String(day).padStart(2, '0')}T${time}:00`;
  const windowOf = ({ day }: { day: number }) => ({
    camera: 'c1',
    from: at(day, '07:00'),
    to: at(day, '11:00'),
  });
  return parsePresenceLog({
    version: 1,
    recorded: days.map(windowOf),
    reviewed: days.filter(({ reviewed = true }) => reviewed).map(windowOf),
    intervals: days.flatMap(({ day, stays = [] }) =>
      stays.map(([from, to]) => ({
        camera: 'c1',
        start: at(day, from),
        end: at(day, to),
        kind: 'marked-car',
        source: 'livery',
        certainty: 'certain',
      })),
    ),
  });
}
