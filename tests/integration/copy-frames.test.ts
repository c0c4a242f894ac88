import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCellPipe } from '../../server/adapters/ffmpeg/ffmpeg-cell-pipe.ts';
import { inspectCopy } from '../../server/adapters/ffmpeg/ffmpeg-copy.ts';
import { fileMediaSource } from '../../server/adapters/ffmpeg/ffmpeg-file-source.ts';
import { openFramePipe } from '../../server/adapters/ffmpeg/ffmpeg-frame-pipe.ts';
import {
  restFrameThread,
  takeFrameThread,
} from '../../server/adapters/ffmpeg/ffmpeg-frame-threads.ts';
import { createFfmpegMedia } from '../../server/adapters/ffmpeg/ffmpeg-media.ts';
import { startTool } from '../../server/adapters/ffmpeg/ffmpeg-process.ts';
import { RENDERING } from '../../server/footage/copy/rendering-settings.ts';
import { frameGrid } from '../../server/footage/frame-grid.ts';
import type { CopyFrame } from '../../server/footage/ports.ts';

/** Larger than what a pipe holds, and no multiple of it. */
const FRAME_BYTES = 100_001;

/** Which named pipes this process holds open. */
async function openPipes(): Promise<string[]> {
  const links = (await readdir('/proc/self/fd')).map((fd) =>
    readlink(`/proc/self/fd/${fd}`).catch(() => ''),
  );
  return (await Promise.all(links)).filter((target) => /pipe-[0-9a-f]{16}/.test(target));
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dalil-frames-'));
});
afterEach(async () => {
  const left = (await readdir(folder)).filter((name) => name.startsWith('pipe-'));
  expect(left).toEqual([]);
  expect(await openPipes()).toEqual([]);
  await rm(folder, { recursive: true });
});

describe.each([
  ['a pipe for frames', openFramePipe],
  ['a pipe for frames that are only put aside', openCellPipe],
])('%s', (_, openPipe) => {
  /** What `program` writes, in frames. */
  async function framesOf(
    program: string,
    args: string[],
    onFrame: (frame: Uint8Array, frameNumber: number) => void | Promise<void>,
  ): Promise<number> {
    const pipe = await openPipe(folder, FRAME_BYTES);
    const tool = startTool({
      path: program,
      args,
      past: { 1: pipe.writeEnd },
      moved: pipe.framesRead,
    });
    try {
      const count = await pipe.eachFrame(onFrame);
      await tool.done;
      // By this a tool is seen to be at work: nothing of it goes through this process.
      expect(pipe.framesRead()).toBe(count);
      return count;
    } finally {
      tool.kill();
      await pipe.close();
    }
  }

  test('hands over whole frames in order, and drops a part of one at the end', async () => {
    const bytes = new Uint8Array(7 * FRAME_BYTES + 500).map((_, at) => (at * 7919) >> 5);
    const file = path.join(folder, 'bytes');
    await writeFile(file, bytes);
    const digest = createHash('sha256');
    const numbers: number[] = [];
    const count = await framesOf('/usr/bin/cat', [file], async (frame, number) => {
      // Whoever takes its time finds its frame as it was.
      await new Promise((resolve) => setTimeout(resolve, 5));
      digest.update(frame);
      numbers.push(number);
    });
    expect(count).toBe(7);
    expect(numbers).toEqual([0, 1, 2, 3, 4, 5, 6]);
    execFileSync('truncate', ['-s', String(7 * FRAME_BYTES), file]);
    const oracle = execFileSync('sha256sum', [file], { encoding: 'utf8' }).slice(0, 64);
    expect(digest.digest('hex')).toBe(oracle);
  });

  test('ends with a tool that writes nothing, fails or is not there', async () => {
    const none = () => expect.unreachable();
    expect(await framesOf('/usr/bin/true', [], none)).toBe(0);
    await expect(framesOf('/usr/bin/false', [], none)).rejects.toMatchObject({
      code: 'DECODE_FAILED',
    });
    await expect(framesOf('/no/such/tool', [], none)).rejects.toMatchObject({
      code: 'TOOL_MISSING',
    });
  });

  test('throws what its reader throws, while the tool would write for ever', async () => {
    const fault = new Error('enough');
    const reading = framesOf('/usr/bin/yes', [], (_, number) => {
      if (number === 4) throw fault;
    });
    await expect(reading).rejects.toBe(fault);
  });

  test('throws what its reader throws later on', async () => {
    const fault = new Error('enough');
    const reading = framesOf('/usr/bin/yes', [], async (_, number) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (number === 4) throw fault;
    });
    await expect(reading).rejects.toBe(fault);
  });

  test('reads several streams at once, and others after them, each by itself', async () => {
    const streams = [1, 2, 3, 4, 5, 6].map((number) => {
      const bytes = new Uint8Array(number * FRAME_BYTES).fill(number);
      return { number, bytes, file: path.join(folder, `stream-${number}`) };
    });
    await Promise.all(streams.map(({ file, bytes }) => writeFile(file, bytes)));
    for (let round = 0; round < 3; round++) {
      const broken = framesOf('/usr/bin/yes', [], () => {
        throw new Error('enough');
      });
      broken.catch(() => undefined);
      const read = streams.map(async ({ file }) => {
        const seen = new Set<number>();
        const count = await framesOf('/usr/bin/cat', [file], (frame) => {
          for (const byte of frame) seen.add(byte);
        });
        return { number: count, seen: [...seen] };
      });
      expect(await Promise.all(read)).toEqual(
        streams.map(({ number }) => ({ number, seen: [number] })),
      );
      await expect(broken).rejects.toThrow('enough');
    }
  });

  test('cuts many frames out of one reading, waiting for any of them', async () => {
    const pipe = await openPipe(folder, 3);
    const file = path.join(folder, 'bytes');
    const bytes = new Uint8Array(200_000).map((_, at) => (at * 7919) >> 5);
    await writeFile(file, bytes);
    const tool = startTool({ path: '/usr/bin/cat', args: [file], past: { 1: pipe.writeEnd } });
    const seen: number[] = [];
    const count = await pipe.eachFrame((frame, number) => {
      seen.push(...frame);
      return number % 1000 === 1 ? Promise.resolve() : undefined;
    });
    await tool.done;
    await pipe.close();
    expect(count).toBe(66_666);
    expect(Buffer.from(seen).equals(Buffer.from(bytes.subarray(0, 199_998)))).toBe(true);
  });

  test('is released once, however often it is told', async () => {
    const pipe = await openPipe(folder, 8);
    await pipe.close();
    const file = openSync(folder, 'r');
    await pipe.close();
    // Its number may be that of the pipe's end, which is nobody's to close any more.
    closeSync(file);
  });

  test('says what is missing when no pipe can be made', async () => {
    await expect(openPipe(path.join(folder, 'none'), 8)).rejects.toMatchObject({
      code: 'TOOL_MISSING',
    });
  });
});

