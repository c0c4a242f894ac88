import type { CaseRecord } from '../../server/cases/case.ts';
import type { CodeLists } from '../../server/cases/codes/code-lists.ts';
import { CasesError } from '../../server/cases/errors.ts';
import type { CaseStore } from '../../server/cases/ports.ts';
import { matchesFilter } from '../../server/cases/registry/case-filter.ts';
import type { CaseEvent } from '../../server/cases/registry/case-history.ts';
import { registryCodeKey } from '../../server/cases/registry/registry-code.ts';
import type { Decision } from '../../server/cases/review/narrative-review.ts';

/** A case store in memory, from which the fake of the imports may take cases out again. */
export interface MemoryCases extends CaseStore {
  remove(id: string): void;
}

/** A case store in memory that keeps every promise of the port. */
export function createMemoryCases({ lists }: { lists: CodeLists }): MemoryCases {
  const byId = new Map<string, CaseRecord>();
  const codes = new Set<string>();
  const history = new Map<string, readonly CaseEvent[]>();
  const decisions = new Map<string, readonly Decision[]>();
  const keyOf = (record: CaseRecord) => `${record.month}.${record.id}`;
  const ordered = () => [...byId.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

  async function find(id: string) {
    const record = byId.get(id);
    if (record === undefined) throw new CasesError('CASE_UNKNOWN', 'There is no such case.');
    return structuredClone(record);
  }

  return {
    async insertAll(records, event) {
      const keys = records.map((record) => registryCodeKey(record.registryCode));
      if (new Set(keys).size < keys.length || keys.some((key) => codes.has(key))) {
        throw new CasesError('REGISTRY_CODE_TAKEN', 'One of the cases is there already.');
      }
      for (const key of keys) codes.add(key);
      for (const record of records) {
        byId.set(record.id, structuredClone(record));
        if (event !== undefined) history.set(record.id, [structuredClone(event)]);
      }
    },
    async knownRegistryCodes(asked) {
      return new Set(asked.filter((code) => codes.has(registryCodeKey(code))));
    },
    find,
    async page({ filter, limit, after = '' }) {
      const meant = ordered().filter((one) => matchesFilter(one, filter, lists));
      const rest = meant.filter((one) => keyOf(one) > after);
      const wanted = Math.min(Math.max(1, Math.trunc(limit)), 1_000);
      const cases = structuredClone(rest.slice(0, wanted));
      const last = cases.at(-1);
      return { cases, next: rest.length > wanted && last ? keyOf(last) : null };
    },
    async count(filter) {
      return ordered().filter((one) => matchesFilter(one, filter, lists)).length;
    },
    async replaceAll(replacements) {
      const before = { byId: new Map(byId), codes: new Set(codes), history: new Map(history) };
      const undo = () => {
        refill(byId, before.byId);
        refill(history, before.history);
        codes.clear();
        for (const code of before.codes) codes.add(code);
      };
      for (const { record } of replacements) await find(record.id);
      for (const { record, after, event } of replacements) {
        const present = await find(record.id);
        const events = history.get(record.id) ?? [];
        if (events.length !== after) {
          undo();
          return false;
        }
        const key = registryCodeKey(record.registryCode);
        const earlier = registryCodeKey(present.registryCode);
        if (key !== earlier && codes.has(key)) {
          undo();
          throw new CasesError('REGISTRY_CODE_TAKEN', 'The case is there already.');
        }
        codes.delete(earlier);
        codes.add(key);
        byId.set(record.id, structuredClone(record));
        history.set(record.id, [...events, structuredClone(event)]);
      }
      return true;
    },
    async historyOf(id) {
      await find(id);
      return history.get(id) ?? [];
    },
    async findByRegistryCode(code) {
      const key = registryCodeKey(code);
      const found = ordered().find((one) => registryCodeKey(one.registryCode) === key);
      return found === undefined ? null : structuredClone(found);
    },
    async saveDecisions(id, taken) {
      await find(id);
      decisions.set(id, structuredClone(taken));
    },
    async decisionsOf(id) {
      await find(id);
      return decisions.get(id) ?? [];
    },
    remove(id) {
      codes.delete(registryCodeKey(byId.get(id)!.registryCode));
      byId.delete(id);
    },
  };
}

function refill<Value>(map: Map<string, Value>, from: ReadonlyMap<string, Value>) {
  map.clear();
  for (const [key, value] of from) map.set(key, value);
}
