import { newId, type RandomBytes, systemRandom } from '../kernel/ids.ts';
import { bishkekDate, type Clock, isoSeconds } from '../kernel/time.ts';
import { CASE_SCHEMA, type CaseRecord } from './case.ts';
import { type CaseEvent, changedFields } from './case-history.ts';
import { checkCase } from './check-case.ts';
import type { CodeLists } from './code-lists.ts';
import { CasesError } from './errors.ts';
import type { CaseStore } from './ports.ts';

/** A case as somebody types it: everything but the id. */
export type TypedCase = Omit<CaseRecord, 'id'>;

/** Who changes a case, and why. */
export interface Change {
  readonly role: string;
  readonly reason: string | null;
  readonly kind?: CaseEvent['kind'];
}

/** Cases typed and corrected by people. What a case was before stays in its sealed history. */
export interface KeepCases {
  /** @throws {CasesError} `CASE_INVALID`, `REGISTRY_CODE_TAKEN`. */
  enter(typed: TypedCase, by: Change): Promise<CaseRecord>;
  /**
   * Changes fields of a case.
   *
   * @param after - how many entries its history has, as whoever changes it has seen.
   * @throws {CasesError} `CASE_UNKNOWN`, `CASE_INVALID`, `CASE_CHANGED`, `REGISTRY_CODE_TAKEN`.
   */
  edit(id: string, after: number, changes: Partial<TypedCase>, by: Change): Promise<CaseRecord>;
}

/** Creates the keeping of cases. */
export function createKeepCases(deps: {
  store: CaseStore;
  lists: CodeLists;
  clock: Clock;
  random?: RandomBytes;
}): KeepCases {
  const { store, lists, clock, random = systemRandom } = deps;

  function eventOf(by: Change, kind: CaseEvent['kind'], before: CaseEvent['before']): CaseEvent {
    const at = isoSeconds(clock.now());
    return { kind: by.kind ?? kind, at, role: by.role, reason: by.reason, before };
  }

  function check(record: CaseRecord, fields: readonly string[]) {
    checkCase(record, { lists, today: bishkekDate(clock.now()), fields });
  }

  return {
    async enter(typed, by) {
      const record = CASE_SCHEMA.parse({ ...typed, id: newId(random) });
      check(record, Object.keys(record));
      await store.insertAll([record]);
      await store.replace(record, 0, eventOf(by, 'entered', {}));
      return record;
    },
    async edit(id, after, changes, by) {
      const before = await store.find(id);
      const record = CASE_SCHEMA.parse({ ...before, ...changes, id });
      const changed = changedFields(before, record);
      if (Object.keys(changed).length === 0) return before;
      check(record, Object.keys(changed));
      if (!(await store.replace(record, after, eventOf(by, 'edited', changed)))) {
        throw new CasesError(
          'CASE_CHANGED',
          'Somebody else changed this case meanwhile. Open it again and repeat the change.',
        );
      }
      return record;
    },
  };
}
