import { expect, test } from 'vitest';
import { stampDecisions } from '../../../../server/cases/review/stamp-decisions.ts';

test('a decision that was taken before keeps its role and moment; a changed one is new', () => {
  const first = { language: 'ru', start: 0, end: 6, surface: 'Асанов', verdict: 'change' } as const;
  const sent = [
    { ...first, reason: 'a name' },
    { ...first, start: 10, end: 16, reason: 'a name' },
  ];
  const before = stampDecisions(sent, [], {
    byRole: 'lawyer',
    byUser: 'a',
    decidedAt: '2026-01-01T00:00:00Z',
  });
  const by = { byRole: 'administrator', byUser: 'b', decidedAt: '2026-02-02T00:00:00Z' };
  const after = stampDecisions([sent[0]!, { ...sent[1]!, verdict: 'keep' }], before, by);
  expect(after).toEqual([
    { ...sent[0], byRole: 'lawyer', byUser: 'a', decidedAt: '2026-01-01T00:00:00Z' },
    { ...sent[1], verdict: 'keep', ...by },
  ]);
});
