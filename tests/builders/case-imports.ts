import { DEFAULT_CODE_LISTS as lists } from '../../server/cases/codes/code-lists.ts';
import { type CaseImports, createCaseImports } from '../../server/cases/import/case-imports.ts';
import type { CaseStore, ImportStore, TableReader } from '../../server/cases/ports.ts';
import type { Clock } from '../../server/kernel/time.ts';
import type { MemoryCases } from '../fakes/memory-cases.ts';
import { createMemoryImports } from '../fakes/memory-imports.ts';

/** Imports into a store in memory, with a note of every custody event. */
export function testImports(given: {
  /** In memory, unless `imports` is given. */
  store: CaseStore;
  readTable: TableReader;
  clock: Clock;
  imports?: ImportStore;
  published?: ReadonlySet<string>;
}): CaseImports & { readonly recorded: { kind: string; role: string }[] } {
  const {
    store,
    readTable,
    clock,
    imports = createMemoryImports({ cases: store as MemoryCases }),
  } = given;
  const recorded: { kind: string; role: string }[] = [];
  const made = createCaseImports({
    store,
    imports,
    readTable,
    lists,
    clock,
    published: async () => given.published ?? new Set(),
    recordCustody: async ({ kind, role }) => recorded.push({ kind, role }),
  });
  return { ...made, recorded };
}
