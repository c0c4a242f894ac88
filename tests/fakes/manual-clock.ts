import type { Clock } from '../../server/kernel/time.ts';

/** A clock that stands still until it is told to go on. */
export function createManualClock(
  start = '2026-11-23T10:15:30.250Z',
): Clock & { advance(byMs: number): void } {
  let nowMs = Date.parse(start);
  return {
    now: () => new Date(nowMs),
    advance(byMs) {
      nowMs += byMs;
    },
  };
}
