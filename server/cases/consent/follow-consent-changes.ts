import type { JsonValue } from '../../kernel/canonical-json.ts';
import { bishkekDate, type Clock } from '../../kernel/time.ts';
import {
  type ConsentChange,
  type PackToSupersede,
  type PackUses,
  packsToSupersede,
} from './packs-to-supersede.ts';

/** Names the packs that changed consents do not carry any more, and notes each in the custody log. */
export type FollowConsentChanges = (
  changes: readonly ConsentChange[],
  by: { role: string },
) => Promise<readonly PackToSupersede[]>;

/**
 * Creates what follows from changed consents. For each pack that lost one the custody log has an event
 * `withdrawn` of its own: which pack, of how many cases, and whether it had left already, when nobody
 * can call it back. Which cases they are stays out of the log; the history of each case has the change.
 */
export function createFollowConsentChanges(deps: {
  packUses: () => Promise<readonly PackUses[]>;
  recordCustody: (event: {
    kind: 'withdrawn';
    role: string;
    detail: JsonValue;
  }) => Promise<unknown>;
  clock: Clock;
}): FollowConsentChanges {
  const { packUses, recordCustody, clock } = deps;
  return async function followConsentChanges(changes, { role }) {
    const lost = packsToSupersede(changes, await packUses(), bishkekDate(clock.now()));
    for (const { pack, cases, sent } of lost) {
      await recordCustody({ kind: 'withdrawn', role, detail: { pack, cases, sent } });
    }
    return lost;
  };
}
