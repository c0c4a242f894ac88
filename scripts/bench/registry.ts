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

/**
 * A table of 100,000 cases with stories judged, and taken into the encrypted registry on the disk;
 * then pages of it under filters that fit many cases, few, and none.
 */
export async function benchRegistry(folder: string): Promise<Comparison[]> {
  const keyFile = path.join(folder, 'vault.key');
  await writeFile(keyFile, Buffer.alloc(32, 'key'));
  const table = path.join(folder, 'cases.csv');
  await writeFile(table, casesCsv(drawRows()));
  const judging: number[] = [];
  const importing: number[] = [];
  const turning: number[] = [];
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
    if (round === 0) turning.push(...(await turnPages(store)));
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
  ];
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
