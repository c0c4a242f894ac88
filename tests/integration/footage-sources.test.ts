import { execFileSync } from 'node:child_process';
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileMediaSource } from '../../server/adapters/ffmpeg/ffmpeg-file-source.ts';
import { createRedactionRun, type RedactionRun } from '../builders/redaction-run.ts';
import {
  decodeClip,
  type Sprite,
  type SpriteClip,
  survivingPixels,
} from '../builders/sprite-clip.ts';

// What recorders, phones and damaged disks give: handled and proved, or refused with one sentence.

const walker: Sprite = { colour: [170, 120, 140], boxAt: (f) => [6 * f - 20, 70, 20, 60] };
const clip: SpriteClip = { width: 320, height: 192, frames: 60, fps: 12, sprites: [walker] };
const x264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20'];

function framesOf(file: string): number[] {
  const args = [
    '-v',
    'error',
    '-select_streams',
    'v',
    '-show_entries',
    'frame=best_effort_timestamp_time',
  ];
  const text = execFileSync('ffprobe', [...args, '-of', 'csv=p=0', file], { encoding: 'utf8' });
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map(Number.parseFloat);
}

describe('recordings', () => {
  let run: RedactionRun;
  let plain: string;
  beforeAll(async () => {
    run = await createRedactionRun();
    plain = await run.draw(clip);
  });
  afterAll(() => run.close());

  test.each([
    ['MPEG-4 in AVI', 'avi', { coder: ['-c:v', 'mpeg4', '-q:v', '3'] }],
    [
      'H.265',
      'mp4',
      { coder: ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none'] },
    ],
    ['raw H.264 without times', 'h264', { coder: x264 }],
    ['MPEG-TS', 'ts', { coder: x264 }],
    [
      'Motion JPEG, full range',
      'avi',
      { coder: ['-c:v', 'mjpeg', '-q:v', '2', '-pix_fmt', 'yuvj422p'] },
    ],
  ] as const)('%s: covered, proved, every frame at its time', async (_, extension, more) => {
    const file = await run.draw({ ...clip, ...more }, extension);
    const { outcome, out } = await run.redact(file);
    expect(outcome.proof.checks.filter((check) => !check.passed)).toEqual([]);
    const shown = await decodeClip(out, 320, 192);
    expect(shown).toHaveLength(60);
    shown.forEach((planes, frame) => {
      expect(survivingPixels(planes, 320, 192, walker.boxAt(frame)!)).toBe(0);
    });
    const times = framesOf(out);
    expect(times[0]).toBe(0);
  });

  test('an edit list: only what it shows is copied', async () => {
    const file = await run.draw({ ...clip, coder: x264, output: ['-output_ts_offset', '-3'] });
    const { outcome, out } = await run.redact(file);
    expect(outcome.passed).toBe(true);
    expect(framesOf(out)).toHaveLength(framesOf(file).length);
    const shown = await decodeClip(out, 320, 192);
    shown.forEach((planes, at) => {
      const frame = 60 - shown.length + at;
      expect(survivingPixels(planes, 320, 192, walker.boxAt(frame)!)).toBe(0);
    });
  });

  test('variable frame rate: the copy keeps every interval', async () => {
    const pace =
      "settb=1/1000,setpts='if(lt(N,20),N*40,if(lt(N,40),800+(N-20)*137,3540+(N-40)*83))'";
    const file = await run.draw({
      ...clip,
      output: [
        '-vf',
        pace,
        '-vsync',
        'passthrough',
        '-enc_time_base',
        '1:1000',
        '-video_track_timescale',
        '1000',
      ],
    });
    const { outcome, out } = await run.redact(file);
    expect(outcome.proof.checks.filter((check) => !check.passed)).toEqual([]);
    const before = framesOf(file);
    const after = framesOf(out);
    expect(after.map((time) => time.toFixed(3))).toEqual(
      before.map((time) => (time - before[0]!).toFixed(3)),
    );
    expect(new Set(after.slice(1).map((time, at) => (time - after[at]!).toFixed(3))).size).toBe(3);
  });

  test('a turned picture with long pixels and odd sides is covered as it is displayed', async () => {
    const straight = await run.draw({ ...clip, output: ['-vf', 'crop=318:190:0:0,setsar=4/3'] });
    const file = run.fresh();
    const turn = ['-metadata:s:v:0', 'rotate=90'];
    execFileSync('ffmpeg', ['-v', 'error', '-i', straight, '-c', 'copy', ...turn, file]);
    const { outcome, out } = await run.redact(file);
    expect(outcome.proof.checks.filter((check) => !check.passed)).toEqual([]);
    expect(outcome.proof.output).toMatchObject({ widthPx: 190, heightPx: 424 });
    // ffmpeg, asked to show the original, turns it counter-clockwise by itself.
    const size = { width: 190, height: 424 };
    const upright = [
      '-v',
      'error',
      '-i',
      file,
      '-vf',
      'scale=190:424',
      '-frames:v',
      '21',
      run.fresh('avi'),
    ];
    execFileSync('ffmpeg', [
      ...upright.slice(0, -1),
      '-c:v',
      'rawvideo',
      '-pix_fmt',
      'yuv420p',
      upright.at(-1)!,
    ]);
    const original = await decodeClip(upright.at(-1)!, size.width, size.height);
    const placeOf = (frame: number) => {
      const [x, y, w, h] = walker.boxAt(frame)!;
      const from = Math.max(0, Math.round(((318 - x - w) * 4) / 3));
      const to = Math.min(424, Math.round(((318 - x) * 4) / 3));
      return [y, from, h, Math.max(0, to - from)] as const;
    };
    const [x, y, w, h] = placeOf(20);
    expect(original[20]![Math.round(y + h / 2) * 190 + x + w / 2]).toBeGreaterThan(160);
    const shown = await decodeClip(out, size.width, size.height);
    shown.forEach((planes, frame) => {
      expect(survivingPixels(planes, size.width, size.height, placeOf(frame))).toBe(0);
    });
  });

  test('a range is honoured and begins at time zero', async () => {
    const { outcome, out } = await run.redact(plain, {
      plan: { version: 1, mode: 'moving', range: [10, 25] },
    });
    expect(outcome.passed).toBe(true);
    expect(framesOf(out)).toHaveLength(15);
    expect(framesOf(out)[0]).toBe(0);
    const shown = await decodeClip(out, 320, 192);
    shown.forEach((planes, at) => {
      expect(survivingPixels(planes, 320, 192, walker.boxAt(10 + at)!)).toBe(0);
    });
  });

  test.each([
    [
      'interlaced MPEG-2',
      'ts',
      ['-vf', 'interlace', '-c:v', 'mpeg2video', '-flags', '+ildct+ilme', '-q:v', '3'],
    ],
    [
      'HEVC of ten bits',
      'mp4',
      ['-c:v', 'libx265', '-pix_fmt', 'yuv420p10le', '-x265-params', 'log-level=none'],
    ],
    ['VP9', 'mkv', ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8']],
    ['MS-MPEG4', 'avi', ['-c:v', 'msmpeg4', '-q:v', '3']],
    [
      'motion JPEG of full range and colour',
      'avi',
      ['-c:v', 'mjpeg', '-pix_fmt', 'yuvj444p', '-q:v', '3'],
    ],
    ['a grey picture', 'mkv', ['-c:v', 'libx264', '-pix_fmt', 'gray']],
    ['bare HEVC', 'hevc', ['-c:v', 'libx265', '-x265-params', 'log-level=none']],
    ['times that wrap at 33 bits', 'ts', ['-c:v', 'libx264', '-output_ts_offset', '95442']],
  ])('%s: each frame is there, and nobody', async (_, extension, args) => {
    const file = run.fresh(extension);
    execFileSync('ffmpeg', ['-v', 'error', '-i', plain, ...args, file]);
    const { outcome, out } = await run.redact(file);
    expect(outcome.proof.checks.filter((check) => !check.passed)).toEqual([]);
    // Two frames become one where fields are woven.
    const step = extension === 'ts' && args.includes('interlace') ? 2 : 1;
    const shown = await decodeClip(out, 320, 192);
    expect(shown).toHaveLength(Math.ceil(clip.frames / step));
    shown.forEach((planes, at) => {
      for (let woven = 0; woven < step; woven++) {
        const box = walker.boxAt(step * at + woven);
        if (box !== null) expect(survivingPixels(planes, 320, 192, box)).toBe(0);
      }
    });
  });

  test('a stream that was begun anew plays on, at the pace it was recorded', async () => {
    const part = (name: string, offset: string) => {
      const file = run.fresh(`${name}.ts`);
      const times = ['-output_ts_offset', offset];
      execFileSync('ffmpeg', ['-v', 'error', '-i', plain, '-c', 'copy', ...times, file]);
      return file;
    };
    const file = run.fresh('ts');
    const parts = [part('late', '500'), part('early', '0')];
    await writeFile(file, Buffer.concat(await Promise.all(parts.map((name) => readFile(name)))));
    const { outcome, out } = await run.redact(file);
    expect(outcome.proof.checks.filter((check) => !check.passed)).toEqual([]);
    const times = framesOf(out);
    expect(times).toHaveLength(2 * clip.frames);
    times.slice(1).forEach((time, at) => {
      expect(time - times[at]!).toBeCloseTo(1 / clip.fps, 2);
    });
  });

  describe('refused, with nothing left behind and the original untouched', () => {
    const refusal = async (file: string) => {
      const before = await readFile(file);
      const out = run.fresh();
      const error = await run.redact(file).then(
        () => null,
        (thrown: unknown) => thrown as { code: string; message: string },
      );
      expect(Buffer.compare(await readFile(file), before)).toBe(0);
      expect(await readdir(run.workFolder)).toEqual([]);
      expect(await readdir(run.folder)).not.toContain(out);
      expect(error!.message).not.toMatch(/\/|Error|Invalid data/);
      expect(error!.message).toMatch(/^[A-Z].*\. [A-Z].*\.$/);
      return error!.code;
    };
    const written = async (name: string, bytes: string | Uint8Array) => {
      const file = run.fresh(name);
      await writeFile(file, bytes);
      return file;
    };

    test('an empty file', async () => {
      expect(await refusal(await written('mp4', ''))).toBe('SOURCE_EMPTY');
    });
    test('a playlist named .mp4', async () => {
      const secret = await run.draw(clip, 'ts');
      const playlist = `#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile://${secret}\n#EXT-X-ENDLIST\n`;
      expect(await refusal(await written('mp4', playlist))).toBe('SOURCE_IS_PLAYLIST');
      const concat = `ffconcat version 1.0\nfile '${secret}'\n`;
      expect(await refusal(await written('mp4', concat))).toBe('SOURCE_IS_PLAYLIST');
    });
    test('a text', async () => {
      expect(await refusal(await written('mp4', 'not a film '.repeat(400)))).toBe(
        'SOURCE_UNREADABLE',
      );
    });
    test('sound alone', async () => {
      const file = run.fresh('m4a');
      execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'sine=duration=2', file]);
      expect(await refusal(file)).toBe('NO_VIDEO');
    });
    test('the videos of two cameras in one file; a cover picture is none', async () => {
      const [one, two] = [plain, run.fresh('mkv')];
      const both = ['-v', 'error', '-i', one, '-i', one, '-map', '0', '-map', '1', '-c', 'copy'];
      execFileSync('ffmpeg', [...both, two]);
      expect(await refusal(two)).toBe('SEVERAL_VIDEOS');

      const covered = run.fresh();
      const picture = run.fresh('jpg');
      execFileSync('ffmpeg', ['-v', 'error', '-i', one, '-frames:v', '1', picture]);
      execFileSync('ffmpeg', [
        ...['-v', 'error', '-i', one, '-i', picture, '-map', '0', '-map', '1', '-c', 'copy'],
        ...['-disposition:v:1', 'attached_pic', covered],
      ]);
      const { outcome, out } = await run.redact(covered);
      expect(outcome.passed).toBe(true);
      const kinds = ['-v', 'error', '-show_entries', 'stream=codec_name', '-of', 'csv=p=0', out];
      expect(execFileSync('ffprobe', kinds, { encoding: 'utf8' }).trim()).toBe('h264');
    });
    test('a file whose end, with its index, is cut off', async () => {
      const file = await run.draw(clip);
      await truncate(file, (await readFile(file)).length - 2000);
      expect(await refusal(file)).toBe('SOURCE_UNREADABLE');
    });
    test('a file whose end is cut off behind its index', async () => {
      const file = await run.draw({ ...clip, output: ['-movflags', '+faststart'] });
      await truncate(file, Math.floor((await readFile(file)).length * 0.6));
      expect(await refusal(file)).toBe('DECODE_ENDED_EARLY');
    });
    test('a picture too large', async () => {
      const file = run.fresh();
      const bomb = 'color=s=8192x4096:r=1:d=1,format=yuvj420p';
      execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', bomb, '-c:v', 'mjpeg', file]);
      expect(await refusal(file)).toBe('FRAME_TOO_LARGE');
    });
  });

  test('an aborted job leaves nothing and says why', async () => {
    const file = await run.draw({ ...clip, frames: 200 });
    const stop = new AbortController();
    const job = run.analyseFootage({
      source: fileMediaSource(file),
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('enough')),
    });
    await expect(job).rejects.toThrow('enough');
  });
});
