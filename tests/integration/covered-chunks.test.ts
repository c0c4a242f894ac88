import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFfmpegMedia } from '../../server/adapters/ffmpeg/ffmpeg-media.ts';
import { createFolderWorkStore } from '../../server/adapters/folder-work-store.ts';
import type { FootageAnalysis } from '../../server/footage/analysis/analysis.ts';
import { proposePlan } from '../../server/footage/plan/propose-plan.ts';
import type { FootageMedia, OpenFootage } from '../../server/footage/ports.ts';
import { writeBrokenPictures } from '../builders/broken-pictures.ts';
import { createRedactionRun, type RedactionRun } from '../builders/redaction-run.ts';
import { decodeClip, type Sprite, survivingPixels } from '../builders/sprite-clip.ts';

const walker: Sprite = { colour: [170, 120, 140], boxAt: (f) => [3 * f - 20, 70, 20, 60] };
const clip = { width: 320, height: 192, frames: 96, fps: 12, sprites: [walker] };
const FAST = ['-c:v', 'libx264', '-preset', 'veryfast', '-g', '12'];
/** Chunks of two seconds, so that a clip of eight has several. */
const chunking = { targetSeconds: 2, leastSeconds: 1.5, mostFromStart: 4 };
/** Two chunks, for clips of which it only matters that they are read from their middle. */
const halves = { targetSeconds: 4, leastSeconds: 3, mostFromStart: 2 };

