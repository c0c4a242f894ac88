import type { Vault } from '../adapters/vault/vault.ts';
import type { CustodyLog } from '../custody/custody-log.ts';
import type { JsonValue } from '../kernel/canonical-json.ts';
import type { RandomBytes } from '../kernel/ids.ts';
import type { Clock } from '../kernel/time.ts';
import { termIfKnown } from '../letters/grounds/reply-term.ts';
import { createFollowPacks } from '../responses/follow-packs.ts';
import { createFollowUpPack } from '../responses/follow-up.ts';
import type { RepliesInLog } from '../responses/ports.ts';
import type { LetterParts } from './compose-letters.ts';
import type { PackParts } from './compose-packs.ts';
import type { Stores } from './compose-stores.ts';

/** Builds what follows a pack once it was sent. */
export function composeResponses(deps: {
  stores: Stores;
  blobs: Vault['blobs'];
  letterRules: LetterParts['letterRules'];
  hasConsentEnded: PackParts['hasConsentEnded'];
  custody: CustodyLog;
  clock: Clock;
  random: RandomBytes;
}) {
  const { stores, blobs, letterRules, hasConsentEnded, custody, clock, random } = deps;
  const { packs, submissions } = stores;
  const followPacks = createFollowPacks({
    store: submissions,
    async findSealedPack(id) {
      const sealed = await packs.sealed(id);
      if (sealed === null) return null;
      const { sealedAt } = await packs.draft(id);
      return { statementSha256: sealed.statementSha256, sealedAt };
    },
    hasConsentEnded,
    recordCustody: custody.record,
    repliesInLog: repliesIn(custody),
    blobs,
    clock,
    random,
  });
  const followUpPack = createFollowUpPack({
    followPacks,
    async letterOf(pack) {
      const letter = (await packs.draft(pack)).recipe?.order.letter;
      if (letter === undefined) return null;
      const { types, terms, confirmed } = await letterRules();
      // Only where a reminder can be sent: another reader's terms are not those of this law.
      const reminded = types.get('reminder')!.recipient === types.get(letter.type)!.recipient;
      return {
        number: letter.outgoing.number,
        date: letter.outgoing.date,
        async termFrom(registered) {
          const term = reminded ? termIfKnown(registered, terms) : null;
          if (term === null) return null;
          const { due, provisional, digest } = term;
          return { due, provisional, confirmed: confirmed.term.has(digest) };
        },
      };
    },
    clock,
  });
  return { followPacks, followUpPack };
}

/** Looks replies up among the latest events: an event is of what its sealed detail names. */
function repliesIn(custody: Pick<CustodyLog, 'size' | 'kind' | 'opening'>): RepliesInLog {
  /** Up to where a reply was not found: events stay as they are, so that none is opened twice for it. */
  const lookedAt = new Map<string, number>();
  return {
    size: custody.size,
    async has({ reply, pack, since }) {
      const { id, sha256, blob } = reply;
      const wanted: JsonValue = { pack, id, sha256, blob };
      const size = await custody.size();
      for (let index = lookedAt.get(id) ?? since; index < size; index += 1) {
        if ((await custody.kind(index)) !== 'answered') continue;
        if (!says((await custody.opening(index)).detail.about, wanted)) continue;
        lookedAt.delete(id);
        return true;
      }
      lookedAt.set(id, size);
      return false;
    },
  };
}

/** Whether what an event is about has these values under these names. */
function says(about: JsonValue, wanted: { readonly [name: string]: JsonValue }): boolean {
  if (typeof about !== 'object' || about === null || Array.isArray(about)) return false;
  return Object.entries(wanted).every(([name, value]) => Reflect.get(about, name) === value);
}
