import type { MediaMoment } from '../cases/disclosure/media-joins.ts';
import type { ReleaseLedger } from '../cases/disclosure/ports.ts';
import { PackError } from './errors.ts';
import type { PackOrder } from './pack-order.ts';
import type { PackStore } from './ports.ts';

/** Of which times footage tells whoever has a pack of an order, and the packs before it. */
export type MomentsOfOrder = (order: PackOrder) => Promise<readonly MediaMoment[]>;

/**
 * Creates the looking up: the presence log of the order and those of earlier packs, and its copies and
 * theirs as far as the orders say when they were filmed. A copy that several packs hold with the same
 * moment counts once. Packs from before orders were kept are known by their presence logs only.
 */
export function createMomentsOfOrder(deps: {
  ledger: Pick<ReleaseLedger, 'releases'>;
  packs: Pick<PackStore, 'draft'>;
  /** What a presence log tells. */
  momentsOf: (log: string) => Promise<readonly MediaMoment[]>;
}): MomentsOfOrder {
  const { ledger, packs, momentsOf } = deps;

  async function copiesOf(pack: string): Promise<PackOrder['copies']> {
    try {
      return (await packs.draft(pack)).recipe?.order.copies ?? [];
    } catch (error) {
      // What was released without a draft was broken off.
      if (error instanceof PackError && error.code === 'PACK_UNKNOWN') return [];
      throw error;
    }
  }

  return async function momentsOfOrder({ copies, presence }) {
    const releases = await ledger.releases();
    const published = releases
      .flatMap(({ media }) => media)
      .filter((one) => one.startsWith(PRESENCE))
      .map((one) => one.slice(PRESENCE.length));
    const logs = new Set([...(presence === null ? [] : [presence.log]), ...published]);
    const held = [...copies];
    for (const { pack } of releases) held.push(...(await copiesOf(pack)));
    const moments = clipMoments(held);
    for (const log of logs) moments.push(...(await momentsOf(log)));
    return moments;
  };
}

function clipMoments(copies: PackOrder['copies']): MediaMoment[] {
  const moments = copies.flatMap(({ copy, filmed }) =>
    [filmed ?? []].flat().map(({ date, from, to, site }) => {
      const key = [copy, date, from, to, site].join('|');
      return [key, { medium: 'clip', date, from, to, site }] as const;
    }),
  );
  return [...new Map<string, MediaMoment>(moments).values()];
}

/** As a release names a presence log. */
const PRESENCE = 'presence/';
