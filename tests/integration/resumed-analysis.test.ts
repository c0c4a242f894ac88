import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileMediaSource } from '../../server/adapters/ffmpeg/ffmpeg-file-source.ts';
import { createFfmpegMedia } from '../../server/adapters/ffmpeg/ffmpeg-media.ts';
import { createFolderWorkStore } from '../../server/adapters/folder-work-store.ts';
import { createSourceSealedWorkStore } from '../../server/adapters/source-sealed-work-store.ts';
import { createWorkSecret } from '../../server/adapters/work-secret.ts';
import { createAnalyseFootage } from '../../server/footage/analysis/analyse-footage.ts';
import { analysisDigest } from '../../server/footage/analysis/analysis-bytes.ts';
import { progressPlaces } from '../../server/footage/analysis/analysis-progress.ts';
import { runDalil } from '../builders/run-dalil.ts';
import { writeSpriteClip } from '../builders/sprite-clip.ts';
import { aTemporaryFolder, temporaryFolder } from '../builders/temporary-folder.ts';
import { workKey } from '../builders/work-key.ts';

const CLI = path.resolve(import.meta.dirname, '../../server/cli.ts');
const FPS = 12;
const FRAMES = 300;
const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const clip = path.join(folder, 'clip.mkv');
const other = path.join(folder, 'other.mkv');
const media = createFfmpegMedia({ ffmpegPath: '/usr/bin/ffmpeg' });
const analyse = createAnalyseFootage({ media, keptEverySeconds: 5 });

beforeAll(async () => {
  const drawn = path.join(folder, 'drawn.mp4');
  const draw = (at: number) =>
    writeSpriteClip(drawn, {
      width: 160,
      height: 96,
      frames: FRAMES,
      fps: FPS,
      sprites: [
        { colour: [170, 120, 140], boxAt: (f) => [(f + at) % 200, 40, 12, 36] },
        // Comes, stands for a quarter of the clip, and leaves.
        {
          colour: [60, 140, 110],
          boxAt: (f) => [Math.min(f, 45) + Math.max(0, f - 120), 20, 40, 24],
        },
      ],
    });
  const coded = (out: string) =>
    execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', drawn, '-c:v', 'libx264', '-g', '24', out]);
  await draw(0);
  coded(clip);
  for (const name of ['clip.ts', 'clip.h264']) {
    execFileSync('ffmpeg', ['-v', 'error', '-i', clip, '-c', 'copy', path.join(folder, name)]);
  }
  // As many recorders do: no frame is reordered, so the aim lies behind the last key frame's packets.
  const straight = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '12', '-bf', '0'];
  const bare = path.join(folder, 'straight.ts');
  execFileSync('ffmpeg', ['-v', 'error', '-i', drawn, ...straight, bare]);
  await draw(50);
  coded(other);
});

/** Breaks an analysis off in the middle of watching, as a power cut does: nothing is tidied up. */
async function breakOff(
  file: string,
  store: ReturnType<typeof createFolderWorkStore>,
  { after = 0.7 * FRAMES, keptEverySeconds = 5 } = {},
) {
  const cut = new AbortController();
  const job = createAnalyseFootage({ media, keptEverySeconds })({
    source: fileMediaSource(file),
    store,
    signal: cut.signal,
    onProgress({ step, done }) {
      if (step === 'foreground' && done >= after) cut.abort(new Error('power cut'));
    },
  });
  await expect(job).rejects.toThrow('power cut');
}

async function goOn(file: string, store?: ReturnType<typeof createFolderWorkStore>) {
  const watched: number[] = [];
  const analysis = await analyse({
    source: fileMediaSource(file),
    ...(store === undefined ? {} : { store }),
    onProgress({ step, done }) {
      if (step === 'foreground') watched.push(done);
    },
  });
  return { digest: analysisDigest(analysis), watched };
}

/** What an analysis that was never broken off finds. */
const digests = new Map<string, Promise<string>>();
function wholeDigest(file: string): Promise<string> {
  const whole = async () => {
    const { digest, watched } = await goOn(file);
    expect(watched[0]).toBe(1);
    return digest;
  };
  const known = digests.get(file) ?? whole();
  digests.set(file, known);
  return known;
}

