import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePresenceLog } from '../../../../server/footage/presence/presence-log.ts';
import { publishPresence } from '../../../../server/footage/presence/presence-published.ts';
import { presenceStates } from '../../../../server/footage/presence/presence-states.ts';
import { summarisePresence } from '../../../../server/footage/presence/presence-summary.ts';
import { anyPresenceLog, mornings } from '../../../builders/presence.ts';

const HOUR = 3600;

describe('a summary', () => {
  test('gives each count its denominators', () => {
    const log = mornings([
      {
        day: 1,
        stays: [
          ['07:30', '08:00'],
          ['09:00', '10:15'],
        ],
      },
      { day: 2 },
      { day: 3, reviewed: false },
      { day: 4, stays: [['10:00', '11:00']] },
    ]);
    const summary = summarisePresence(presenceStates(log));
    expect(summary.days).toEqual({
      recorded: 4,
      reviewed: 3,
      present: 2,
      partlyReviewed: 0,
      presentOnPartlyReviewed: 0,
    });
    expect(summary).toMatchObject({
      recordedS: 16 * HOUR,
      presentS: 2.75 * HOUR,
      absentS: 9.25 * HOUR,
      notReviewedS: 4 * HOUR,
      stays: 3,
      longestStayS: 1.25 * HOUR,
    });
    expect(summary.perDay.map(({ date, presentS }) => [date, presentS])).toEqual([
      ['2021-11-01', 1.75 * HOUR],
      ['2021-11-02', 0],
      ['2021-11-03', 0],
      ['2021-11-04', HOUR],
    ]);
  });

  test('does not count a day reviewed in part, whatever was seen on it', () => {
    const log = mornings([{ day: 1 }, { day: 2, stays: [['07:30', '08:00']] }]);
    const partly = {
      ...log,
      reviewed: log.reviewed.map((window) => ({ ...window, to: window.to.replace('11:', '09:') })),
    };
    expect(summarisePresence(presenceStates(partly)).days).toEqual({
      recorded: 2,
      reviewed: 0,
      present: 0,
      partlyReviewed: 2,
      presentOnPartlyReviewed: 1,
    });
    // Of the first two hours everything was reviewed.
    const early = summarisePresence(presenceStates(partly), { fromS: 7 * HOUR, toS: 9 * HOUR });
    expect(early.days).toMatchObject({ recorded: 2, reviewed: 2, present: 1, partlyReviewed: 0 });
  });

  test('counts a stay over midnight once, on both days', () => {
    const camera = 'c1';
    const log = parsePresenceLog({
      version: 1,
      recorded: [{ camera, from: '2021-11-01T22:00:00', to: '2021-11-02T02:00:00' }],
      reviewed: [{ camera, from: '2021-11-01T22:00:00', to: '2021-11-02T02:00:00' }],
      intervals: [
        {
          camera,
          start: '2021-11-01T23:30:00',
          end: '2021-11-02T01:00:00',
          kind: 'van',
          source: 'plate',
          certainty: 'certain',
        },
      ],
    });
    const summary = summarisePresence(presenceStates(log));
    expect([summary.stays, summary.longestStayS]).toEqual([1, 1.5 * HOUR]);
    expect(summary.perDay.map((day) => day.longestS)).toEqual([0.5 * HOUR, HOUR]);
    expect(publishPresence(presenceStates(log)).intervals).toEqual([
      { date: '2021-11-01', from: '23:30', to: '24:00', kind: 'van' },
      { date: '2021-11-02', from: '00:00', to: '01:00', kind: 'van' },
    ]);
  });

  test('adds up, whatever the log and the part of the day', () => {
    const part = fc
      .tuple(fc.integer({ min: 0, max: 86_399 }), fc.integer({ min: 1, max: 86_400 }))
      .map(([from, length]) => ({ fromS: from, toS: Math.min(86_400, from + length) }));
    fc.assert(
      fc.property(anyPresenceLog(), fc.option(part, { nil: undefined }), (log, window) => {
        const { perDay, days, ...all } = summarisePresence(presenceStates(log), window);
        const sum = (of: 'recordedS' | 'presentS' | 'absentS' | 'notReviewedS') =>
          perDay.reduce((total, day) => total + day[of], 0);
        for (const of of ['recordedS', 'presentS', 'absentS', 'notReviewedS'] as const) {
          expect(all[of]).toBe(sum(of));
        }
        expect(all.presentS + all.absentS + all.notReviewedS).toBe(all.recordedS);
        expect(days.present).toBeLessThanOrEqual(days.reviewed);
        expect(days.reviewed + days.partlyReviewed).toBeLessThanOrEqual(days.recorded);
        expect(days.presentOnPartlyReviewed).toBeLessThanOrEqual(days.partlyReviewed);
        expect(days.recorded).toBe(perDay.length);
      }),
    );
  });
});

describe('what is published', () => {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

  test('names no camera, source, certainty, note or still', () => {
    fc.assert(
      fc.property(anyPresenceLog(), (log) => {
        const published = publishPresence(presenceStates(log));
        expect(Object.keys(published).sort()).toEqual([
          'intervals',
          'recordedDays',
          'reviewed',
          'shorterThanAMinute',
        ]);
        for (const interval of published.intervals) {
          expect(Object.keys(interval)).toEqual(['date', 'from', 'to', 'kind']);
        }
        expect(JSON.stringify(published)).not.toMatch(/camera|c[0-9]"/);
      }),
    );
  });

  test('overstates neither presence nor review, and each stay lies in what was reviewed', () => {
    fc.assert(
      fc.property(anyPresenceLog(), (log) => {
        const states = presenceStates(log);
        const published = publishPresence(states);
        for (const { date, from, to } of published.intervals) {
          expect(minutes(from)).toBeLessThan(minutes(to));
          const around = published.reviewed.filter(
            (span) =>
              span.date === date &&
              minutes(span.from) <= minutes(from) &&
              minutes(to) <= minutes(span.to),
          );
          expect(around.length).toBe(1);
        }
        const { presentS, absentS } = summarisePresence(states);
        const total = published.reviewed.reduce(
          (sum, span) => sum + minutes(span.to) - minutes(span.from),
          0,
        );
        expect(total * 60).toBeLessThanOrEqual(presentS + absentS);
      }),
    );
  });
});
