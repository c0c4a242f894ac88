import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attackCounts, countsOfPack } from '../../scripts/attack-packs.ts';
import { NO_CONSENT } from '../../server/cases/consent/consent.ts';
import type { House } from '../../server/compose.ts';
import type { OpenHouse } from '../../server/composition/compose-open.ts';
import { readAll } from '../../server/kernel/blobs.ts';
import type { PackOrder } from '../../server/packs/pack-order.ts';
import { aCase, aConsent } from '../builders/case.ts';
import { openHouse } from '../builders/open-house.ts';
import { aPackOrder } from '../builders/pack-order.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

// Two packs, one after the other, in the hands of somebody who has both.

let now = new Date('2026-11-23T10:15:00Z');
const folder = temporaryFolder();
let house: House;
let open: OpenHouse;
let dataDir: string;
let order: PackOrder;

beforeAll(async () => {
  ({ house, open, dataDir } = await openHouse({ clock: { now: () => now } }));
  order = await aPackOrder(now);
  await open.cases.insertAll([
    ...several(40, { primaryPopulation: 'pwid', acts: ['threat', 'beating'] }),
    ...several(30, { primaryPopulation: 'sw', oblast: 'osh', acts: ['extortion'] }),
    ...several(30, { perpetrators: ['private-person'], month: '2021-09' }),
  ]);
});
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

async function written(blob: string, name: string): Promise<string> {
  const file = path.join(folder, `${name}.zip`);
  writeFileSync(file, await readAll(open.blobs.read(blob)));
  return file;
}

/** What pairs of packs give away to somebody who has both, by the attack script. */
async function attacked(one: { blob: string }, two: { blob: string }) {
  const files = [await written(one.blob, 'one'), await written(two.blob, 'two')];
  const [first, second] = files.map(countsOfPack);
  expect(first!.length).toBeGreaterThan(12);
  return { first: first!, second: second!, small: attackCounts(first!, second!, 5) };
}

test('one new case waits; with enough others it is counted; a withdrawn one takes others with it', async () => {
  const first = await open.buildPack(order);
  expect((await previewed()).report).toMatchObject({ earlierPacks: 1, findings: [] });

  const narrative = aConsent({ expiresOn: '2026-11-24' });
  const alone = aCase({
    primaryPopulation: 'sw',
    oblast: 'osh',
    acts: ['extortion'],
    consent: { narrative, media: NO_CONSENT },
  });
  await open.cases.insertAll([alone]);
  const second = await open.buildPack(order);
  expect(second.notes.leftOut).toEqual([{ reason: 'would-stand-out', count: 1 }]);
  const same = await attacked(first, second);
  expect(same.second).toEqual(same.first);
  expect(same.small).toEqual([]);

  await open.cases.insertAll(
    several(12, { primaryPopulation: 'sw', oblast: 'osh', acts: ['extortion'] }),
  );
  const third = await open.buildPack(order);
  expect(third.notes.leftOut).toEqual([]);
  const grown = await attacked(second, third);
  expect(grown.small).toEqual([]);
  const changes = grown.second.map(
    ({ table, code, count }) =>
      count - grown.first.find((one) => one.table === table && one.code === code)!.count,
  );
  expect(new Set(changes)).toEqual(new Set([0, 13]));

  // The consent of the one has ended. Nobody can tell it from those who are left out with it.
  now = new Date('2026-11-25T10:15:00Z');
  const fourth = await open.buildPack(order);
  const reasons = new Map(fourth.notes.leftOut.map(({ reason, count }) => [reason, count]));
  expect(reasons.get('expired')).toBe(1);
  // How many go with it depends on which tables are told more coarsely instead; never too few to hide among.
  expect(reasons.get('would-stand-out')).toBeGreaterThanOrEqual(4);
  expect((await attacked(third, fourth)).small).toEqual([]);

  // The same attack does find somebody where nothing was held back.
  const naive = grown.second.map((one) => ({
    ...one,
    count: one.count - (['sw', 'osh', 'extortion', 'base'].includes(one.code) ? 1 : 0),
  }));
  const found = attackCounts(grown.second, naive, 5);
  expect(found.filter(({ number }) => number === 1).map(({ how }) => how)).toContain(
    'change of law-enforcement-population/sw',
  );
});
