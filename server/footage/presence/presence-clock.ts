import type { PresenceLog } from './presence-log.ts';
import { secondsOf } from './presence-time.ts';

/** From the time that a camera's clock shows to the true one, both in local seconds. */
export type ClockCorrection = (shown: number) => number;

/**
 * The correction of one camera's clock. Between two checks the error is taken to have grown evenly;
 * before the first and after the last it stays. Without a check the clock is believed. Corrected
 * times keep their order.
 */
export function clockCorrection(
  checks: PresenceLog['clockChecks'],
  camera: string,
): ClockCorrection {
  const known = checks
    .filter((check) => check.camera === camera)
    .map(({ shown, actual }) => ({
      shown: secondsOf(shown)!,
      error: secondsOf(actual)! - secondsOf(shown)!,
    }))
    .sort((a, b) => a.shown - b.shown);
  let latest = Number.NEGATIVE_INFINITY;
  // A clock that was set back between two checks would turn time round: there it stands still.
  const steady = known.map(({ shown, error }) => {
    latest = Math.max(latest, shown + error);
    return { shown, error: latest - shown };
  });

  return (shown) => {
    if (steady.length === 0) return shown;
    const next = steady.findIndex((check) => check.shown > shown);
    if (next === 0) return shown + steady[0]!.error;
    if (next === -1) return shown + steady.at(-1)!.error;
    const [a, b] = [steady[next - 1]!, steady[next]!];
    const part = (shown - a.shown) / (b.shown - a.shown);
    return Math.round(shown + a.error + (b.error - a.error) * part);
  };
}
