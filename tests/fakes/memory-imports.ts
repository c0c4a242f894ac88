import type { CaseRecord } from '../../server/cases/case.ts';
import { CasesError } from '../../server/cases/errors.ts';
import type { ImportStore, KeptImport } from '../../server/cases/ports.ts';
import { newId } from '../../server/kernel/ids.ts';
import { isoSeconds } from '../../server/kernel/time.ts';
import type { MemoryCases } from './memory-cases.ts';

interface Entry {
  kept: KeptImport;
  finished: boolean;
  table: string;
  staged: CaseRecord[];
  ids: string[];
}

/** An import store in memory that keeps every promise of the port. */
export function createMemoryImports({ cases }: { cases: MemoryCases }): ImportStore {
  const entries = new Map<string, Entry>();
  const found = (id: string) => {
    const entry = entries.get(id);
    if (entry?.finished === true) return entry;
    throw unknown();
  };
  const unknown = () => new CasesError('IMPORT_UNKNOWN', 'There is no such import.');
  const over = () => new CasesError('IMPORT_OVER', 'The import is over.');

  async function forgetOld(at: Date) {
    for (const [id, { kept }] of entries) {
      const isOld = at.getTime() - Date.parse(kept.startedAt) > 86_400_000;
      if (kept.state === 'previewed' && isOld) entries.delete(id);
    }
  }

  return {
    forgetOld,
    async begin(startedAt) {
      await forgetOld(startedAt);
      const id = newId();
      const kept = { id, state: 'previewed' as const, startedAt: isoSeconds(startedAt) };
      entries.set(id, {
        kept: { ...kept, caseCount: 0, problemCount: 0 },
        finished: false,
        table: '',
        staged: [],
        ids: [],
      });
      return id;
    },
    async stage(id, records) {
      entries.get(id)!.staged.push(...structuredClone(records));
    },
    async finish(id, { table, caseCount, problemCount }) {
      const entry = entries.get(id)!;
      Object.assign(entry, { finished: true, table });
      entry.kept = { ...entry.kept, caseCount, problemCount };
    },
    find: async (id) => found(id).kept,
    async importOf(caseId) {
      const entry = [...entries.values()].find((one) => one.ids.includes(caseId));
      return entry?.kept ?? null;
    },
    async list() {
      const all = [...entries.values()].filter((entry) => entry.finished);
      return all.map((entry) => entry.kept).sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
    },
    wasImported: async (table) =>
      [...entries.values()].some(
        (entry) => entry.table === table && entry.kept.state === 'imported',
      ),
    async accept(id, at) {
      const entry = found(id);
      if (entry.kept.state !== 'previewed') throw over();
      if (at.getTime() - Date.parse(entry.kept.startedAt) > 86_400_000) {
        entries.delete(id);
        throw unknown();
      }
      await cases.insertAll(entry.staged);
      entry.ids = entry.staged.splice(0).map((record) => record.id);
      entry.kept = { ...entry.kept, state: 'imported' };
    },
    async discard(id) {
      entries.delete(id);
    },
    async undo(id, published) {
      const entry = found(id);
      if (entry.kept.state !== 'imported') throw over();
      for (const one of entry.ids) {
        if (
          published.has(one) ||
          (await cases.decisionsOf(one)).length > 0 ||
          (await cases.historyOf(one)).length > 0
        ) {
          throw new CasesError('IMPORT_TOUCHED', 'Somebody worked on a case.');
        }
      }
      for (const one of entry.ids) cases.remove(one);
      entry.kept = { ...entry.kept, state: 'undone' };
    },
  };
}
