import { bishkekDate, type Clock } from '../../kernel/time.ts';
import { CasesError } from '../errors.ts';
import type { CaseStore } from '../ports.ts';
import { refusalOf } from './consent.ts';
import type { PackToSupersede, PackUses } from './packs-to-supersede.ts';

/**
 * Lists the packs that rest on consents that do not hold on a day in Bishkek, today if none is given.
 *
 * @param on - `2027-01-31`; a day to come tells what ends until then.
 */
export type ListLostPacks = (on?: string) => Promise<readonly PackToSupersede[]>;

/**
 * Creates the listing. A consent that ends by its date is changed by nobody, so no answer and no edit
 * names the packs that it takes the ground from. Packs that a later one replaces are left out.
 */
export function createListLostPacks(deps: {
  packUses: () => Promise<readonly PackUses[]>;
  store: Pick<CaseStore, 'find'>;
  clock: Clock;
}): ListLostPacks {
  const { packUses, store, clock } = deps;
  return async function listLostPacks(on = bishkekDate(clock.now())) {
    const lost: PackToSupersede[] = [];
    for (const { pack, recipient, use, uses, sent } of await packUses()) {
      const cases = new Set<string>();
      for (const { case: id, purpose } of uses) {
        const consent = (await store.find(id).catch(whereGone))?.consent;
        const given = purpose === 'footage' ? consent?.media : consent?.narrative;
        const intended = { purpose, recipient, use, on };
        if (given === undefined || refusalOf(given, intended) !== null) cases.add(id);
      }
      if (cases.size > 0) lost.push({ pack, cases: cases.size, sent });
    }
    return lost;
  };
}

function whereGone(error: unknown): null {
  if (error instanceof CasesError && error.code === 'CASE_UNKNOWN') return null;
  throw error;
}
