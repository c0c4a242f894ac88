import { rmSync } from 'node:fs';
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHttpClient, listen } from '../builders/http-client.ts';
import { openHouse } from '../builders/open-house.ts';
import { runDalil } from '../builders/run-dalil.ts';
import {
  decodeClip,
  type Sprite,
  type SpriteClip,
  survivingPixels,
  writeSpriteClip,
} from '../builders/sprite-clip.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

// A man who stands for most of a clip is in its empty scene. Other recordings of the camera know better.

const folder = temporaryFolder();
const [width, height] = [320, 192];
const [clip, day, evening, elsewhere, larger] = [
  'clip',
  'day',
  'evening',
  'elsewhere',
  'larger',
].map((name) => path.join(folder, `${name}.mp4`)) as [string, string, string, string, string];
const MAN = [144, 72, 20, 60] as const;
const man: Sprite = { colour: [60, 110, 170], boxAt: (f) => (f < 150 ? MAN : null) };
const street: SpriteClip = { width, height, frames: 180, fps: 12, sprites: [man] };

beforeAll(async () => {
  await writeSpriteClip(clip, street);
  const passing: Sprite = { colour: [170, 120, 140], boxAt: (f) => [4 * f - 20, 60, 20, 60] };
  await writeSpriteClip(day, { ...street, frames: 300, sprites: [passing] });
  await writeSpriteClip(evening, { ...street, frames: 240, sprites: [] });
  const wall: Sprite = {
    colour: [120, 128, 128],
    stripes: 6,
    boxAt: () => [0, 0, width, height],
  };
  await writeSpriteClip(elsewhere, { ...street, frames: 60, sprites: [wall] });
  await writeSpriteClip(larger, { ...street, width: 352, frames: 60, sprites: [] });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Analyses as a lawyer does, approves the scene that was found, and redacts. */
async function approvedCopy(name: string, others: readonly string[]) {
  const [plan, out, pictures] = [`${name}.json`, `${name}.mp4`, `${name}-pictures`].map((file) =>
    path.join(folder, file),
  ) as [string, string, string];
  const same = others.length === 0 ? [] : ['--same-camera', ...others];
  const analysed = await runDalil([
    ...['analyse', clip, '--plan', plan, '--pictures', pictures, ...same],
  ]);
  expect(analysed.code).toBe(0);
  const proposed = JSON.parse(await readFile(plan, 'utf8'));
  proposed.emptyScene.approvedBy = 'lawyer';
  await writeFile(plan, JSON.stringify(proposed));
  const redacted = await runDalil(['redact', clip, '--plan', plan, '--out', out, ...same]);
  expect(redacted.code).toBe(0);
  // The analysis was kept with the plan, and is not made again.
  expect(redacted.err).not.toContain('Looking for');
  const frames = await decodeClip(out, width, height);
  expect(frames).toHaveLength(street.frames);
  const left = frames.map((planes, frame) =>
    frame < 150 ? survivingPixels(planes, width, height, MAN) : 0,
  );
  const redness = await rednessAt(await readFile(path.join(pictures, 'empty-scene.png')));
  return { left: Math.max(...left), redness };
}

/** How much more red than blue a picture has where he stands: the street is grey, and he is not. */
async function rednessAt(png: Uint8Array): Promise<number> {
  const [left, top, width, height] = MAN;
  const part = await sharp(png).extract({ left, top, width, height }).png().toBuffer();
  const { channels } = await sharp(part).stats();
  return channels[0]!.mean - channels[2]!.mean;
}

test('by itself such a clip takes him for a part of the street', async () => {
  const { left, redness } = await approvedCopy('alone', []);
  expect(left).toBeGreaterThan(0);
  expect(Math.abs(redness)).toBeGreaterThan(15);
});

test('with others of the camera he is covered, and the picture to approve shows the street', async () => {
  const { left, redness } = await approvedCopy('together', [day, evening]);
  expect(left).toBe(0);
  expect(Math.abs(redness)).toBeLessThan(8);
  expect((await readdir(folder)).filter((name) => name.startsWith('.')).sort()).toEqual([
    '.alone.json.dalil',
    '.together.json.dalil',
  ]);
});

describe('refused by name', () => {
  test.each([
    ['another place', () => [day, elsewhere]],
    ['another size', () => [larger]],
  ])('%s', async (_, others) => {
    const out = path.join(folder, 'refused.mp4');
    const refused = await runDalil(['redact', clip, '--out', out, '--same-camera', ...others()]);
    expect(refused.code).not.toBe(0);
    expect(refused.err).toContain('shows another place or has another size');
    expect(await readdir(folder)).not.toContain('refused.mp4');
  });

  test('a recording that cannot be read, with its place', async () => {
    const broken = path.join(folder, 'broken.mp4');
    await copyFile(import.meta.filename, broken);
    const refused = await runDalil(['analyse', clip, '--same-camera', day, broken]);
    expect(refused.code).not.toBe(0);
    expect(refused.err).toContain('Of the recordings of the same camera, number 2');
    expect(refused.err).not.toContain('broken');
  });

  test('a recording that is named twice', async () => {
    for (const others of [[day, day], [clip]]) {
      const refused = await runDalil(['analyse', clip, '--same-camera', ...others]);
      expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('twice')]);
    }
  });

  test('a result over one of them', async () => {
    const before = await readFile(day);
    const refused = await runDalil(['redact', clip, '--out', day, '--same-camera', day]);
    expect(refused.code).toBe(2);
    expect(Buffer.compare(await readFile(day), before)).toBe(0);
  });
});

test('over the API: the ids of other clips, which the analysis and its picture then rest on', async () => {
  const { house, dataDir } = await openHouse({ works: 'here' });
  const password = 'correct horse battery';
  await house.addUser({ login: 'lawyer', role: 'lawyer', password });
  const { url, stop } = await listen(house);
  try {
    const lawyer = createHttpClient(url);
    await lawyer.signIn('lawyer', password);
    const [id, ...others] = await Promise.all(
      [clip, day, evening].map(async (file) => {
        const upload = { field: 'file', name: 'clip.mp4', bytes: await readFile(file) };
        const received = await lawyer.upload('/api/v1/recordings', { kind: 'clip' }, upload);
        return ((await received.json()) as { id: string }).id;
      }),
    );
    const address = `/api/v1/recordings/${id}`;
    const ask = (query: string) => lawyer.send('POST', `${address}/analysis?sameCamera=${query}`);
    expect((await ask(id!)).status).toBe(400);
    expect((await ask('rec-0')).status).toBe(404);
    const { job } = (await (await ask(others.join(','))).json()) as { job: string };
    const events = await (await lawyer.get(`/api/v1/jobs/${job}/events`)).text();
    expect(events.trim().split('\n\n').at(-1)).toContain('"state":"done"');
    const seen = (await (await lawyer.get(`${address}/analysis`)).json()) as {
      objects: { dwell: { frames: [number, number] } | null }[];
    };
    const stood = seen.objects.flatMap(({ dwell }) => (dwell === null ? [] : [dwell.frames]));
    expect(stood).toHaveLength(1);
    expect(stood[0]![0]).toBeLessThan(15);
    const picture = await lawyer.get(`${address}/pictures/empty-scene`);
    expect(Math.abs(await rednessAt(Buffer.from(await picture.arrayBuffer())))).toBeLessThan(8);
  } finally {
    await stop();
    await house.close();
    rmSync(dataDir, { recursive: true, force: true });
    rmSync(`${dataDir}.key`, { force: true });
  }
});
