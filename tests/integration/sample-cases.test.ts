import { execFileSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { keepSamplePseudonyms, writeSampleCases } from '../../scripts/sample/cases.ts';
import { SAMPLE_STORIES } from '../../scripts/sample/cases-stories.ts';
import { createSqliteCases } from '../../server/adapters/sqlite/sqlite-cases.ts';
import { createSqliteImports } from '../../server/adapters/sqlite/sqlite-imports.ts';
import { createCsvTable } from '../../server/adapters/tables/csv-table.ts';
import { DEFAULT_CODE_LISTS as lists } from '../../server/cases/codes/code-lists.ts';
import { findDisclosures } from '../../server/cases/disclosure/find-disclosures.ts';
import { publishedCells } from '../../server/cases/disclosure/published-cells.ts';
import { summariseCases } from '../../server/cases/figures/summarise-cases.ts';
import type { CaseStore } from '../../server/cases/ports.ts';
import { createSelectCases } from '../../server/cases/registry/select-cases.ts';
import { approveNarrative, reviewNarrative } from '../../server/cases/review/narrative-review.ts';
import { testImports } from '../builders/case-imports.ts';
import { openCasesDatabase } from '../builders/cases-database.ts';
import { createPlainVault } from '../fakes/plain-vault.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'dalil-sample-'));
afterAll(() => rm(folder, { recursive: true }));
const clock = { now: () => new Date('2026-11-23T10:15:00Z') };

async function write(name: string, seed: string) {
  const file = path.join(folder, name);
  expect(await writeSampleCases({ path: file, seed })).toEqual({ rowCount: 1_300 });
  return file;
}
const sha256sum = (file: string) =>
  execFileSync('sha256sum', [file], { encoding: 'utf8' }).slice(0, 64);

function importsInto(db: Awaited<ReturnType<typeof openCasesDatabase>>['db'], store: CaseStore) {
  const imports = createSqliteImports({ db, ...createPlainVault(), purge: async () => undefined });
  return testImports({ store, imports, readTable: createCsvTable(), clock }).run;
}

const file = await write('cases.csv', 'dalil');
const { db } = await openCasesDatabase();
const store = createSqliteCases({ db, ...createPlainVault(), lists });
const importCases = importsInto(db, store);
const report = await importCases({ bytes: createReadStream(file), dryRun: false });
const selectCases = createSelectCases({ store });
const select = (purpose: 'counted' | 'narrative') =>
  selectCases({ filter: {}, purpose, recipient: 'ministry', at: clock.now() });

test('one seed gives the same bytes, another seed others', async () => {
  expect(sha256sum(await write('again.csv', 'dalil'))).toBe(sha256sum(file));
  expect(sha256sum(await write('other.csv', 'else'))).not.toBe(sha256sum(file));
});

test('all of it imports, and all may be counted', async () => {
  expect(report).toMatchObject({ accepted: true, importedCount: 1_300, withoutBasisCount: 0 });
  expect((await select('counted')).leftOut).toEqual([]);
});

test('the figures are those that were published', async () => {
  const summary = summariseCases((await select('counted')).selected, lists);
  expect(summary).toMatchObject({
    documented: 1_300,
    years: { from: '2020', to: '2021' },
    lawEnforcement: { count: 668, base: 1_300 },
    nearOstSites: { count: 212, base: 668 },
  });
  const rows = summary.byPrimaryPopulation;
  expect(rows.slice(0, 2)).toMatchObject([
    { code: 'pwid', count: 394, base: 668, percent: 59 },
    { code: 'sw', count: 227, base: 668, percent: 34 },
  ]);
  expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(668);
  const readiness = summary.tables.find((one) => one.name === 'readiness');
  expect(readiness?.rows.find((row) => row.code === 'not-prepared')?.percent).toBe(43);
});

test('the figures of the sample tell of nobody, alone or twice', async () => {
  const { selected } = await select('counted');
  const cells = publishedCells(summariseCases(selected, lists), selected, lists);
  const release = {
    pack: 'EP-1',
    releasedAt: '2026-11-23T10:15:00Z',
    recipient: 'ministry',
    scope: '{}',
    cells,
    narratives: [],
    media: [],
  };
  expect(cells.length).toBeGreaterThan(20);
  expect(findDisclosures(release, [])).toEqual([]);
  expect(findDisclosures({ ...release, pack: 'EP-2' }, [release])).toEqual([]);
});

test('every seed gives those figures', async () => {
  for (const seed of ['1', '2', '3']) {
    const other = await openCasesDatabase();
    const cases = createSqliteCases({ db: other.db, ...createPlainVault(), lists });
    const run = importsInto(other.db, cases);
    await run({ bytes: createReadStream(await write(`${seed}.csv`, seed)), dryRun: false });
    expect(await cases.count({ lawEnforcement: true })).toBe(668);
    expect(await cases.count({ lawEnforcement: true, nearOstSite: 'yes' })).toBe(212);
    expect(await cases.count({ minimumConsent: 'C2' })).toBe(4);
    await other.db.destroy();
  }
});

describe('the four published stories', () => {
  test('are the only narratives a ministry may get', async () => {
    const { selected } = await select('narrative');
    expect(selected.map((one) => one.month)).toEqual(['2021-02', '2021-03', '2021-10', '2021-12']);
    for (const one of selected) expect(one.date).toBeNull();
  });

  test('are clean but for the changed names, which the lawyer keeps', async () => {
    const { selected } = await select('narrative');
    for (const { narrative } of selected) {
      const spans = reviewNarrative({ narrative, decisions: [] });
      const names = SAMPLE_STORIES.flatMap((story) => Object.values(story.pseudonym));
      expect(spans.map((span) => span.surface).filter((one) => !names.includes(one))).toEqual([]);
      expect(() => approveNarrative({ narrative, decisions: [] })).toThrow();
      const decisions = keepSamplePseudonyms(narrative, '2026-11-23T10:15:00Z');
      expect(approveNarrative({ narrative, decisions }).texts).toEqual(narrative);
    }
  });

  test('stand in three languages', async () => {
    for (const { narrative } of (await select('narrative')).selected) {
      expect(narrative.ky).toMatch(/[ңөү]/);
      expect(narrative.ru).toMatch(/^ОБРАЗЕЦ\. В \p{Ll}+ 2021 года /u);
      expect(narrative.en).toMatch(/^SAMPLE\. In \w+ 2021 /);
    }
  });
});

test('every narrative says that it is a sample, and no word hurts', async () => {
  const { selected } = await select('counted');
  for (const { narrative } of selected) {
    const texts = Object.values(narrative);
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) expect(text).toMatch(/^(?:ҮЛГҮ|ОБРАЗЕЦ|SAMPLE)\. /);
  }
  expect(await readFile(file, 'utf8')).not.toMatch(/наркоман|addict|проститут|junkie/i);
});
