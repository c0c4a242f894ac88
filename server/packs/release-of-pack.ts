import type { Release } from '../cases/disclosure/release.ts';
import { canonicalJson, type JsonValue } from '../kernel/canonical-json.ts';
import { sha256 } from '../kernel/digest.ts';
import { isoSeconds } from '../kernel/time.ts';
import type { GatheredPack } from './gather-pack.ts';
import { type PackOrder, scopeOf } from './pack-order.ts';

/** What a pack of this order would tell, as the ledger of releases remembers it. */
export function releaseOfPack(given: {
  id: string;
  at: Date;
  order: PackOrder;
  gathered: GatheredPack;
}): Release {
  const { id, at, order, gathered } = given;
  return {
    pack: id,
    releasedAt: isoSeconds(at),
    recipient: order.recipient,
    scope: scopeOf(order),
    cells: gathered.cells,
    narratives: gathered.cases.map(({ id: of, published: { text, attributes } }) => ({
      case: of,
      // Without the exhibit's number, which differs from pack to pack.
      sha256: sha256(canonicalJson({ text, attributes } as unknown as JsonValue)),
    })),
    media: [
      ...gathered.media.map(({ copy }) => copy.sha256),
      ...(order.presence === null ? [] : [`presence/${order.presence.log}`]),
    ],
  };
}
