import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { runDalil } from '../builders/run-dalil.ts';
import { writeSpriteClip } from '../builders/sprite-clip.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';

const CLI = path.resolve(import.meta.dirname, '../../server/cli.ts');
const SECONDS_WAITED = 60;
/** Two minutes, and so four chunks. */
const LONG = { width: 160, height: 96, frames: 360, fps: 3 };

test('a redaction that was killed goes on where it was, and gives the same bytes', async () => {
  const folder = await aTemporaryFolder();
  const drawn = path.join(folder, 'drawn.mp4');
  const clip = path.join(folder, 'clip.mp4');
  const walker = {
    colour: [170, 120, 140] as const,
    boxAt: (f: number) => [(2 * f) % 150, 34, 10, 30] as const,
  };
  await writeSpriteClip(drawn, { ...LONG, sprites: [walker] });
  execFileSync('ffmpeg', ['-v', 'error', '-i', drawn, '-c:v', 'libx264', '-g', '6', clip]);
  const out = path.join(folder, 'copy.mp4');
  const chunks = path.join(folder, '.copy.mp4.dalil', 'chunks');
  const kept = async () =>
    (await readdir(chunks).catch(() => [])).filter((name) => name.endsWith('.json'));

  const killed = spawn(process.execPath, [CLI, 'redact', clip, '--out', out], { stdio: 'ignore' });
  for (let turn = 0; turn < 20 * SECONDS_WAITED && (await kept()).length === 0; turn++)
    await wait(50);
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const before = await kept();
  expect(before.length).toBeGreaterThan(0);
  await expect(stat(out)).rejects.toThrow();
  const times = await Promise.all(before.map((name) => stat(path.join(chunks, name))));
  const analysis = path.join(path.dirname(chunks), 'analysis');
  const analysed = await readdir(analysis);
  expect(analysed.filter((name) => name.endsWith('.json'))).toHaveLength(1);

  // What was done is not done again: its files are the same until the copy is there.
  const resumed = spawn(process.execPath, [CLI, 'redact', clip, '--out', out], { stdio: 'ignore' });
  const ended = once(resumed, 'exit');
  let more = 0;
  while (resumed.exitCode === null) {
    more = Math.max(more, (await kept()).length);
    for (const [at, name] of before.entries()) {
      const now = await stat(path.join(chunks, name)).catch(() => null);
      if (now !== null) expect(now.mtimeMs).toBe(times[at]!.mtimeMs);
    }
    const still = await readdir(analysis).catch(() => []);
    if (still.length === analysed.length) expect(still).toEqual(analysed);
    await Promise.race([wait(20), ended]);
  }
  expect(resumed.exitCode).toBe(0);
  expect(more).toBeGreaterThan(before.length);
  expect((await readdir(folder)).sort()).toEqual(['clip.mp4', 'copy.mp4', 'drawn.mp4']);

  const other = path.join(folder, 'whole.mp4');
  expect((await runDalil(['redact', clip, '--out', other])).code).toBe(0);
  expect(Buffer.compare(await readFile(out), await readFile(other))).toBe(0);
});

test('Ctrl-C keeps what was covered, and says so', async () => {
  const folder = aTemporaryFolder();
  const clip = path.join(folder, 'clip.mp4');
  await writeSpriteClip(clip, { ...LONG, sprites: [] });
  const out = path.join(folder, 'copy.mp4');
  const chunks = path.join(folder, '.copy.mp4.dalil', 'chunks');
  const stopped = spawn(process.execPath, [CLI, 'redact', clip, '--out', out], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  stopped.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const kept = async () => (await readdir(chunks).catch(() => [])).some((n) => n.endsWith('.json'));
  for (let turn = 0; turn < 20 * SECONDS_WAITED && !(await kept()); turn++) await wait(50);
  stopped.kill('SIGINT');
  await once(stopped, 'close');
  expect(said).toContain('What was done until now is kept: the same command goes on from there.');
  expect(await kept()).toBe(true);
  // Of the run itself nothing stays.
  expect((await readdir(path.dirname(chunks))).sort()).toEqual(['analysis', 'chunks']);
});