describe.each(['clip.mkv', 'clip.ts', 'clip.h264'])(
  'an analysis of %s that was broken off',
  (name) => {
    test('goes on from at most a chunk before, and finds the same', async () => {
      const file = path.join(folder, name);
      const store = createSourceSealedWorkStore(
        createFolderWorkStore(aTemporaryFolder()),
        workKey([file]),
      );
      await breakOff(file, store);
      const resumed = await goOn(file, store);
      // A chunk is five seconds of twelve frames here.
      expect(resumed.watched[0]).toBeGreaterThan(0.7 * FRAMES - 2 * 60);
      expect(resumed.digest).toBe(await wholeDigest(file));
    });
  },
);

test.each(['clip.mkv', 'straight.ts'])(
  'an analysis of %s that was broken off behind its last key frame finds the same',
  async (name) => {
    const file = path.join(folder, name);
    const store = createFolderWorkStore(aTemporaryFolder());
    await breakOff(file, store, { after: FRAMES - 3, keptEverySeconds: 0.5 });
    const resumed = await goOn(file, store);
    expect(resumed.watched.at(-1)).toBe(FRAMES);
    expect(resumed.watched[0]).toBeGreaterThan(FRAMES - 24);
    expect(resumed.digest).toBe(await wholeDigest(file));
  },
);

test('nothing is kept of an analysis that has ended', async () => {
  const kept = aTemporaryFolder();
  const store = createFolderWorkStore(kept);
  const file = path.join(folder, 'clip.ts');
  const first = await goOn(file, store);
  expect(await readdir(kept)).toEqual([]);
  expect(await goOn(file, store)).toEqual(first);
});

test('what was gone on with and failed is begun anew', async () => {
  const kept = aTemporaryFolder();
  const store = createFolderWorkStore(kept);
  await breakOff(clip, store);
  const most = 0.9 * FRAMES;
  // A disk that gives all of the recording the next time.
  const failing: typeof media = {
    ...media,
    withFootage: (source, signal, use) =>
      media.withFootage(source, signal, (footage) =>
        use({
          ...footage,
          async readCells({ onFrame, onTick, ...how }) {
            const from = (how.entry?.fromTick ?? 0) * (FPS / 1000);
            let ticks = 0;
            await footage.readCells({
              ...how,
              onFrame: (frame, at) => (from + at < most ? onFrame(frame, at) : undefined),
              onTick: (tick) => (from + ticks++ < most ? onTick(tick) : undefined),
            });
          },
        }),
      ),
  };
  const failed = createAnalyseFootage({ media: failing })({ source: fileMediaSource(clip), store });
  await expect(failed).rejects.toMatchObject({ code: 'DECODE_ENDED_EARLY' });
  expect(await readdir(kept)).toEqual([]);
  expect((await goOn(clip, store)).digest).toBe(await wholeDigest(clip));
});

test('what was kept before a new beginning does not stand in the way of what is kept after it', async () => {
  const store = createFolderWorkStore(aTemporaryFolder());
  await breakOff(clip, store);
  await breakOff(other, store, { after: 0.25 * FRAMES });
  const resumed = await goOn(other, store);
  expect(resumed.watched[0]).toBeGreaterThan(1);
  expect(resumed.digest).toBe(await wholeDigest(other));
});

test('what is kept of an analysis can be read on its machine alone, with the recording', async () => {
  const state = aTemporaryFolder();
  const kept = aTemporaryFolder();
  await breakOff(
    clip,
    createSourceSealedWorkStore(createFolderWorkStore(kept), workKey([clip], state)),
  );
  const files = (await readdir(kept)).filter((name) => name.endsWith('.bytes'));
  expect(files.length).toBeGreaterThan(0);
  for (const name of files) {
    const bytes = await readFile(path.join(kept, name));
    // What is encrypted cannot be packed; the cells of a scene can, to a small part.
    const packed = execFileSync('gzip', ['-9'], { input: bytes, maxBuffer: 100_000_000 });
    expect(packed.length).toBeGreaterThan(0.99 * bytes.length);
  }
  const foundWith = async (key: ReturnType<typeof workKey>) => {
    const store = createSourceSealedWorkStore(createFolderWorkStore(kept), key);
    return await Promise.all(progressPlaces().map((place) => store.find(place)));
  };
  expect(await foundWith(workKey([other], state))).toEqual([null, null]);
  expect(await foundWith(workKey([clip]))).toEqual([null, null]);
  // With a secret of its own, as whoever hands over work beside a plan has.
  const elsewhere = aTemporaryFolder();
  await createWorkSecret(elsewhere).make();
  expect(await foundWith(workKey([clip], elsewhere))).toEqual([null, null]);
  const own = createSourceSealedWorkStore(createFolderWorkStore(kept), workKey([clip], state));
  expect((await goOn(clip, own)).watched[0]).toBeGreaterThan(1);
});

