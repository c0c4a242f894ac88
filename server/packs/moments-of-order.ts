import type { MediaMoment } from '../cases/disclosure/media-joins.ts';
import type { ReleaseLedger } from '../cases/disclosure/ports.ts';
import type { PackOrder } from './pack-order.ts';

/** Of which times footage tells whoever has a pack of an order, and the packs before it. */
export type MomentsOfOrder = (order: PackOrder) => Promise<readonly MediaMoment[]>;

/**
 * Creates the looking up: the presence log of the order and those of earlier packs, and its copies as
 * far as the order says when they were filmed.
 */
export function createMomentsOfOrder(deps: {
  ledger: Pick<ReleaseLedger, 'releases'>;
  /** What a presence log tells. */
  momentsOf: (log: string) => Promise<readonly MediaMoment[]>;
}): MomentsOfOrder {
  const { ledger, momentsOf } = deps;
  return async function momentsOfOrder({ copies, presence }) {
    const published = (await ledger.releases())
      .flatMap(({ media }) => media)
      .filter((one) => one.startsWith(PRESENCE))
      .map((one) => one.slice(PRESENCE.length));
    const logs = new Set([...(presence === null ? [] : [presence.log]), ...published]);
    const moments = copies.flatMap(({ filmed }): MediaMoment[] =>
      filmed === undefined ? [] : [{ medium: 'clip', ...filmed }],
    );
    for (const log of logs) moments.push(...(await momentsOf(log)));
    return moments;
  };
}

/** As a release names a presence log. */
const PRESENCE = 'presence/';
