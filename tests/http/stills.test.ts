import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleLetter } from '../../scripts/sample/pack-order.ts';
import { compose, type House } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { casesCsv } from '../builders/cases-csv.ts';
import { encodeHeif } from '../builders/heif.ts';
import { createHttpClient, type HttpClient, listen } from '../builders/http-client.ts';
import { runDalil } from '../builders/run-dalil.ts';
import { writeSpriteClip } from '../builders/sprite-clip.ts';
import { markedPlan, noisePicture } from '../builders/still.ts';
import { tagsBeyondAllowed } from '../builders/still-tags.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

// Stills over the API: one that a phone made, and one that is taken from a clip.

const folder = temporaryFolder();
const password = 'correct horse battery';
const NOW = new Date('2026-11-24T10:00:00Z');
const clip = path.join(folder, 'clip.mp4');
let house: House;
let stop: () => Promise<void>;
let client: HttpClient;

beforeAll(async () => {
  const keyFile = path.join(folder, 'vault.key');
  writeFileSync(keyFile, Buffer.alloc(32, 'key'), { mode: 0o600 });
  const config = readConfig({
    DALIL_DATA: path.join(folder, 'data'),
    DALIL_VAULT_KEYFILE: keyFile,
  });
  house = await compose(config, { works: 'here', clock: { now: () => NOW } });
  await house.addUser({ login: 'lawyer', role: 'lawyer', password });
  const listening = await listen(house);
  stop = listening.stop;
  client = createHttpClient(listening.url);
  await client.signIn('lawyer', password);
  await client.send('POST', '/api/v1/vault', {
    keyFile: Buffer.alloc(32, 'key').toString('base64'),
  });
  const bytes = Buffer.from(casesCsv(Array.from({ length: 40 }, () => ({}))));
  await client.upload('/api/v1/cases/import', {}, { field: 'table', name: 'cases.csv', bytes });
  await writeSpriteClip(clip, {
    width: 160,
    height: 96,
    frames: 60,
    fps: 10,
    sprites: [{ colour: [200, 90, 160], boxAt: (f) => (f < 40 ? [2 * f, 30, 12, 30] : null) }],
  });
});
afterAll(async () => {
  await stop?.();
  await house?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Sends, expects a success, and gives the answer. */
async function well<Answer>(answer: Promise<Response>): Promise<Answer> {
  const response = await answer;
  const body = (await response.json()) as Answer;
  expect(response.ok, JSON.stringify(body)).toBe(true);
  return body;
}

interface Job {
  readonly state: string;
  readonly output: { copy?: string } | null;
  readonly error?: { code: string } | null;
}

async function ended(started: Promise<Response>): Promise<Job> {
  const { job } = await well<{ job: string }>(started);
  await (await client.get(`/api/v1/jobs/${job}/events`)).text();
  return await well<Job>(client.get(`/api/v1/jobs/${job}`));
}

async function takenIn(kind: 'clip' | 'still', name: string, bytes: Uint8Array): Promise<string> {
  const ownerConsent = { takenBy: 'lawyer', takenOn: '2021-12-01', expiresOn: null };
  const { id } = await well<{ id: string }>(
    client.upload(
      '/api/v1/recordings',
      { kind, ownerConsent: JSON.stringify(ownerConsent) },
      { field: 'file', name, bytes },
    ),
  );
  return `/api/v1/recordings/${id}`;
}

const contentOf = async (copy: string) => {
  const response = await client.get(`/api/v1/copies/${copy}/content`);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
};

test('a HEIC that was taken in comes out as a bare JPEG', async () => {
  const heic = encodeHeif(await noisePicture(96, 64).png().toBuffer());
  const of = await takenIn('still', 'IMG_0042.HEIC', heic);
  await well(client.send('PUT', `${of}/plan`, { after: 0, plan: markedPlan([0, 0, 32, 32]) }));
  const { output } = await ended(client.send('POST', `${of}/redactions`, { planVersion: 1 }));
  const bytes = await contentOf(output!.copy!);
  expect(tagsBeyondAllowed(bytes, 'jpg')).toEqual([]);
  const stills = await client.send('POST', `${of}/stills`, { planVersion: 1, at: '1' });
  expect(stills.status).toBe(422);
  expect(await stills.json()).toMatchObject({ code: 'STILL_TIME_INVALID' });
});

describe('a still of a clip', () => {
  let of: string;
  const plans: object[] = [];

  beforeAll(async () => {
    of = await takenIn('clip', 'gate.mp4', readFileSync(clip));
    const early = await client.send('POST', `${of}/stills`, { planVersion: 1, at: '1' });
    expect(early.status).toBe(404);
    await ended(client.send('POST', `${of}/analysis`));
    const { proposedPlan } = await well<{ proposedPlan: { emptyScene: object } }>(
      client.get(`${of}/analysis`),
    );
    const emptyScene = { ...proposedPlan.emptyScene, approvedBy: 'lawyer' };
    plans.push(proposedPlan, { ...proposedPlan, emptyScene });
    for (const [after, plan] of plans.entries()) {
      await well(client.send('PUT', `${of}/plan`, { after, plan }));
    }
  });

  test('is the one that the command makes, byte for byte', async () => {
    const request = { planVersion: 2, at: '00:00:02.000', as: 'png' };
    const { output } = await ended(client.send('POST', `${of}/stills`, request));
    const [plan, out] = [path.join(folder, 'plan.json'), path.join(folder, 'still.png')];
    writeFileSync(plan, JSON.stringify(plans[1]));
    const { code } = await runDalil([
      ...['redact', clip, '--at', '2', '--plan', plan, '--out', out],
    ]);
    expect(code).toBe(0);
    const bytes = await contentOf(output!.copy!);
    expect(Buffer.compare(bytes, readFileSync(out))).toBe(0);
    expect(tagsBeyondAllowed(bytes, 'png')).toEqual([]);
    const { copies } = await well<{ copies: Array<Record<string, unknown>> }>(
      client.get(`${of}/copies`),
    );
    expect(copies.find(({ id }) => id === output!.copy)).toMatchObject({
      mediaType: 'image/png',
      mode: 'moving',
      emptyScene: 'approved',
    });
  });

  test('cannot be sealed while nobody approved the empty scene', async () => {
    const letter = (await sampleLetter(NOW)).letter;
    const title = { ky: 'Көчө', ru: 'Улица', en: 'A street' };
    const sealed = async (planVersion: number) => {
      const request = { planVersion, at: '2', as: 'jpeg' };
      const { output } = await ended(client.send('POST', `${of}/stills`, request));
      const copies = [{ copy: output!.copy!, title, shows: [] }];
      const order = { sample: true, recipient: 'ministry', letter, copies };
      return await well(client.send('POST', '/api/v1/packs/preview', order));
    };
    expect(await sealed(1)).toMatchObject({ blocked: [{ code: 'COPY_NOT_APPROVED' }] });
    expect(await sealed(2)).toMatchObject({ blocked: [] });
  });

  test('at a time after the end fails by name, and there is no copy', async () => {
    const before = await (await client.get(`${of}/copies`)).text();
    const job = await ended(client.send('POST', `${of}/stills`, { planVersion: 2, at: '6:00' }));
    expect(JSON.stringify(job)).toContain('STILL_TIME_OUTSIDE');
    expect(await (await client.get(`${of}/copies`)).text()).toBe(before);
  });

  test.each(['', '-1', 'soon', '1,5'])('at %j is refused at the door', async (at) => {
    const response = await client.send('POST', `${of}/stills`, { planVersion: 2, at });
    expect(response.status).toBe(400);
  });
});
