import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createLoopbackBlobs } from '../../server/adapters/loopback-blobs.ts';
import { aVault } from '../builders/open-vault.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';
import { createMemoryBlobs } from '../fakes/memory-blobs.ts';

async function serve(bytes: Uint8Array, blobs = createMemoryBlobs()) {
  const loopback = createLoopbackBlobs({ blobs });
  onTestFinished(() => loopback.close());
  const { id } = await blobs.put([bytes]);
  return { blobs, loopback, id, opened: await loopback.open(id) };
}

async function get(url: string, headers: Record<string, string> = {}, method = 'GET') {
  const response = await fetch(url, { headers, method });
  return { response, body: Buffer.from(await response.arrayBuffer()) };
}

test('gives the whole, parts, and sizes', async () => {
  const bytes = randomBytes(3_000_000);
  const { url } = (await serve(bytes)).opened;
  const whole = await get(url);
  expect(whole.response.status).toBe(200);
  expect(whole.response.headers.get('accept-ranges')).toBe('bytes');
  expect(Buffer.compare(whole.body, bytes)).toBe(0);
  const part = await get(url, { range: 'bytes=65530-65545' });
  expect(part.response.status).toBe(206);
  expect(part.response.headers.get('content-range')).toBe('bytes 65530-65545/3000000');
  expect(Buffer.compare(part.body, bytes.subarray(65_530, 65_546))).toBe(0);
  const end = await get(url, { range: 'bytes=-5' });
  expect(Buffer.compare(end.body, bytes.subarray(-5))).toBe(0);
  const head = await get(url, {}, 'HEAD');
  expect(head.response.headers.get('content-length')).toBe('3000000');
  expect(head.body).toHaveLength(0);
  const behind = await get(url, { range: 'bytes=3000000-' });
  expect(behind.response.status).toBe(416);
  expect(behind.response.headers.get('content-range')).toBe('bytes */3000000');
  expect((await get(url, {}, 'POST')).response.status).toBe(405);
});

test('listens on the loopback alone, and answers nobody without the token', async () => {
  const { url } = (await serve(Buffer.from('secret'))).opened;
  const { port, origin, pathname } = new URL(url);
  expect(origin).toBe(`http://127.0.0.1:${port}`);
  for (const other of ['/', '/x', `${pathname}x`, pathname.slice(0, -1), '/..%2f', '/?a']) {
    expect((await get(origin + other)).response.status).toBe(404);
  }
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((address) => address !== undefined && !address.internal && address.family === 'IPv4');
  if (outside !== undefined) {
    await expect(fetch(`http://${outside.address}:${port}${pathname}`)).rejects.toThrow();
  }
});

test('a token dies when it is closed, with its transfers; others live on', async () => {
  const { loopback, id, opened } = await serve(randomBytes(64 * 1024 * 1024));
  const other = await loopback.open(id);
  const slow = await fetch(opened.url);
  const reader = slow.body!.getReader();
  await reader.read();
  await opened.close();
  const drained = (async () => {
    while (!(await reader.read()).done);
  })();
  await expect(drained).rejects.toThrow();
  expect((await get(opened.url)).response.status).toBe(404);
  expect((await get(other.url, { range: 'bytes=0-9' })).body).toHaveLength(10);
  await other.close();
  await expect(fetch(other.url)).rejects.toThrow();
  const again = await loopback.open(id);
  expect((await get(again.url, { range: 'bytes=0-9' })).body).toHaveLength(10);
});

test('refuses an unknown blob, and breaks off at a damaged one', async () => {
  const { vault, database } = await aVault();
  const { loopback, id, opened } = await serve(randomBytes(100_000), vault.blobs);
  await expect(loopback.open('nothing')).rejects.toMatchObject({
    code: 'BLOB_UNKNOWN',
  });
  await database.updateTable('blobs').set({ format: 99 }).where('id', '=', id).execute();
  await expect(get(opened.url)).rejects.toThrow();
});

test('ffprobe and ffmpeg seek in an encrypted recording', async () => {
  const clip = path.join(aTemporaryFolder(), 'clip.mp4');
  const make = ['-f', 'lavfi', '-i', 'testsrc2=s=160x120:r=10:d=3', '-c:v', 'libx264', clip];
  execFileSync('ffmpeg', ['-v', 'error', ...make]);
  const { vault } = await aVault();
  const { opened } = await serve(readFileSync(clip), vault.blobs);
  const safe = ['-protocol_whitelist', 'http,tcp', '-format_whitelist', 'mov'];
  // The index of this file is at its end, so that nothing can be read without seeking.
  const { default: spawned } = { default: await import('node:util') };
  const { execFile } = await import('node:child_process');
  const run = spawned.promisify(execFile);
  const probed = await run('ffprobe', [
    ...['-v', 'error', ...safe, '-count_frames', '-select_streams', 'v'],
    ...['-show_entries', 'stream=nb_read_frames,width', '-of', 'csv=p=0', opened.url],
  ]);
  expect(probed.stdout.trim()).toBe('160,30');
  const digestOf = (input: string[]) =>
    run('ffmpeg', ['-v', 'error', ...input, '-f', 'framemd5', '-']).then(({ stdout }) => stdout);
  const direct = await digestOf(['-ss', '1.5', '-i', clip]);
  expect(await digestOf([...safe, '-ss', '1.5', '-i', opened.url])).toBe(direct);
});
