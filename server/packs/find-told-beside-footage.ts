import type { CaseRecord } from '../cases/case.ts';
import type { MediaJoin, MediaMoment } from '../cases/disclosure/media-joins.ts';
import { PackError } from './errors.ts';
import type { MomentsOfOrder } from './moments-of-order.ts';
import type { PackOrder } from './pack-order.ts';

/** A picked story that shares site and month with a presence log that was, or would be, published. */
export interface ToldBesideFootage {
  /** Place of the story in the order. */
  readonly at: number;
  /** The registry's code. */
  readonly case: string;
  readonly month: string;
  /** Why a lawyer tells it all the same; null where the order gives no reason. */
  readonly reason: string | null;
}

/** Finds the stories of an order that presence logs of it, or of earlier packs, stand beside. */
export type FindToldBesideFootage = (order: PackOrder) => Promise<readonly ToldBesideFootage[]>;

/**
 * Creates the finding. Whoever drove past the camera that month can tell the story from the log, on
 * whatever day it was. A log or a case without its site may be of any.
 *
 * @see The contract on privacy, "Numbers": no narrative shares site and month with a published interval
 *   unless a lawyer decides so with a reason.
 */
export function createFindToldBesideFootage(deps: {
  caseOf: (id: string) => Promise<CaseRecord>;
  momentsOfOrder: MomentsOfOrder;
  mediaJoins: (
    cases: readonly CaseRecord[],
    moments: readonly MediaMoment[],
    given: { told: ReadonlySet<string> },
  ) => MediaJoin[];
}): FindToldBesideFootage {
  const { caseOf, momentsOfOrder, mediaJoins } = deps;
  return async function findToldBesideFootage(order) {
    const { narratives } = order;
    if (narratives.length === 0) return [];
    const intervals = (await momentsOfOrder(order)).filter(({ medium }) => medium === 'presence');
    const cases = await Promise.all(narratives.map((one) => caseOf(one.case)));
    // Without its day a case is joined with all of its month.
    const ofMonth = cases.map((one) => ({ ...one, date: null }));
    const told = new Set(cases.map(({ id }) => id));
    const joined = new Set(mediaJoins(ofMonth, intervals, { told }).map(({ id }) => id));
    return cases.flatMap(({ id, registryCode, month }, at) => {
      const reason = narratives[at]!.besideFootage ?? null;
      return joined.has(id) ? [{ at, case: registryCode, month, reason }] : [];
    });
  };
}

/** What is wrong with telling stories beside footage; null where a reason is given for each. */
export function refusalOfUnreasoned(found: readonly ToldBesideFootage[]): PackError | null {
  const places = found.filter(({ reason }) => reason === null).map(({ at }) => `narratives.${at}`);
  if (places.length === 0) return null;
  return new PackError(
    'TOLD_BESIDE_FOOTAGE',
    `A story shares its month and may share its site with a presence log, of this pack or an earlier one: ${places.join(', ')}. Leave out the story or the log, or say in the order why it is told beside it (besideFootage).`,
  );
}
