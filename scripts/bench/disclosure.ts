import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { openDatabase } from '../../server/adapters/sqlite/sqlite-database.ts';
import { createSqliteReleaseLedger } from '../../server/adapters/sqlite/sqlite-release-ledger.ts';
import { openVault } from '../../server/adapters/vault/vault.ts';
import type { CaseRecord } from '../../server/cases/case.ts';
import { DEFAULT_CODE_LISTS as lists } from '../../server/cases/codes/code-lists.ts';
import { NO_CONSENT } from '../../server/cases/consent/consent.ts';
import { createDisclosureControl } from '../../server/cases/disclosure/disclosure-control.ts';
import { publishedCells } from '../../server/cases/disclosure/published-cells.ts';
import type { Release } from '../../server/cases/disclosure/release.ts';
import { summariseCases } from '../../server/cases/figures/summarise-cases.ts';
import { newId } from '../../server/kernel/ids.ts';
import { createSeededRandom, type SeededRandom } from '../sample/seeded-random.ts';
import { againstLimit, type Comparison, seconds } from './measure.ts';

const CASES = 700;
const LIMIT_MS = 1_000;
const ROUNDS = 5;

/** 700 cases counted, traced and judged against a sealed ledger of the packs that came before. */
export async function benchDisclosure(folder: string): Promise<Comparison> {
  const keyFile = path.join(folder, 'vault.key');
  writeFileSync(keyFile, Buffer.alloc(32, 'key'));
  const dataDir = path.join(folder, 'data');
  const database = await openDatabase({ dataDir });
  try {
    const { sealer } = (await openVault({ dataDir, database, keyFile }))!;
    const ledger = createSqliteReleaseLedger({ database, sealer });
    const control = createDisclosureControl({ ledger });
    const random = createSeededRandom('bench/disclosure');
    const cases = Array.from({ length: CASES }, () => drawCase(random));
    // The pack of every quarter, of every half-year, and of all that was there at four moments.
    const spans = [
      ...QUARTERS.map((quarter) => [quarter]),
      ...[0, 2, 4, 6].map((at) => QUARTERS.slice(at, at + 2)),
      ...[2, 4, 6, 8].map((end) => QUARTERS.slice(0, end)),
    ];
    for (const [known, span] of spans.entries()) {
      const within = cases.filter(({ month }) => span.includes(quarterOf(month)));
      await ledger.add(releaseOf(`EP-${known}`, span.join(), within), known);
    }
    const values: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      values.push(1_000 * (await seconds(() => control.check(releaseOf('EP-new', 'all', cases)))));
    }
    return againstLimit({
      name: `disclosure check of ${CASES} cases with ${spans.length} packs in the ledger`,
      limit: LIMIT_MS,
      values,
      unit: 'ms',
    });
  } finally {
    await database.destroy();
  }
}

const MONTHS = [2024, 2025].flatMap((year) =>
  Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`),
);
const quarterOf = (month: string) =>
  `${month.slice(0, 4)}-q${Math.ceil(Number(month.slice(5)) / 3)}`;
const QUARTERS = [...new Set(MONTHS.map(quarterOf))];

function releaseOf(pack: string, scope: string, cases: readonly CaseRecord[]): Release {
  const cells = publishedCells(summariseCases(cases, lists), cases, lists);
  const releasedAt = '2026-01-10T06:00:00Z';
  return { pack, releasedAt, recipient: 'ministry', scope, cells, narratives: [], media: [] };
}

function drawCase(random: SeededRandom): CaseRecord {
  const draw = (list: 'population' | 'perpetrator' | 'place' | 'oblast' | 'readiness') =>
    random.pick(lists[list]).code;
  const population = draw('population');
  const id = newId();
  return {
    id,
    registryCode: id,
    month: random.pick(MONTHS),
    date: null,
    oblast: draw('oblast'),
    district: null,
    site: null,
    nearOstSite: random.pick(['yes', 'no']),
    primaryPopulation: population,
    populations: [population],
    perpetrators: [draw('perpetrator')],
    acts: random
      .shuffled(lists.act)
      .slice(0, 1 + random.below(3))
      .map(({ code }) => code),
    place: draw('place'),
    durationMinutes: null,
    response: null,
    services: [],
    ageGroup: null,
    gender: null,
    readiness: draw('readiness'),
    narrative: {},
    consent: { narrative: NO_CONSENT, media: NO_CONSENT },
  };
}
