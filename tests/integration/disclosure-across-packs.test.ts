import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleLetter } from '../../scripts/sample/pack-order.ts';
import type { House } from '../../server/compose.ts';
import type { OpenHouse } from '../../server/compose-open.ts';
import { readAll } from '../../server/kernel/blobs.ts';
import type { PackOrder } from '../../server/packs/pack-order.ts';
import { aCase } from '../builders/case.ts';
import { openHouse } from '../builders/open-house.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

// Two packs, one after the other, in the hands of somebody who has both.

const now = new Date('2026-11-23T10:15:00Z');
const folder = temporaryFolder();
let house: House;
let open: OpenHouse;
let dataDir: string;
let order: PackOrder;

beforeAll(async () => {
  ({ house, open, dataDir } = await openHouse({ clock: { now: () => now } }));
  const { letter } = await sampleLetter(now);
  order = {
    sample: true,
    filter: {},
    recipient: 'ministry',
    use: 'complaint',
    letter,
    narratives: [],
    copies: [],
    presence: null,
    supersedes: null,
  };
  await open.cases.insertAll([
    ...several(40, { primaryPopulation: 'pwid', acts: ['threat', 'beating'] }),
    ...several(30, { primaryPopulation: 'sw', oblast: 'osh', acts: ['extortion'] }),
    ...several(30, { perpetrators: ['private-person'], month: '2021-09' }),
  ]);
}, 60_000);
afterAll(async () => {
  await house?.close();
  for (const left of [folder, dataDir, `${dataDir}.key`]) {
    rmSync(left, { recursive: true, force: true });
  }
});

function several(count: number, changes: Parameters<typeof aCase>[0]) {
  return Array.from({ length: count }, () => aCase(changes));
}

async function previewed() {
  return await open.previewDisclosure(order, await open.gatherPack(order, now), now);
}

/** Every count of a pack's tables, by table and code, read from its files alone. */
async function countsIn(blob: string, name: string): Promise<Map<string, number>> {
  const zip = path.join(folder, `${name}.zip`);
  writeFileSync(zip, await readAll(open.blobs.read(blob)));
  execFileSync('unzip', ['-q', zip, '-d', path.join(folder, name)]);
  const root = path.join(folder, name, readdirSync(path.join(folder, name))[0]!);
  const tables = path.join(root, 'data/statistics');
  const counts = new Map<string, number>();
  for (const file of readdirSync(tables)) {
    const [, ...rows] = readFileSync(path.join(tables, file), 'utf8').trim().split('\r\n');
    for (const row of rows) {
      const cells = row.split(',');
      counts.set(`${file}/${cells[0]}`, Number(cells.at(-3)));
      counts.set(`${file}/base`, Number(cells.at(-2)));
    }
  }
  return counts;
}

test('a pack that would give one new case away is refused; one that hides it goes out', async () => {
  const first = await open.buildPack(order);
  expect((await previewed()).report).toMatchObject({ earlierPacks: 1, findings: [] });

  const alone = aCase({ primaryPopulation: 'sw', oblast: 'osh', acts: ['extortion'] });
  await open.cases.insertAll([alone]);
  const { report, refusal } = await previewed();
  expect(refusal?.code).toBe('DISCLOSURE_RISK');
  expect(refusal?.message).toContain('law-enforcement-act/extortion');
  expect(refusal?.message).not.toContain(alone.registryCode);
  expect(report.findings).toContainEqual({
    kind: 'difference',
    cells: [{ table: 'law-enforcement-population', code: 'sw' }],
    packs: [first.id],
    cases: [alone.registryCode],
  });
  await expect(open.buildPack(order)).rejects.toMatchObject({ code: 'DISCLOSURE_RISK' });
  expect((await open.packs.list(10)).map(({ id }) => id)).toEqual([first.id]);
  // What was refused is not remembered as if it had gone out.
  expect((await previewed()).report.earlierPacks).toBe(1);

  await open.cases.insertAll(
    several(12, { primaryPopulation: 'sw', oblast: 'osh', acts: ['extortion'] }),
  );
  const second = await open.buildPack(order);
  const [before, after] = [await countsIn(first.blob, 'one'), await countsIn(second.blob, 'two')];
  expect(before.size).toBeGreaterThan(8);
  expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
  const changes = [...after].map(([key, count]) => count - before.get(key)!);
  expect(new Set(changes)).toEqual(new Set([0, 13]));
}, 240_000);
