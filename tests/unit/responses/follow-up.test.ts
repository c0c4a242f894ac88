import { expect, test } from 'vitest';
import type { FollowedSubmission } from '../../../server/responses/follow-packs.ts';
import { createFollowUpPack } from '../../../server/responses/follow-up.ts';
import { presentFollowed } from '../../../server/responses/present.ts';
import type { ReplyKind } from '../../../server/responses/submission.ts';

// What a reminder rests on: a delay that is claimed too early is a false claim.

const DUE = '2026-12-18';

/** What is told of one sending, as it is shown. */
async function told(otherwise: {
  /** A moment in UTC; Bishkek is six hours ahead. */
  now?: string;
  replies?: ReplyKind[];
  submission?: object;
  due?: null;
  letter?: null;
}) {
  const followed = {
    submission: {
      id: 's',
      number: '12-A',
      to: null,
      registered: { number: '3305', on: '2026-11-24' },
      ...otherwise.submission,
    },
    replies: (otherwise.replies ?? []).map((kind) => ({ kind })),
  } as unknown as FollowedSubmission;
  const letter = {
    number: '12',
    date: '2026-11-23',
    termFrom: async (registered: string) =>
      otherwise.due === null || registered !== '2026-11-24'
        ? null
        : { due: DUE, provisional: true, confirmed: false },
  };
  const followUpPack = createFollowUpPack({
    followPacks: { of: async () => [followed] },
    letterOf: async () => (otherwise.letter === null ? null : letter),
    clock: { now: () => new Date(otherwise.now ?? '2026-12-20T06:00:00Z') },
  });
  const { term, first } = presentFollowed((await followUpPack('EP-one'))[0]!);
  return { term, first };
}

test('what a reminder says is there once the term is over and nothing came', async () => {
  expect(await told({})).toEqual({
    term: { due: DUE, overdue: true, provisional: true, confirmed: false },
    first: {
      number: '12-A',
      date: '2026-11-23',
      registered: { number: '3305', date: '2026-11-24' },
      reply: 'none',
    },
  });
  // Without a number of the sending it is the letter's.
  expect((await told({ submission: { number: null } })).first!.number).toBe('12');
});

test('a reply is in time until the last second of the last day in Bishkek', async () => {
  const overdueAt = async (now: string) => (await told({ now })).term!.overdue;
  expect(await overdueAt('2026-12-18T17:59:59Z')).toBe(false);
  expect(await overdueAt('2026-12-18T18:00:00Z')).toBe(true);
});

test('no delay is claimed once anything came; only formal replies are still reminded of', async () => {
  for (const kind of ['substantive', 'forwarded', 'refused'] as const) {
    const { term, first } = await told({ replies: ['formal', kind] });
    expect([term!.overdue, first]).toEqual([false, null]);
  }
  const { term, first } = await told({ replies: ['formal', 'formal'] });
  expect([term!.overdue, first!.reply]).toEqual([false, 'formal']);
});

test('nothing is counted without a registration, a letter or a term, or for another reader', async () => {
  const nothing = { term: null, first: null };
  expect(await told({ submission: { registered: null } })).toEqual(nothing);
  expect(await told({ letter: null })).toEqual(nothing);
  expect((await told({ due: null })).term).toBeNull();
  expect((await told({ submission: { to: 'A court' } })).term).toBeNull();
});
