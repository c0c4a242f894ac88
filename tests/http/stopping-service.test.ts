import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compose } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { createHttpClient } from '../builders/http-client.ts';
import { type ServedDalil, serveDalil } from '../builders/served-dalil.ts';
import { writeSpriteClip } from '../builders/sprite-clip.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

// A service that is told to stop while people wait for it, and one whose disk is full.

const folder = temporaryFolder();
const dataDir = path.join(folder, 'data');
const keyFile = path.join(folder, 'vault.key');
const clip = path.join(folder, 'clip.mp4');
const password = 'correct horse battery';
const services: ServedDalil[] = [];

beforeAll(async () => {
  writeFileSync(keyFile, Buffer.alloc(32, 'key'));
  const config = readConfig({ DALIL_DATA: dataDir, DALIL_VAULT_KEYFILE: keyFile });
  const house = await compose(config);
  await house.addUser({ login: 'lawyer', role: 'lawyer', password });
  await house.close();
  await writeSpriteClip(clip, {
    width: 640,
    height: 360,
    frames: 900,
    fps: 15,
    sprites: [{ colour: [200, 90, 160], boxAt: (f) => (f < 540 ? [f / 2, 30, 24, 60] : null) }],
  });
});
afterAll(async () => {
  for (const service of services) await service.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function serve(options: { largestFileKiB?: number } = {}) {
  const service = await serveDalil({ dataDir, keyFile, ...options });
  services.push(service);
  const lawyer = createHttpClient(service.url);
  expect((await lawyer.signIn('lawyer', password)).status).toBe(201);
  return { service, lawyer };
}

test('who follows a job is told, the job goes on after the next start, and all ends in time', async () => {
  const { service, lawyer } = await serve();
  const received = await lawyer.upload(
    '/api/v1/recordings',
    { kind: 'clip' },
    { field: 'file', name: 'clip.mp4', bytes: readFileSync(clip) },
  );
  const { id } = (await received.json()) as { id: string };
  const started = await lawyer.send('POST', `/api/v1/recordings/${id}/analysis`);
  const { job } = (await started.json()) as { job: string };
  const events = await lawyer.get(`/api/v1/jobs/${job}/events`);
  const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader();
  let told = '';
  while (!told.includes('"state":"running"')) told += (await reader.read()).value;
  const ended = service.end('SIGTERM');
  for (let part = await reader.read(); !part.done; part = await reader.read()) told += part.value;
  expect(told).toMatch(/retry: \d+\nevent: closing\ndata: \{\}\n\n$/);
  const { code, afterMs } = await ended;
  expect(code).toBe(0);
  expect(afterMs).toBeLessThan(25_000);

  const next = await serve();
  const last = await (await next.lawyer.get(`/api/v1/jobs/${job}/events`)).text();
  expect(last.trim().split('\n\n').at(-1)).toContain('"state":"done"');
  expect((await next.service.end('SIGTERM')).code).toBe(0);
});

test('a connection that stays open and says nothing does not keep it', async () => {
  const { service, lawyer } = await serve();
  const { hostname, port } = new URL(lawyer.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write('POST /api/v1/session HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{');
  const { code, afterMs } = await service.end('SIGTERM');
  socket.destroy();
  expect(code).toBe(0);
  expect(afterMs).toBeLessThan(25_000);
});

test('a full disk is 507: nothing is half-stored, and what fits is still served', async () => {
  const { service, lawyer } = await serve({ largestFileKiB: 2_048 });
  const list = async () => await (await lawyer.get('/api/v1/recordings')).json();
  const files = () => readdirSync(path.join(dataDir, 'blobs'), { recursive: true }).sort();
  const [before, kept] = [await list(), files()];
  const bytes = Buffer.alloc(6 * 1024 * 1024, 'x');
  const full = await lawyer.upload(
    '/api/v1/recordings',
    { kind: 'still' },
    { field: 'file', name: 'a.jpg', bytes },
  );
  expect(full.status).toBe(507);
  expect(await full.json()).toMatchObject({ code: 'STORAGE_FULL' });
  expect(await list()).toEqual(before);
  expect((await fetch(`${lawyer.url}/healthz`)).status).toBe(200);
  expect(files()).toEqual(kept);
  expect(service.log()).not.toContain('a.jpg');
});
