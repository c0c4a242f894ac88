import { type CodeLists, type ListName, offeredCodesOf } from '../codes/code-lists.ts';
import { CasesError } from '../errors.ts';
import { csvCell } from '../figures/statistic-table.ts';
import type { CaseStore } from '../ports.ts';
import type { Consent } from './consent.ts';

/** The columns of the list that travels to street lawyers and comes back with answers. */
export const CONSENT_LIST_COLUMNS = [
  'registry_code',
  'about',
  'level',
  'recipient',
  'purpose',
  'answer',
  'language',
  'taken_by',
  'taken_on',
  'expires_on',
] as const;

/** What is asked of people in cases. */
export interface ConsentRequest {
  /** Ids of the cases. */
  readonly cases: readonly string[];
  readonly about: 'narrative' | 'media';
  readonly level: Exclude<Consent['level'], 'C0'>;
  /** Code of the body it would go to; null only for counting. */
  readonly recipient: string | null;
  readonly purpose: string | null;
}

/**
 * Makes the list that street lawyers work through: by the registry's own code, which only they can turn
 * into a person, and what is asked. Nothing that happened stands in it. They fill in the rest and send
 * it back. CSV (RFC 4180), UTF-8 with a byte order mark.
 *
 * @throws {CasesError} from the use case: `CASE_UNKNOWN`; `CONSENT_REQUEST_INVALID` for a body or a
 *   purpose that no new consent is given to, and where C2 or C3 lacks them.
 */
export function createAskConsent(deps: { store: Pick<CaseStore, 'find'>; lists: CodeLists }) {
  const { store, lists } = deps;

  function refuseOther(list: Extract<ListName, 'recipient' | 'purpose'>, code: string | null) {
    const offered = offeredCodesOf(lists, list);
    if (code === null || offered.includes(code)) return;
    throw invalid(`${list} takes one of ${offered.join(', ')}.`);
  }

  return async function askConsent(request: ConsentRequest): Promise<Uint8Array> {
    const { about, level, recipient, purpose } = request;
    if (level !== 'C1' && (recipient === null || purpose === null)) {
      throw invalid(`${level} is given to one body for one purpose: name recipient and purpose.`);
    }
    refuseOther('recipient', recipient);
    refuseOther('purpose', purpose);
    const rows: string[][] = [];
    for (const id of request.cases) {
      const { registryCode } = await store.find(id);
      rows.push([registryCode, about, level, recipient ?? '', purpose ?? '', '', '', '', '', '']);
    }
    // In the order of the codes: the order of a selection would tell what the cases have in common.
    rows.sort((a, b) => (a[0]! < b[0]! ? -1 : 1));
    const lines = [[...CONSENT_LIST_COLUMNS], ...rows].map((row) => row.map(csvCell).join(','));
    return new TextEncoder().encode(`\uFEFF${lines.join('\r\n')}\r\n`);
  };
}

function invalid(message: string): CasesError {
  return new CasesError('CONSENT_REQUEST_INVALID', message);
}
