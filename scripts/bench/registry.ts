import { createReadStream } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createSqliteCases } from '../../server/adapters/sqlite/sqlite-cases.ts';
import { openDatabase, purgeDeleted } from '../../server/adapters/sqlite/sqlite-database.ts';
import { createSqliteImports } from '../../server/adapters/sqlite/sqlite-imports.ts';
import { createTableReader } from '../../server/adapters/tables/table-reader.ts';
import { openVault } from '../../server/adapters/vault/vault.ts';
import { DEFAULT_CODE_LISTS as lists } from '../../server/cases/codes/code-lists.ts';
import { createCaseImports } from '../../server/cases/import/case-imports.ts';
import type { CaseStore } from '../../server/cases/ports.ts';
import type { CaseFilter } from '../../server/cases/registry/case-filter.ts';
import { createSearchCases } from '../../server/cases/registry/search-cases.ts';
import { casesCsv } from '../../tests/builders/cases-csv.ts';
import { SAMPLE_STORIES } from '../sample/cases-stories.ts';
import { createSeededRandom } from '../sample/seeded-random.ts';
import { againstLimit, type Comparison, percentile, seconds } from './measure.ts';

const CASES = 100_000;
const ROUNDS = 3;
/** The least speed, in rows a second. */
const LEAST_SPEED = 20_000;
const PAGE_MS = 50;
const PAGES = 20;
/** How long a lawyer waits for a word that no case has, at most, and how long anybody else for an answer meanwhile. */
const SEARCH_MS = 30_000;
const HELD_UP_MS = 50;
/** What a search may add to the memory, whatever the number of cases. */
const SEARCH_MB = 64;

/**
 * A table of 100,000 cases with stories judged, and taken into the encrypted registry on the disk;
 * then pages of it under filters that fit many cases, few, and none, and a search that opens them all.
 */
export async function benchRegistry(folder: string): Promise<Comparison[]> {
  const keyFile = path.join(folder, 'vault.key');
  await writeFile(keyFile, Buffer.alloc(32, 'key'));
  const table = path.join(folder, 'cases.csv');
  await writeFile(table, casesCsv(drawRows()));
  const judging: number[] = [];
  const importing: number[] = [];
  const turning: number[] = [];
  const searching: Search[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const dataDir = path.join(folder, `data-${round}`);
    const database = await openDatabase({ dataDir });
    const { sealer, namer } = (await openVault({ dataDir, database, keyFile }))!;
    const store = createSqliteCases({ db: database, sealer, namer, lists });
    const purge = () => purgeDeleted(database);
    const imports = createCaseImports({
      store,
      imports: createSqliteImports({ db: database, sealer, namer, purge }),
      readTable: createTableReader(),
      lists,
      clock: { now: () => new Date('2026-11-27T06:00:00Z') },
      published: async () => new Set(),
      recordCustody: async () => {},
    });
    const run = async (dryRun: boolean) => {
      const { validCount } = await imports.run({ bytes: createReadStream(table), dryRun });
      if (validCount !== CASES) throw new Error('the cases were not imported');
    };
    judging.push(1_000 * (await seconds(() => run(true))));
    importing.push(1_000 * (await seconds(() => run(false))));
    if (round === 0) {
      turning.push(...(await turnPages(store)));
      searching.push(await searchAll(store));
    }
    await database.destroy();
    await rm(dataDir, { recursive: true });
  }
  const limit = (1_000 * CASES) / LEAST_SPEED;
  const unit = 'ms';
  return [
    againstLimit({ name: `judge a table of ${CASES} cases`, limit, values: judging, unit }),
    againstLimit({
      name: `import ${CASES} cases into the encrypted registry`,
      limit,
      values: importing,
      unit,
    }),
    againstLimit({
      name: `a filtered page of 50 of ${CASES} cases, 95th percentile of ${turning.length} pages`,
      limit: PAGE_MS,
      values: [percentile(turning, 0.95)],
      unit,
    }),
    againstLimit({
      name: `search the stories of ${CASES} cases for a word that none has`,
      limit: SEARCH_MS,
      values: searching.map(({ tookMs }) => tookMs),
      unit,
    }),
    againstLimit({
      name: 'how long others wait meanwhile, 95th percentile',
      limit: HELD_UP_MS,
      values: searching.map(({ heldUpMs }) => heldUpMs),
      unit,
    }),
    againstLimit({
      name: 'memory that the search adds, the most that was seen',
      limit: SEARCH_MB,
      values: searching.map(({ addedMb }) => addedMb),
      unit: 'MB',
    }),
  ];
}

interface Search {
  readonly tookMs: number;
  readonly heldUpMs: number;
  readonly addedMb: number;
}

/** Opens every story for a word that none has, page after page, while something else would be done. */
async function searchAll(store: CaseStore): Promise<Search> {
  const search = createSearchCases({ store });
  const waits: number[] = [];
  const heapMb = () => process.memoryUsage().heapUsed / 1_048_576;
  const before = heapMb();
  let most = before;
  let turn = performance.now();
  const others = setInterval(() => {
    waits.push(performance.now() - turn);
    turn = performance.now();
    most = Math.max(most, heapMb());
  }, 0);
  let opened = 0;
  const tookS = await seconds(async () => {
    let after: string | null | undefined;
    while (after !== null) {
      const place = after === undefined ? {} : { after };
      const page = await search({ words: 'ыыыъ', filter: {}, enough: 1, ...place });
      opened += page.opened;
      after = page.next;
    }
  });
  clearInterval(others);
  if (opened !== CASES) throw new Error('not every case was searched');
  return { tookMs: 1_000 * tookS, heldUpMs: percentile(waits, 0.95), addedMb: most - before };
}

const FILTERS: readonly CaseFilter[] = [
  {},
  { acts: ['threat'] },
  { lawEnforcement: true, oblasts: ['osh'] },
  { populations: ['pwid'], fromMonth: '2024-01' },
  { services: ['other'] },
  { acts: ['threat'], perpetrators: ['other'], readiness: ['ready'] },
];

/** How long pages take, in milliseconds, from the first on. */
async function turnPages(store: CaseStore): Promise<number[]> {
  const times: number[] = [];
  for (const filter of FILTERS) {
    let after: string | null | undefined;
    for (let page = 0; page < PAGES && after !== null; page++) {
      const began = performance.now();
      const query = { filter, limit: 50, ...(after === undefined ? {} : { after }) };
      after = (await store.page(query)).next;
      times.push(performance.now() - began);
    }
  }
  return times;
}

function drawRows(): Record<string, string>[] {
  const random = createSeededRandom('bench/registry');
  const pick = (list: 'population' | 'perpetrator' | 'act' | 'place') =>
    random.pick(lists[list]).code;
  return Array.from({ length: CASES }, (_, i) => ({
    registry_code: `B-${i}`,
    happened_on: `20${20 + random.below(6)}-${String(1 + random.below(12)).padStart(2, '0')}`,
    oblast: random.pick(lists.oblast).code,
    primary_population: pick('population'),
    perpetrators: pick('perpetrator'),
    acts: [...new Set([pick('act'), pick('act')])].join('|'),
    place: pick('place'),
    narrative_ru: random.pick(SAMPLE_STORIES).text.ru.slice(0, 300),
  }));
}
