import { expect, test } from 'vitest';
import { riskRoutes } from '../../../../server/cases/disclosure/risk-routes.ts';

test.each([
  [1, true],
  [50, true],
  [51, false],
])('so many clips may be compared at once, for everybody waits for it: %i', (count, isRead) => {
  const [route] = riskRoutes({} as Parameters<typeof riskRoutes>[0]);
  const clip = Array.from({ length: count }, () => '2026-03-03T14:00/14:20');
  const read = route!.query!.safeParse({ recipient: 'ministry', clip });
  expect(read.success).toBe(isRead);
});