test('progress that is of other frames is not gone on with', async () => {
  // A store that does not tell recordings apart, as the vault does.
  const store = createFolderWorkStore(aTemporaryFolder());
  await breakOff(clip, store);
  const found = await goOn(other, store);
  expect(found.watched[0]).toBe(1);
  expect(found.digest).toBe(await wholeDigest(other));
});

test('the command goes on after it was killed', async () => {
  const file = path.join(folder, 'long.mp4');
  const loops = ['-stream_loop', '3', '-i', clip, '-c', 'copy', file];
  execFileSync('ffmpeg', ['-v', 'error', ...loops]);
  const plan = path.join(aTemporaryFolder(), 'plan.json');
  const kept = path.join(path.dirname(plan), '.plan.json.dalil', 'analysis');
  const args = [CLI, 'analyse', file, '--plan', plan];
  const killed = spawn(process.execPath, args, { stdio: 'ignore' });
  const ended = once(killed, 'exit');
  const any = async () => (await readdir(kept).catch(() => [])).some((n) => n.endsWith('.json'));
  while (killed.exitCode === null && !(await any())) await wait(20);
  killed.kill('SIGKILL');
  await ended;
  expect(await any()).toBe(true);

  const resumed = await runDalil(['analyse', file, '--plan', plan]);
  expect(resumed.code).toBe(0);
  expect(resumed.err).not.toContain('Looking for the empty scene');
  const whole = await runDalil(['analyse', file, '--json']);
  expect(JSON.parse(await readFile(plan, 'utf8'))).toEqual(JSON.parse(whole.out).plan);
  // Nothing but the analysis is left: no progress, no folder of the run that was killed.
  expect((await readdir(kept)).map((name) => path.extname(name)).sort()).toEqual([
    '.bytes',
    '.json',
  ]);
  expect(await readdir(path.dirname(kept))).toEqual(['analysis']);
});

test('the analysis stays with its plan, so that a copy by it begins at once', async () => {
  const folder = aTemporaryFolder();
  const plan = path.join(folder, 'plan.json');
  expect((await runDalil(['analyse', clip, '--plan', plan])).code).toBe(0);
  const kept = await readdir(path.join(folder, '.plan.json.dalil', 'analysis'));
  expect(kept.filter((name) => name.endsWith('.json'))).toHaveLength(1);

  const elsewhere = path.join(aTemporaryFolder(), 'plan.json');
  await writeFile(elsewhere, await readFile(plan));
  const copyBy = async (planned: string, source = clip, env = {}) => {
    const out = path.join(aTemporaryFolder(), 'copy.mp4');
    const args = ['redact', source, '--plan', planned, '--out', out];
    const { code, err } = await runDalil(args, env);
    return {
      code,
      analysed: err.includes('Looking for'),
      bytes: await readFile(out).catch(() => null),
    };
  };
  const soon = await copyBy(plan);
  expect(soon).toMatchObject({ code: 0, analysed: false });
  const anew = await copyBy(elsewhere);
  expect(anew).toMatchObject({ code: 0, analysed: true });
  expect(Buffer.compare(soon.bytes!, anew.bytes!)).toBe(0);
  // What somebody else analysed, who may have written anything, is not taken.
  const handedOver = await copyBy(plan, clip, { XDG_STATE_HOME: aTemporaryFolder() });
  expect(handedOver).toMatchObject({ code: 0, analysed: true });
  // Who analyses again gets an analysis of now.
  const again = await runDalil(['analyse', clip, '--plan', plan]);
  expect(again.err).toContain('Looking for the empty scene');
  expect(again.err).toContain('.plan.json.dalil');
  // To whoever has another recording it is as if nothing were there.
  expect(await copyBy(plan, other)).toMatchObject({ analysed: true, bytes: null });
});
