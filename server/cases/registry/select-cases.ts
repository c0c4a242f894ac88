import { bishkekDate } from '../../kernel/time.ts';
import type { CaseRecord } from '../case.ts';
import { type ConsentRefusal, refusalOf } from '../consent/consent.ts';
import type { CaseStore } from '../ports.ts';
import type { CaseFilter } from './case-filter.ts';

/** Cases that a purpose may use, and those it may not, with the reason. */
export interface CaseSelection {
  readonly selected: readonly CaseRecord[];
  readonly leftOut: readonly { readonly id: string; readonly reason: ConsentRefusal }[];
}

/** What to select, for whom and when. */
export interface SelectionRequest {
  readonly filter: CaseFilter;
  readonly purpose: 'counted' | 'narrative';
  /** Code of the recipient, as in the list `recipient`. */
  readonly recipient: string;
  /** Code of the use, as in the list `purpose`; `complaint` by default. */
  readonly use?: string;
  /** The moment of use: a consent must hold on that day in Bishkek. */
  readonly at: Date;
}

/** Selects by consent. */
export type SelectCases = (request: SelectionRequest) => Promise<CaseSelection>;

const PAGE = 1_000;

/**
 * Creates the selection by consent: `counted` takes cases of C1 and above, `narrative` of C2 and
 * above given for this recipient and use; expired ones and ones without a basis stay out. To be
 * asked again when a pack is sealed and when it is sent.
 */
export function createSelectCases({ store }: { store: CaseStore }): SelectCases {
  return async function selectCases({ filter, purpose, recipient, use = 'complaint', at }) {
    const selected: CaseRecord[] = [];
    const leftOut: { id: string; reason: ConsentRefusal }[] = [];
    const intended = { purpose, recipient, use, on: bishkekDate(at) };
    let after: string | undefined;
    do {
      const page = await store.page({ filter, limit: PAGE, ...(after !== undefined && { after }) });
      for (const record of page.cases) {
        const reason = refusalOf(record.consent.narrative, intended);
        if (reason === null) selected.push(record);
        else leftOut.push({ id: record.id, reason });
      }
      after = page.next ?? undefined;
    } while (after !== undefined);
    return { selected, leftOut };
  };
}
