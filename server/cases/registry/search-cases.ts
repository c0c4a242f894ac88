import { setImmediate } from 'node:timers/promises';
import type { CaseRecord } from '../case.ts';
import type { CaseStore } from '../ports.ts';
import type { CaseFilter } from './case-filter.ts';
import { searchKey } from './search-key.ts';
import { type HasWord, readSearch } from './search-words.ts';

/** Where words of a search may stand in a case. */
export const SEARCHED = ['ky', 'ru', 'en', 'registryCode'] as const;
/** One of those places. */
export type SearchedPlace = (typeof SEARCHED)[number];

/** A case that has all words, and where at least one of them stands. */
export interface FoundCase {
  readonly record: CaseRecord;
  readonly in: readonly SearchedPlace[];
}

/** A page of what was found; `next` goes on, null ends. It may be empty and go on. */
export interface SearchPage {
  readonly found: readonly FoundCase[];
  /** How many cases were opened for it. */
  readonly opened: number;
  readonly next: string | null;
}

/** What is looked for, among which cases. */
export interface SearchRequest {
  /** What was typed; see {@link readSearch}. */
  readonly words: string;
  readonly filter: CaseFilter;
  /** The page ends once so many are found; up to 49 more may be in it. */
  readonly enough: number;
  /** The place that an earlier page named. */
  readonly after?: string;
  /** Nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
}

/** Searches. */
export type SearchCases = (request: SearchRequest) => Promise<SearchPage>;

/** So many cases are open at once: what a search holds does not grow with the registry. */
const OPEN_AT_ONCE = 50;
/** So many are opened for one page: a rare word takes several requests, each of them short. */
const OPENED_A_PAGE = 5_000;

/**
 * Creates the search for words in narratives and registry codes. Texts are sealed, and no index of their
 * words is kept, so they are opened one after the other in memory; other work comes in between. Nothing
 * of the words or of what was found is written anywhere.
 *
 * @throws {CasesError} from the search: `SEARCH_INVALID`; what aborted `signal`, as its reason.
 */
export function createSearchCases({ store }: { store: Pick<CaseStore, 'page'> }): SearchCases {
  return async function searchCases({ words, filter, enough, after, signal }) {
    const wanted = readSearch(words);
    const found: FoundCase[] = [];
    let opened = 0;
    let place = after;
    while (opened < OPENED_A_PAGE && found.length < enough) {
      signal?.throwIfAborted();
      const page = await store.page({
        filter,
        limit: OPEN_AT_ONCE,
        ...(place === undefined ? {} : { after: place }),
      });
      opened += page.cases.length;
      for (const record of page.cases) {
        const places = placesOf(record, wanted);
        if (places.length > 0) found.push({ record, in: places });
      }
      if (page.next === null) return { found, opened, next: null };
      place = page.next;
      // Opening never waits for anything by itself, and whoever else asks would wait for it.
      await setImmediate();
    }
    return { found, opened, next: place ?? null };
  };
}

/** Where words stand in a case that has all of them; none where it lacks one. */
function placesOf({ narrative, registryCode }: CaseRecord, wanted: readonly HasWord[]) {
  const missing = new Set(wanted);
  const places = SEARCHED.filter((place) => {
    const text = place === 'registryCode' ? registryCode : narrative[place];
    if (text === undefined) return false;
    const key = searchKey(text);
    const here = wanted.filter((has) => has(key));
    for (const has of here) missing.delete(has);
    return here.length > 0;
  });
  return missing.size === 0 ? places : [];
}
