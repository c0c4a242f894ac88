import { newId, type RandomBytes, systemRandom } from '../../kernel/ids.ts';
import { bishkekDate, type Clock, isoSeconds } from '../../kernel/time.ts';
import { CASE_SCHEMA, type CaseRecord } from '../case.ts';
import type { CodeLists } from '../codes/code-lists.ts';
import { CasesError } from '../errors.ts';
import type { CaseStore, Replacement } from '../ports.ts';
import { type CaseEvent, changedFields } from './case-history.ts';
import { checkCase } from './check-case.ts';

/** A case as somebody types it: everything but the id. */
export type TypedCase = Omit<CaseRecord, 'id'>;

/** Who changes a case, and why. */
export interface Change {
  readonly role: string;
  readonly reason: string | null;
  readonly kind?: CaseEvent['kind'];
}

/** Fields of a case to change. */
export interface CaseEdit {
  readonly id: string;
  /** How many entries its history has, as whoever changes it has seen. */
  readonly after: number;
  readonly changes: Partial<TypedCase>;
  readonly by: Change;
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
  /**
   * Changes many cases, each named once, or none.
   *
   * @throws {CasesError} as `edit`.
   */
  editAll(edits: readonly CaseEdit[]): Promise<readonly CaseRecord[]>;
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

  function check(
    record: CaseRecord,
    fields: readonly string[],
    { before, kind }: { before: CaseRecord | null; kind?: CaseEvent['kind'] },
  ) {
    // A list that comes back answered may be older than the retiring of a code in it.
    const takesRetired = kind === 'consent';
    checkCase(record, { lists, today: bishkekDate(clock.now()), fields, before, takesRetired });
  }

  async function editAll(edits: readonly CaseEdit[]): Promise<CaseRecord[]> {
    const records: CaseRecord[] = [];
    const replacements: Replacement[] = [];
    for (const { id, after, changes, by } of edits) {
      const before = await store.find(id);
      const record = CASE_SCHEMA.parse({ ...before, ...changes, id });
      records.push(record);
      const changed = changedFields(before, record);
      if (Object.keys(changed).length === 0) continue;
      check(record, Object.keys(changed), { before, ...(by.kind && { kind: by.kind }) });
      replacements.push({ record, after, event: eventOf(by, 'edited', changed) });
    }
    if (!(await store.replaceAll(replacements))) {
      throw new CasesError(
        'CASE_CHANGED',
        'Somebody else changed this case meanwhile. Open it again and repeat the change.',
      );
    }
    return records;
  }

  return {
    async enter(typed, by) {
      const record = CASE_SCHEMA.parse({ ...typed, id: newId(random) });
      check(record, Object.keys(record), { before: null });
      await store.insertAll([record], eventOf(by, 'entered', {}));
      return record;
    },
    async edit(id, after, changes, by) {
      const [record] = await editAll([{ id, after, changes, by }]);
      return record!;
    },
    editAll,
  };
}
