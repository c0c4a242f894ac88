import type { MediaMoment } from '../cases/disclosure/media-joins.ts';
import { type PresenceLog, vehiclesOnly } from '../footage/presence/presence-log.ts';
import { type PublishedPresence, publishPresence } from '../footage/presence/presence-published.ts';
import { presenceStates } from '../footage/presence/presence-states.ts';

/** What a pack tells of a presence log: its letter speaks of vehicles. */
export function presenceTold(log: PresenceLog): PublishedPresence {
  return publishPresence(presenceStates(vehiclesOnly(log)));
}

/** The times of which a presence log tells, as cases are joined with them. */
export function presenceMoments(log: PresenceLog): MediaMoment[] {
  return presenceTold(log).intervals.map(({ date, from, to }) => {
    return { medium: 'presence', date, from, to, site: log.site ?? null };
  });
}