describe('a clip that is covered in chunks', () => {
  let run: RedactionRun;
  let drawn: string;
  let file: string;
  let analysis: FootageAnalysis;
  /** The clip covered without anything in between; what was kept of it lies in a folder. */
  let whole: Awaited<ReturnType<RedactionRun['redact']>>;
  let wholeChunks: string;
  const wholeSpans: number[][] = [];
  beforeAll(async () => {
    run = await createRedactionRun();
    drawn = await run.draw(clip);
    file = await coded('mp4', ['-c:v', 'libx264', '-g', '12', '-bf', '2', '-preset', 'fast']);
    analysis = await run.analyse(file);
    wholeChunks = path.join(run.folder, 'whole');
    const store = createFolderWorkStore(wholeChunks);
    whole = await run.redact(file, { analysis, chunking, store, media: watched(wholeSpans) });
  });
  afterAll(() => run.close());

  /** The clip coded in another way. */
  async function coded(extension: string, args: readonly string[]): Promise<string> {
    const other = run.fresh(extension);
    execFileSync('ffmpeg', ['-v', 'error', '-i', drawn, ...args, '-pix_fmt', 'yuv420p', other]);
    return other;
  }
  /** The real media, with the spans that were covered written down. */
  const watched = (spans: number[][], spoil: (job: CoverJob) => CoverJob = (job) => job) =>
    ({
      toolVersions: run.media.toolVersions,
      withFootage: (source, signal, use) =>
        run.media.withFootage(source, signal, (open) =>
          use({
            ...open,
            coverSpan(job) {
              spans.push([...job.span, job.entry === null ? 0 : 1]);
              return open.coverSpan(spoil(job));
            },
          }),
        ),
    }) satisfies FootageMedia;
  const freshStore = () =>
    createFolderWorkStore(path.join(run.folder, `store-${run.fresh('x').slice(-8)}`));

  test('has every frame, proved, in one file that any player reads from end to end', async () => {
    const { outcome, out } = whole;
    expect(wholeSpans.sort((a, b) => a[0]! - b[0]!)).toEqual([
      [0, 24, 0],
      [24, 48, 1],
      [48, 72, 1],
      [72, 96, 1],
    ]);
    expect(outcome.passed).toBe(true);
    const listed = execFileSync(
      'ffprobe',
      [
        '-v',
        'error',
        '-count_frames',
        '-show_entries',
        'stream=nb_read_frames',
        '-of',
        'csv=p=0',
        out,
      ],
      { encoding: 'utf8' },
    );
    expect(listed.trim()).toBe('96');
  });

  test.each([
    ['matroska with reordered frames', 'mkv', [...FAST, '-bf', '3'], 1],
    ['a transport stream', 'ts', [...FAST, '-bf', '0'], 1],
    [
      'a transport stream with open groups',
      'ts',
      [...FAST, '-bf', '3', '-x264-params', 'open-gop=1'],
      1,
    ],
    [
      'HEVC with open groups',
      'mp4',
      [
        '-c:v',
        'libx265',
        '-preset',
        'veryfast',
        '-x265-params',
        'keyint=12:open-gop=1:log-level=none',
      ],
      1,
    ],
    ['AVI with MPEG-4', 'avi', ['-c:v', 'mpeg4', '-g', '12', '-bf', '2', '-q:v', '3'], 1],
    ['a bare stream', 'h264', [...FAST, '-bf', '0'], 0],
    ['an edit list that cuts off the beginning', 'mp4', ['-ss', '0.3', ...FAST], 1],
  ])(
    '%s: passes, and is read from its middle where its times can be trusted',
    async (_, extension, args, jumps) => {
      const other = await coded(extension, args);
      const spans: number[][] = [];
      const { outcome } = await run.redact(other, { chunking: halves, media: watched(spans) });
      expect(outcome.proof.checks.filter((check) => !check.passed)).toEqual([]);
      expect(spans.filter(([, , jumped]) => jumped === 1).length).toBe(jumps);
    },
  );

  test.each([
    { name: 'before a cut', lost: [47], cut: 47 },
    { name: 'on both sides of a cut', lost: [46, 47, 48, 49], cut: 46 },
  ])('Motion JPEG that lacks pictures $name', async ({ lost, cut }) => {
    const other = run.fresh('avi');
    await writeBrokenPictures({ clip: drawn, frames: clip.frames, pictures: lost, file: other });
    const whole = Array.from({ length: clip.frames }, (_, frame) => frame).filter(
      (frame) => !lost.includes(frame),
    );
    const spans: number[][] = [];
    const media = watched(spans);
    const { outcome, out } = await run.redact(other, { chunking: halves, media });
    expect(outcome.proof.checks.filter((check) => !check.passed)).toEqual([]);
    expect(outcome.proof.undecodedFrames).toBe(lost.length);
    expect(spans.sort((a, b) => a[0]! - b[0]!)).toEqual([
      [0, cut, 0],
      [cut, whole.length, 1],
    ]);
    const shown = await decodeClip(out, clip.width, clip.height);
    expect(shown).toHaveLength(whole.length);
    shown.forEach((planes, at) => {
      const place = walker.boxAt(whole[at]!)!;
      expect(survivingPixels(planes, clip.width, clip.height, place)).toBe(0);
    });
  });

  test.each([
    {
      name: 'times that leap twice, between chunks and within one',
      extension: 'mkv',
      args: ['-vf', "setpts='PTS+if(gte(N,30),40/TB,0)+if(gte(N,66),300/TB,0)'"],
      jumps: 4,
      startsAt: 0,
      lasts: 348,
    },
    {
      name: 'a clock that runs over: times begin below zero',
      extension: 'ts',
      // The clock of a transport stream has 33 bits, and this is three seconds before its end.
      args: ['-output_ts_offset', '95440'],
      jumps: 3,
      startsAt: -2.318,
      lasts: 8,
    },
    {
      name: 'a clock that begins again, and was below zero before: read from the start',
      extension: 'ts',
      args: ['-output_ts_offset', '95440'],
      again: true,
      jumps: 0,
      startsAt: -2.318,
      lasts: 16,
    },
  ])('$name', async ({ extension, args, again = false, jumps, startsAt, lasts }) => {
    const coder = ['-c:v', 'libx264', '-g', '12', '-preset', 'veryfast', '-vsync', 'passthrough'];
    const other = await coded(extension, [...coder, ...args]);
    if (again)
      await writeFile(other, Buffer.concat([await readFile(other), await readFile(other)]));
    const seen = await run.analyse(other);
    const [tick, base] = seen.index.timeBase;
    expect((seen.index.ticks[0]! * tick) / base).toBeCloseTo(startsAt, 2);
    const spans: number[][] = [];
    const { outcome, out } = await run.redact(other, {
      analysis: seen,
      chunking,
      media: watched(spans),
    });
    expect(outcome.proof.checks.filter((check) => !check.passed)).toEqual([]);
    expect(spans.filter(([, , jumped]) => jumped === 1).length).toBe(jumps);
    const told = ['-show_entries', 'stream=start_time,duration', '-of', 'csv=p=0', out];
    const [start, seconds] = execFileSync('ffprobe', ['-v', 'error', ...told], { encoding: 'utf8' })
      .split(',')
      .map(Number);
    expect(start).toBe(0);
    expect(seconds).toBeCloseTo(lasts, 1);
  });

  test('the packets of a recording are looked through once, for its analysis and for its chunks', async () => {
    const folder = path.join(run.folder, 'tools');
    await mkdir(folder);
    await symlink('/usr/bin/ffmpeg', path.join(folder, 'ffmpeg'));
    const asked = path.join(folder, 'asked');
    const noting = `#!/bin/sh\necho "$@" >> '${asked}'\nexec /usr/bin/ffprobe "$@"\n`;
    await writeFile(path.join(folder, 'ffprobe'), noting, { mode: 0o700 });
    const media = createFfmpegMedia({ ffmpegPath: path.join(folder, 'ffmpeg') });
    const { outcome } = await run.redact(file, { chunking: halves, media });
    expect(outcome.passed).toBe(true);
    const listings = (await readFile(asked, 'utf8'))
      .split('\n')
      .filter((line) => line.includes('packet=') && line.includes(file));
    expect(listings).toHaveLength(1);
  });

  test('begins from the start where a container leads to another frame', async () => {
    const spans: number[][] = [];
    const media = watched(spans, (job) => {
      if (job.span[0] !== 48 || job.entry === null) return job;
      // One frame off: the container's word for another time.
      const [fromTick, toTick] = [analysis.index.ticks[47]!, analysis.index.ticks[71]!];
      return {
        ...job,
        entry: { ...job.entry, aimTick: analysis.index.ticks[36]!, fromTick, toTick },
      };
    });
    const lied = await run.redact(file, { analysis, chunking, media });
    expect(spans.filter(([from]) => from === 48)).toEqual([
      [48, 72, 1],
      [48, 72, 0],
    ]);
    expect(lied.outcome.passed).toBe(true);
    expect(Buffer.compare(await lied.bytes(), await whole.bytes())).toBe(0);
  });

  test('goes on where it was broken off, and gives the same bytes', async () => {
    const store = freshStore();
    const control = new AbortController();
    const stopped = run.redact(file, {
      analysis,
      chunking,
      // As soon as the first chunk is kept; the others are at work or to come.
      store: {
        ...store,
        async keep(...piece) {
          const kept = await store.keep(...piece);
          control.abort(new Error('power cut'));
          return kept;
        },
      },
      signal: control.signal,
    });
    await expect(stopped).rejects.toThrow('power cut');
    const spans: number[][] = [];
    const resumed = await run.redact(file, { analysis, chunking, store, media: watched(spans) });
    expect(spans.length).toBeLessThan(4);
    expect(spans.length).toBeGreaterThan(0);
    expect(Buffer.compare(await resumed.bytes(), await whole.bytes())).toBe(0);
    expect(resumed.outcome).toEqual(whole.outcome);
  });

  test('covers after an edit only what the edit touches', async () => {
    const chunks = path.join(run.folder, 'edited');
    await cp(wholeChunks, chunks, { recursive: true });
    const store = createFolderWorkStore(chunks);
    const plan = {
      ...proposePlan(analysis),
      cover: [{ id: 'gate', keyframes: [{ frame: 50, box: [250, 20, 30, 30] }], from: 50, to: 60 }],
    };
    const spans: number[][] = [];
    const edited = await run.redact(file, {
      analysis,
      chunking,
      store,
      plan,
      media: watched(spans),
    });
    expect(spans).toEqual([[48, 72, 1]]);
    const fresh = await run.redact(file, { analysis, chunking, plan });
    expect(Buffer.compare(await edited.bytes(), await fresh.bytes())).toBe(0);
  });

  test('is refused before hours of work when the disk is too small', async () => {
    const store = freshStore();
    const spans: number[][] = [];
    const media = watched(spans);
    const refused = run.redact(file, { analysis, chunking, store, media, freeBytes: 100_000 });
    await expect(refused).rejects.toMatchObject({
      code: 'DISK_TOO_SMALL',
      message: expect.stringMatching(/^The copy may need \d+ MB and 1 MB are free\. /),
    });
    expect(spans).toEqual([]);
  });

  test('a kept chunk that was damaged is covered anew', async () => {
    const folder = path.join(run.folder, 'damaged');
    await cp(wholeChunks, folder, { recursive: true });
    const store = createFolderWorkStore(folder);
    const names = (await readdir(folder)).filter((name) => name.endsWith('.bytes'));
    expect(names).toHaveLength(4);
    const [flipped, cut] = names.map((name) => path.join(folder, name));
    const bytes = await readFile(flipped!);
    bytes[bytes.length >> 1]! ^= 1;
    await writeFile(flipped!, bytes);
    await truncate(cut!, 100);
    const spans: number[][] = [];
    const { outcome } = await run.redact(file, {
      analysis,
      chunking,
      store,
      media: watched(spans),
    });
    expect(outcome.passed).toBe(true);
    expect(spans).toHaveLength(2);
  });

  test('a chunk with a fault is not kept', async () => {
    const folder = path.join(run.folder, 'faulty');
    const store = createFolderWorkStore(folder);
    const media = watched([], (job) => {
      if (job.span[0] !== 24) return job;
      return { ...job, masks: [...job.masks].map((mask) => mask.slice().fill(0)) };
    });
    const { outcome } = await run.redact(file, { analysis, chunking, store, media });
    expect(outcome.passed).toBe(false);
    expect(await readdir(folder)).toEqual([]);
  });
});

type CoverJob = Parameters<OpenFootage['coverSpan']>[0];
