import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sampleLetter } from '../../scripts/sample/pack-order.ts';
import { compose } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { casesCsv } from '../builders/cases-csv.ts';
import { createPersistentClient, type PersistentClient } from '../builders/persistent-client.ts';
import { runDalil } from '../builders/run-dalil.ts';
import { type ServedDalil, serveDalil } from '../builders/served-dalil.ts';
import { writeSpriteClip } from '../builders/sprite-clip.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

// The whole job over HTTP, five times, and in each the service is killed at two random moments and
// started again. The client asks again what got no answer. Nothing may be lost, nothing done twice, and
// every pack must be the one that an undisturbed sealing of its draft gives, byte for byte.

/** Two kills in each: work that is broken off three times is given up, as it should be. */
const ROUNDS = 5;
const folder = temporaryFolder();
const dataDir = path.join(folder, 'data');
const keyFile = path.join(folder, 'vault.key');
const password = 'correct horse battery';
const house = () => compose(readConfig({ DALIL_DATA: dataDir, DALIL_VAULT_KEYFILE: keyFile }), {});
let service: ServedDalil | null = null;

afterAll(async () => {
  await service?.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** From the upload to the pack; each step may be asked for again. Gives what came out. */
async function mainJob(client: PersistentClient, round: number, clip: Buffer) {
  const table = Buffer.from(
    casesCsv(Array.from({ length: 40 }, (_, i) => ({ registry_code: `R-${round}-${i}` }))),
  );
  const imported = await client.ask((one) =>
    one.upload(
      '/api/v1/cases/import',
      {},
      { field: 'table', name: 'cases.csv', bytes: table },
      { 'idempotency-key': `table-of-round-${round}` },
    ),
  );
  expect(imported.status).toBe(200);
  const received = await client.ask((one) =>
    one.upload(
      '/api/v1/recordings',
      {
        kind: 'clip',
        ownerConsent: JSON.stringify({
          takenBy: 'lawyer',
          takenOn: '2021-12-01',
          expiresOn: null,
        }),
      },
      { field: 'file', name: 'clip.mp4', bytes: clip },
      { 'idempotency-key': `recording-of-round-${round}` },
    ),
  );
  const { id } = (await received.json()) as { id: string };
  const at = `/api/v1/recordings/${id}`;
  await client.follow(await client.ask((one) => one.send('POST', `${at}/analysis`)));
  const analysis = (await (await client.ask((one) => one.get(`${at}/analysis`))).json()) as {
    proposedPlan: { emptyScene: object };
  };
  const { proposedPlan } = analysis;
  const emptyScene = { ...proposedPlan.emptyScene, approvedBy: 'lawyer' };
  const plan = { ...proposedPlan, emptyScene };
  const saved = await client.ask((one) => one.send('PUT', `${at}/plan`, { after: 0, plan }));
  // 409: the plan was saved, but the answer was lost.
  expect([200, 409]).toContain(saved.status);
  const { copy } = (await client.follow(
    await client.ask((one) => one.send('POST', `${at}/redactions`, { planVersion: 1 })),
  )) as { copy: string };
  const order = {
    sample: true,
    recipient: 'ministry',
    letter: (await sampleLetter(new Date('2022-03-01T00:00:00Z'))).letter,
    copies: [{ copy, title: { ky: 'Көчө', ru: 'Улица', en: 'A street' }, shows: [] }],
  };
  const { pack } = (await client.follow(
    await client.ask((one) =>
      one.send('POST', '/api/v1/packs', order, { 'idempotency-key': `pack-of-round-${round}` }),
    ),
  )) as { pack: string };
  const content = await client.ask((one) => one.get(`/api/v1/packs/${pack}/content`));
  const media = await client.ask((one) => one.get(`/api/v1/copies/${copy}/content`));
  return {
    pack,
    zip: Buffer.from(await content.arrayBuffer()),
    copySha256: createHash('sha256')
      .update(Buffer.from(await media.arrayBuffer()))
      .digest('hex'),
  };
}

test('killed at ten random moments, it ends with the same packs', async () => {
  writeFileSync(keyFile, Buffer.alloc(32, 'key'));
  const file = path.join(folder, 'clip.mp4');
  await writeSpriteClip(file, {
    width: 160,
    height: 96,
    frames: 60,
    fps: 10,
    sprites: [{ colour: [200, 90, 160], boxAt: (f) => (f < 40 ? [2 * f, 30, 12, 30] : null) }],
  });
  const clip = readFileSync(file);
  const before = await house();
  await before.addUser({ login: 'lawyer', role: 'lawyer', password });
  const { publicKeyPem } = await before.open!.keys.signer('pack');
  await before.close();
  writeFileSync(path.join(folder, 'key.pem'), publicKeyPem);

  const client = createPersistentClient('lawyer', password);
  service = await serveDalil({ dataDir, keyFile });
  client.moveTo(service.url);
  const began = performance.now();
  const made = [await mainJob(client, 0, clip)];
  const wholeMs = performance.now() - began;
  for (let round = 1; round <= ROUNDS; round++) {
    const working = mainJob(client, round, clip);
    working.catch(() => {});
    const momentsMs = [Math.random(), Math.random()]
      .map((share) => share * wholeMs)
      .sort((a, b) => a - b);
    let passedMs = 0;
    for (const momentMs of momentsMs) {
      await new Promise((resolve) => setTimeout(resolve, momentMs - passedMs));
      passedMs = momentMs;
      await service.end('SIGKILL');
      service = await serveDalil({ dataDir, keyFile });
      client.moveTo(service.url);
    }
    made.push(
      await working.catch((cause: unknown) => {
        throw new Error(`killed after ${momentsMs} ms of ${wholeMs}`, { cause });
      }),
    );
  }
  await service.end('SIGTERM');

  const after = await house();
  try {
    const open = after.open!;
    expect(await open.packs.list(100)).toHaveLength(ROUNDS + 1);
    expect(await open.recordings.listRecordings(100)).toHaveLength(ROUNDS + 1);
    expect(await open.cases.count({})).toBe(40 * (ROUNDS + 1));
    expect(await open.custody.audit()).toMatchObject({ intact: true });
    expect(new Set(made.map(({ copySha256 }) => copySha256)).size).toBe(1);
    expect(new Set(made.map(({ pack }) => pack)).size).toBe(ROUNDS + 1);
    for (const { pack, zip } of made) {
      const zipFile = path.join(folder, 'pack.zip');
      writeFileSync(zipFile, zip);
      const verified = await runDalil(['verify', zipFile, '--key', path.join(folder, 'key.pem')]);
      expect(verified.out).toMatch(/^VALID/);
      const { statement } = (await open.packs.sealed(pack))!;
      // The statement names the digest of the list of every file outside of seal/.
      expect((await open.sealPack(pack)).statement).toBe(statement);
    }
  } finally {
    await after.close();
  }
  const left = readdirSync(dataDir, { recursive: true, encoding: 'utf8' });
  expect(left.filter((name) => /\.tmp$/.test(name))).toEqual([]);
}, 900_000);
