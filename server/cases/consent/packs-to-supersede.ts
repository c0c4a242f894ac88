import type { CaseRecord } from '../case.ts';
import { refusalOf } from './consent.ts';
import type { CaseUse } from './consents-hold.ts';

/** What one pack makes of which case, for whom and for what. */
export interface PackUses {
  readonly pack: string;
  /** Codes of the body it goes to and of what it is for. */
  readonly recipient: string;
  readonly use: string;
  readonly uses: readonly CaseUse[];
  /** Whether it was recorded as sent. */
  readonly sent: boolean;
}

/** A case whose consents became others. */
export interface ConsentChange {
  /** Id of the case. */
  readonly case: string;
  readonly before: CaseRecord['consent'];
  readonly after: CaseRecord['consent'];
}

/** A pack that a later one must take the place of, and how many cases in it are the reason. */
export interface PackToSupersede {
  readonly pack: string;
  readonly cases: number;
  /** It left already: it cannot be called back. */
  readonly sent: boolean;
}

/**
 * Names the packs that changed consents do not carry any more: something that a pack counts, tells or
 * shows was taken back altogether, or is refused now and was not before, for its level, its reader, its
 * use or its end on a day in Bishkek.
 */
export function packsToSupersede(
  changes: readonly ConsentChange[],
  packs: readonly PackUses[],
  on: string,
): PackToSupersede[] {
  const changed = new Map(changes.map((change) => [change.case, change]));
  return packs.flatMap(({ pack, recipient, use, uses, sent }) => {
    const lost = uses.filter(({ case: id, purpose }) => {
      const change = changed.get(id);
      if (change === undefined) return false;
      const kind = purpose === 'footage' ? 'media' : 'narrative';
      const after = change.after[kind];
      // A withdrawal counts even if the consent had ended by itself: the pack was made while it held.
      if (after.level === 'C0') return true;
      const intended = { purpose, recipient, use, on };
      return (
        refusalOf(change.before[kind], intended) === null && refusalOf(after, intended) !== null
      );
    });
    const cases = new Set(lost.map((one) => one.case)).size;
    return cases === 0 ? [] : [{ pack, cases, sent }];
  });
}
