import { expect, test } from 'vitest';
import { createCsvTable } from '../../../../server/adapters/tables/csv-table.ts';
import { DEFAULT_CODE_LISTS as lists } from '../../../../server/cases/codes/code-lists.ts';
import { createCaseImports } from '../../../../server/cases/import/case-imports.ts';
import { testImports } from '../../../builders/case-imports.ts';
import { casesCsv, inPieces } from '../../../builders/cases-csv.ts';
import { createMemoryCases } from '../../../fakes/memory-cases.ts';
import { createMemoryImports } from '../../../fakes/memory-imports.ts';

const clock = { now: () => new Date('2026-11-23T10:15:00Z') };

function setUp() {
  const store = createMemoryCases({ lists });
  const imports = testImports({ store, readTable: createCsvTable(), clock });
  return { store, imports, preview: (csv: string) => imports.preview({ bytes: inPieces(csv) }) };
}
const lawyer = { role: 'lawyer' };

test('preview, then import, then undo: the custody log has both, the store is as before', async () => {
  const { store, imports, preview } = setUp();
  const report = await preview(casesCsv([{}, {}]));
  expect(report).toMatchObject({ accepted: true, validCount: 2, importedCount: 0, problems: [] });
  expect(await store.count({})).toBe(0);
  expect(imports.recorded).toEqual([]);
  const id = report.importId!;
  expect(await imports.accept(id, { onlyValid: false, ...lawyer })).toMatchObject({ caseCount: 2 });
  expect(await store.count({})).toBe(2);
  await imports.undo(id, lawyer);
  expect(await store.count({})).toBe(0);
  expect(imports.recorded).toEqual([
    { kind: 'received', role: 'lawyer' },
    { kind: 'withdrawn', role: 'lawyer' },
  ]);
});

test('of a table with problems only the valid rows can be accepted, and only on purpose', async () => {
  const { store, imports, preview } = setUp();
  const { importId, problemCount } = await preview(casesCsv([{}, { acts: 'hex' }, {}]));
  expect(problemCount).toBe(1);
  const refused = imports.accept(importId!, { onlyValid: false, ...lawyer });
  await expect(refused).rejects.toMatchObject({ code: 'IMPORT_OVER' });
  expect(await store.count({})).toBe(0);
  await imports.accept(importId!, { onlyValid: true, ...lawyer });
  expect(await store.count({})).toBe(2);
});

test('a table without a valid row leaves no import behind', async () => {
  const { imports, preview } = setUp();
  expect(await preview(casesCsv([{ acts: 'hex' }]))).toMatchObject({ importId: null });
  expect(await imports.list()).toEqual([]);
});

test('the same file twice: every row is a duplicate, and the report says why', async () => {
  const { store, imports, preview } = setUp();
  const csv = casesCsv([{}, {}]);
  const { importId } = await preview(csv);
  await imports.accept(importId!, { onlyValid: false, ...lawyer });
  const again = await preview(csv);
  expect(again.problems.map(({ row, rule }) => ({ row, rule }))).toEqual([
    { row: 2, rule: 'duplicate-in-store' },
    { row: 3, rule: 'duplicate-in-store' },
  ]);
  expect(again.notices.join()).toContain('very same file');
  expect(await store.count({})).toBe(2);
});

test('a longer table of the same cases brings in what is new of it', async () => {
  const { store, imports, preview } = setUp();
  await imports.accept((await preview(casesCsv([{}]))).importId!, { onlyValid: false, ...lawyer });
  const { importId, validCount } = await preview(casesCsv([{}, {}, {}]));
  expect(validCount).toBe(2);
  await imports.accept(importId!, { onlyValid: true, ...lawyer });
  expect(await store.count({})).toBe(3);
});

test('a table that breaks off for any reason leaves nothing of it staged', async () => {
  const store = createMemoryCases({ lists });
  const kept = createMemoryImports({ cases: store });
  const discarded: string[] = [];
  const imports = testImports({
    store,
    readTable: createCsvTable(),
    clock,
    imports: {
      ...kept,
      async discard(id) {
        discarded.push(id);
        await kept.discard(id);
      },
    },
  });
  async function* breaking() {
    yield* inPieces(casesCsv(Array.from({ length: 600 }, () => ({}))));
    throw new Error('the connection is gone');
  }
  await expect(imports.preview({ bytes: breaking() })).rejects.toThrow('the connection is gone');
  expect(discarded).toHaveLength(1);
});

test('an import that fails when it is accepted leaves no preview, and its own error is told', async () => {
  const store = createMemoryCases({ lists });
  const kept = createMemoryImports({ cases: store });
  const discarded: string[] = [];
  const run = (discard: (id: string) => Promise<void>) =>
    testImports({
      store,
      readTable: createCsvTable(),
      clock,
      imports: {
        ...kept,
        accept: async () => {
          throw new Error('the code was taken meanwhile');
        },
        async discard(id) {
          discarded.push(id);
          await discard(id);
        },
      },
    }).run({ bytes: inPieces(casesCsv([{}])), dryRun: false });
  await expect(run(kept.discard)).rejects.toThrow('the code was taken meanwhile');
  expect(discarded).toHaveLength(1);
  await expect(kept.find(discarded[0]!)).rejects.toMatchObject({ code: 'IMPORT_UNKNOWN' });
  const failing = run(async () => {
    throw new Error('the disk is full');
  });
  await expect(failing).rejects.toThrow('the code was taken meanwhile');
});

test('an import that is in, though the log could not be written, stays in', async () => {
  const store = createMemoryCases({ lists });
  const imports = createMemoryImports({ cases: store });
  const { run } = createCaseImports({
    store,
    imports,
    readTable: createCsvTable(),
    lists,
    clock,
    published: async () => new Set(),
    recordCustody: async () => {
      throw new Error('the log cannot be written');
    },
  });
  const request = { bytes: inPieces(casesCsv([{}])), dryRun: false };
  await expect(run(request)).rejects.toThrow('the log cannot be written');
  expect(await imports.list()).toMatchObject([{ state: 'imported' }]);
  expect(await store.count({})).toBe(1);
});