describe('a thread that reads frames', () => {
  const gone = (thread: Worker) => new Promise((resolve) => thread.once('exit', resolve));

  test('which fails while it is at rest ends nothing else, and is not used again', async () => {
    const thread = takeFrameThread();
    await restFrameThread(thread);
    const exit = gone(thread);
    thread.postMessage(null);
    await exit;
    const [one, two] = [takeFrameThread(), takeFrameThread()];
    expect([one, two]).not.toContain(thread);
    await Promise.all([one.terminate(), two.terminate()]);
  });

  test('is let go where two are at rest already', async () => {
    const threads = Array.from({ length: 5 }, takeFrameThread);
    for (const thread of threads) await restFrameThread(thread);
    const kept = [takeFrameThread(), takeFrameThread()];
    expect(new Set(kept)).toEqual(new Set(threads.slice(0, 2)));
    expect(threads.map(({ threadId }) => threadId > 0)).toEqual([true, true, false, false, false]);
    await Promise.all(kept.map((thread) => thread.terminate()));
  });

  test('which ends before its stream is told of, and not taken for the end', async () => {
    const [thread, other] = [takeFrameThread(), takeFrameThread()];
    await other.terminate();
    // The next reading is given it.
    await restFrameThread(thread);
    const pipe = await openFramePipe(folder, FRAME_BYTES);
    const tool = startTool({ path: '/usr/bin/yes', args: [], past: { 1: pipe.writeEnd } });
    const reading = pipe.eachFrame((_, number) => {
      if (number === 2) void thread.terminate();
    });
    await expect(reading).rejects.toMatchObject({ code: 'DECODE_FAILED' });
    tool.kill();
    await pipe.close();
  });
});

test('a tag of a copy is told whole, whatever ends of lines it holds', async () => {
  const file = path.join(folder, 'copy.mp4');
  const title = 'one\u2028chapter\u2029packet\u0085four';
  const scene = ['-f', 'lavfi', '-i', 'testsrc2=size=64x48:rate=10:duration=0.5'];
  const coded = ['-c:v', 'libx264', '-metadata', `title=${title}`, file];
  execFileSync('ffmpeg', ['-v', 'error', ...scene, ...coded]);
  const ffprobePath = '/usr/bin/ffprobe';
  const { foreign, streams, frameDigests } = await inspectCopy({
    ffprobePath,
    path: file,
    signal: undefined,
  });
  expect(foreign).toContain(`title=${title}`);
  expect(foreign).not.toContain('chapters');
  expect(streams).toEqual(['video']);
  expect(frameDigests).toHaveLength(5 * 32);
});

