import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type PresenceLog,
  parsePresenceLog,
} from '../../../../server/footage/presence/presence-log.ts';
import {
  intersect,
  seconds,
  subtract,
  unite,
} from '../../../../server/footage/presence/presence-spans.ts';
import {
  minuteState,
  presenceStates,
} from '../../../../server/footage/presence/presence-states.ts';
import { cutByDay } from '../../../../server/footage/presence/presence-time.ts';
import { anyPresenceLog, anySpans, mornings, NOVEMBER } from '../../../builders/presence.ts';

describe('sets of time', () => {
  /** The same by brute force: which of some moments lie in spans. */
  const has = (spans: ReadonlyArray<{ from: number; to: number }>, moment: number) =>
    spans.some(({ from, to }) => from <= moment && moment < to);
  const moments = fc.array(fc.integer({ min: NOVEMBER, max: NOVEMBER + 3 * 86_400 }), {
    minLength: 1,
    maxLength: 50,
  });

  test('hold the moments that they should', () => {
    fc.assert(
      fc.property(anySpans(), anySpans(), moments, (a, b, some) => {
        const edges = [...a, ...b].flatMap(({ from, to }) => [from - 1, from, to - 1, to]);
        for (const moment of [...some, ...edges]) {
          expect(has(unite([...a, ...b]), moment)).toBe(has(a, moment) || has(b, moment));
          expect(has(subtract(a, b), moment)).toBe(has(a, moment) && !has(b, moment));
          expect(has(intersect(a, b), moment)).toBe(has(a, moment) && has(b, moment));
        }
      }),
    );
  });

  test('are cut at midnights and lose nothing', () => {
    fc.assert(
      fc.property(anySpans(), (spans) => {
        const cut = cutByDay(unite(spans));
        expect(seconds(cut)).toBe(seconds(spans));
        for (const { date, from, to } of cut) {
          const midnight = Date.parse(`${date}T00:00:00Z`) / 1000;
          expect(from >= midnight && to <= midnight + 86_400 && from < to).toBe(true);
        }
      }),
    );
  });
});

describe('the three states', () => {
  test('part the recorded time: every second has exactly one', () => {
    fc.assert(
      fc.property(
        anyPresenceLog(),
        fc.constantFrom('possible', 'probable', 'certain'),
        (log, least) => {
          const { recorded, present, absent, notReviewed } = presenceStates(
            log,
            least as 'possible',
          );
          expect(unite([...present, ...absent, ...notReviewed])).toEqual(unite(recorded));
          expect(seconds(present) + seconds(absent) + seconds(notReviewed)).toBe(seconds(recorded));
          for (const [a, b] of [
            [present, absent],
            [absent, notReviewed],
            [present, notReviewed],
          ] as const) {
            expect(intersect(a, b)).toEqual([]);
          }
        },
      ),
    );
  });

  test('part the recorded minutes, and a minute is absent only when all of it is', () => {
    fc.assert(
      fc.property(anyPresenceLog(), fc.integer({ min: 0, max: 3 * 1440 }), (log, number) => {
        const states = presenceStates(log);
        const minute = NOVEMBER + 60 * number;
        const whole = [{ from: minute, to: minute + 60 }];
        const share = (spans: typeof states.recorded) => seconds(intersect(whole, spans));
        const state = minuteState(states, minute);
        if (share(states.recorded) === 0) expect(state).toBeNull();
        else if (share(states.present) > 0) expect(state).toBe('present');
        else if (share(states.absent) === 60) expect(state).toBe('absent');
        else expect(state).toBe('not-reviewed');
      }),
    );
  });

  test('nothing that was not reviewed becomes absence when more is recorded', () => {
    fc.assert(
      fc.property(anyPresenceLog(), (log) => {
        const { camera } = log.recorded[0] ?? { camera: 'c0' };
        const more: PresenceLog = {
          ...log,
          recorded: [
            ...log.recorded,
            { camera, from: '2021-11-05T00:00:00', to: '2021-11-06T00:00:00' },
          ],
        };
        expect(presenceStates(more).absent).toEqual(presenceStates(log).absent);
      }),
    );
  });
});

