import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compose, type House } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { createHttpClient, type HttpClient, listen } from '../builders/http-client.ts';
import { writeSpriteClip } from '../builders/sprite-clip.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

// A service that starts without its secret: what it says meanwhile, and how people open and lock it.

const folder = temporaryFolder();
const password = 'correct horse battery';
const passphrase = 'төрт боз ат жайлоодо';
const now = { at: new Date('2026-11-24T10:00:00Z') };
let house: House;
let lawyer: HttpClient;
let stop: () => Promise<void>;

beforeAll(async () => {
  const config = readConfig({ DALIL_DATA: path.join(folder, 'data') });
  house = await compose(config, { works: 'here', clock: { now: () => now.at } });
  await house.addUser({ login: 'lawyer', role: 'lawyer', password });
  const listening = await listen(house);
  stop = listening.stop;
  lawyer = createHttpClient(listening.url);
  await lawyer.signIn('lawyer', password);
});
afterAll(async () => {
  await stop?.();
  await house?.close();
  rmSync(folder, { recursive: true, force: true });
});

const stateOf = async () => ((await (await lawyer.get('/api/v1/vault')).json()) as object) ?? {};
const open = (secret: object) => lawyer.send('POST', '/api/v1/vault', secret);

test('without a vault everything but signing in and health is refused, and none is made by chance', async () => {
  expect(await stateOf()).toEqual({ state: 'none' });
  const refused = await lawyer.get('/api/v1/cases');
  expect(refused.status).toBe(423);
  expect(await refused.json()).toMatchObject({ code: 'VAULT_LOCKED' });
  expect((await fetch(`${lawyer.url}/healthz`)).status).toBe(200);
  const early = await open({ passphrase });
  expect(early.status).toBe(409);
  expect(await early.json()).toMatchObject({ code: 'VAULT_NOT_MADE' });
  expect(await stateOf()).toEqual({ state: 'none' });
});

test('a vault is made when that is asked for; then it opens with its own secret only', async () => {
  expect((await open({ passphrase: 'short', makes: true })).status).toBe(422);
  expect(await (await open({ passphrase, makes: true })).json()).toEqual({ state: 'open' });
  expect((await lawyer.get('/api/v1/cases')).status).toBe(200);
  const locked = await lawyer.send('DELETE', '/api/v1/vault');
  expect(await locked.json()).toEqual({ state: 'locked' });
  expect((await lawyer.get('/api/v1/cases')).status).toBe(423);
  const wrong = await open({ passphrase: `${passphrase}!` });
  expect(wrong.status).toBe(403);
  expect(await wrong.text()).not.toContain(passphrase);
  const other = await open({ keyFile: Buffer.alloc(32, 7).toString('base64') });
  expect(await other.json()).toMatchObject({ code: 'OTHER_SECRET' });
  expect(await stateOf()).toEqual({ state: 'locked' });
  expect((await open({ passphrase })).status).toBe(200);
  // Open already: a wrong secret is still a wrong one, and it stays open.
  expect((await open({ passphrase: 'not the passphrase' })).status).toBe(403);
  expect(await stateOf()).toEqual({ state: 'open' });
});

test('work that was asked for waits while the vault is locked, and goes on when it opens', async () => {
  await open({ passphrase });
  const clip = path.join(folder, 'clip.mp4');
  await writeSpriteClip(clip, {
    width: 320,
    height: 192,
    frames: 600,
    fps: 25,
    sprites: [{ colour: [200, 90, 160], boxAt: (f) => (f < 500 ? [f / 2, 30, 12, 30] : null) }],
  });
  const received = await lawyer.upload(
    '/api/v1/recordings',
    { kind: 'clip' },
    { field: 'file', name: 'clip.mp4', bytes: readFileSync(clip) },
  );
  const { id } = (await received.json()) as { id: string };
  const started = await lawyer.send('POST', `/api/v1/recordings/${id}/analysis`);
  const { job } = (await started.json()) as { job: string };
  await lawyer.send('DELETE', '/api/v1/vault');
  expect((await lawyer.get(`/api/v1/jobs/${job}`)).status).toBe(423);
  await open({ passphrase });
  const events = await (await lawyer.get(`/api/v1/jobs/${job}/events`)).text();
  expect(events.trim().split('\n\n').at(-1)).toContain('"state":"done"');
  const { attempts } = await house.open!.jobs.find(job);
  expect(attempts).toBe(1);
});

test('guessing is slowed down, for everybody who may open it', async () => {
  await lawyer.send('DELETE', '/api/v1/vault');
  for (let i = 0; i < 5; i++) {
    expect((await open({ passphrase: `a wrong guess ${i}` })).status).toBe(403);
  }
  const limited = await open({ passphrase });
  expect(limited.status).toBe(429);
  expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
  now.at = new Date(now.at.getTime() + 16 * 60_000);
  expect((await open({ passphrase })).status).toBe(200);
});

test('an auditor and a reactor may not', async () => {
  for (const role of ['auditor', 'reactor'] as const) {
    await house.addUser({ login: role, role, password });
    const client = createHttpClient(lawyer.url);
    await client.signIn(role, password);
    expect((await client.send('POST', '/api/v1/vault', { passphrase })).status).toBe(403);
    expect((await client.send('DELETE', '/api/v1/vault')).status).toBe(403);
  }
});