test('a copy is not judged by lines that nobody knows', async () => {
  const file = path.join(folder, 'copy.mp4');
  const scene = ['-f', 'lavfi', '-i', 'testsrc2=size=64x48:rate=10:duration=0.5'];
  execFileSync('ffmpeg', ['-v', 'error', ...scene, '-c:v', 'libx264', file]);
  const ffprobePath = path.join(folder, 'ffprobe');
  const script = '#!/bin/sh\n/usr/bin/ffprobe "$@"\necho "program|id=1"\n';
  await writeFile(ffprobePath, script, { mode: 0o700 });
  const inspecting = inspectCopy({ ffprobePath, path: file, signal: undefined });
  await expect(inspecting).rejects.toMatchObject({ code: 'DECODE_FAILED' });
});

describe('a span that is covered', () => {
  const media = createFfmpegMedia({ ffmpegPath: '/usr/bin/ffmpeg' });
  const cover = (
    onFrame: (copy: CopyFrame, original: Uint8Array | null, at: number) => void,
    signal = new AbortController().signal,
  ) =>
    media.withFootage(fileMediaSource(path.join(folder, 'clip.mkv')), undefined, async (open) => {
      const { tilesX, tilesY } = open.grid;
      const masks = Array.from({ length: 50 }, (_, at) =>
        new Uint8Array(tilesX * tilesY).map((_, tile) => (tile % 7 === at % 7 ? 255 : 0)),
      );
      const coded = await open.coverSpan({
        span: [0, 50],
        entry: null,
        framesPerSecond: 10,
        masks,
        settings: RENDERING,
        workFolder: folder,
        signal,
        onFrame,
      });
      const outPath = path.join(folder, 'copy.mp4');
      const copy = await open.writeCopy({
        parts: [coded],
        durations: Array(50).fill(100),
        outPath,
      });
      await copy.publish();
    });
  beforeEach(() => {
    const lavfi = ['-f', 'lavfi', '-i', 'testsrc2=size=162x98:rate=10:duration=5'];
    const coded = ['-c:v', 'ffv1', '-pix_fmt', 'yuv420p', path.join(folder, 'clip.mkv')];
    execFileSync('ffmpeg', ['-v', 'error', ...lavfi, ...coded]);
  });

  test('is judged by the very pixels that the written file shows, and by their means', async () => {
    const grid = frameGrid(162, 98);
    const pixels = createHash('md5');
    let farthest = 0;
    let frames = 0;
    await cover(({ y, u, v, cells }) => {
      frames++;
      for (const plane of [y, u, v]) pixels.update(plane);
      for (let row = 0; row < 24; row++) {
        for (let column = 0; column < 40; column++) {
          let sum = 0;
          for (let at = 0; at < 16; at++) {
            sum += y[(4 * row + (at >> 2)) * 162 + 4 * column + (at & 3)]!;
          }
          const off = Math.abs(sum / 16 - cells[row * grid.cellsX + column]!);
          farthest = Math.max(farthest, off);
        }
      }
    });
    expect(frames).toBe(50);
    const oracle = execFileSync(
      'ffmpeg',
      ['-v', 'error', '-i', path.join(folder, 'copy.mp4'), '-f', 'rawvideo', '-'],
      { maxBuffer: 1e9 },
    );
    expect(pixels.digest('hex')).toBe(createHash('md5').update(oracle).digest('hex'));
    // Levels: what rounding leaves. Of another frame, or in another range, cells would be far off.
    expect(farthest).toBeLessThanOrEqual(1.5);
  });

  test('comes with the original’s cells beside each frame', async () => {
    const checks: number[] = [];
    await cover((_, original) => checks.push(crc32(original!)));
    const read: number[] = [];
    await media.withFootage(fileMediaSource(path.join(folder, 'clip.mkv')), undefined, (open) =>
      open.readSpan([0, 50], (cells) => void read.push(crc32(cells))),
    );
    expect(checks).toEqual(read);
  });

  test('an abort ends it at once, with the reason', async () => {
    const control = new AbortController();
    const reason = new Error('stopped by hand');
    let seen = 0;
    const covering = cover(() => {
      if (++seen === 3) control.abort(reason);
    }, control.signal);
    await expect(covering).rejects.toBe(reason);
    expect(seen).toBeLessThan(50);
    await expect(cover(() => undefined, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  test('what the judge throws ends it, and no tool is left behind', async () => {
    const fault = new Error('enough');
    const covering = cover((_copy, _original, at) => {
      if (at === 4) throw fault;
    });
    await expect(covering).rejects.toBe(fault);
  });
});