describe('absence', () => {
  const two = (intervals: object[], reviewedBy: string[]) =>
    presenceStates(
      parsePresenceLog({
        version: 1,
        recorded: ['a', 'b'].map((camera) => ({
          camera,
          from: '2021-11-01T07:00:00',
          to: '2021-11-01T08:00:00',
        })),
        reviewed: reviewedBy.map((camera) => ({
          camera,
          from: '2021-11-01T07:00:00',
          to: '2021-11-01T08:00:00',
        })),
        intervals,
      }),
    );
  const stay = (certainty: string) => ({
    camera: 'a',
    start: '2021-11-01T07:10:00',
    end: '2021-11-01T07:20:00',
    kind: 'van',
    source: 'livery',
    certainty,
  });

  test('needs every camera that recorded to be reviewed; presence needs one', () => {
    expect(seconds(two([], ['a', 'b']).absent)).toBe(3600);
    expect(seconds(two([], ['a']).absent)).toBe(0);
    expect(seconds(two([], ['a']).notReviewed)).toBe(3600);
    const seenByOne = two([stay('certain')], ['a']);
    expect([seconds(seenByOne.present), seconds(seenByOne.notReviewed)]).toEqual([600, 3000]);
  });

  test('is not what an uncertain sight becomes', () => {
    const unsure = two([stay('possible')], ['a', 'b']);
    expect([seconds(unsure.present), seconds(unsure.absent), seconds(unsure.notReviewed)]).toEqual([
      0, 3000, 600,
    ]);
  });
});

test('a clock that is wrong is put right, evenly between checks, and never turns time round', () => {
  const log = mornings([{ day: 2, stays: [['07:30', '08:00']] }]);
  const states = presenceStates({
    ...log,
    clockChecks: [
      { camera: 'c1', shown: '2021-11-01T07:30:00', actual: '2021-11-01T07:40:00' },
      { camera: 'c1', shown: '2021-11-03T07:30:00', actual: '2021-11-03T07:50:00' },
    ],
  });
  // Half way between the checks the clock is 15 minutes slow.
  const start = Date.parse('2021-11-02T07:45:00Z') / 1000;
  expect(states.present[0]!.from).toBe(start);
  expect(states.present[0]!.to).toBeGreaterThanOrEqual(start + 1800);
  expect(states.present[0]!.to).toBeLessThanOrEqual(start + 1810);
});

describe('a log is refused', () => {
  const good = mornings([{ day: 1, stays: [['07:30', '08:00']] }]);
  const window = good.recorded[0]!;
  test.each([
    [
      'with a span that ends before it starts',
      { recorded: [{ ...window, to: window.from }] },
      'recorded.0',
    ],
    [
      'that reviewed what was not recorded',
      { reviewed: [{ ...window, to: '2021-11-01T11:00:01' }] },
      'reviewed.0',
    ],
    ['that reviewed another camera', { reviewed: [{ ...window, camera: 'c2' }] }, 'reviewed.0'],
    ['with a stay that was not reviewed', { reviewed: [] }, 'intervals.0'],
    [
      'with a day that does not exist',
      { recorded: [{ ...window, from: '2021-11-31T07:00:00' }] },
      'recorded.0.from',
    ],
    [
      'with a camera that has a telling name',
      { recorded: [{ ...window, camera: 'Chuy 120, flat 4' }] },
      'recorded.0.camera',
    ],
  ])('%s', (_, change, field) => {
    expect(() => parsePresenceLog({ ...good, ...change })).toThrow(
      expect.objectContaining({
        code: 'PRESENCE_LOG_INVALID',
        message: expect.stringContaining(field),
      }),
    );
  });
});
