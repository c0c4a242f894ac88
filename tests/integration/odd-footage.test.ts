import { execFileSync } from 'node:child_process';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeBrokenPictures } from '../builders/broken-pictures.ts';
import { createRedactionRun, type RedactionRun } from '../builders/redaction-run.ts';
import {
  decodeClip,
  type Sprite,
  type SpriteBox,
  type SpriteClip,
  survivingPixels,
} from '../builders/sprite-clip.ts';
import { tagsBeyondGeometry } from '../builders/video-tags.ts';

// Files such as recorders, phones and failing disks write them: what is handled is covered, proved and bare.

const width = 320;
const height = 192;
const walker: Sprite = { colour: [170, 120, 140], boxAt: (f) => [6 * f - 20, 70, 20, 60] };
const clip: SpriteClip = { width, height, frames: 48, fps: 12, sprites: [walker] };
const x264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20'];
const make = (...args: string[]) => execFileSync('ffmpeg', ['-v', 'error', '-y', ...args]);
const timesOf = (file: string) => {
  const fields = ['-show_entries', 'frame=best_effort_timestamp_time', '-of', 'csv=p=0'];
  const text = execFileSync('ffprobe', ['-v', 'error', '-select_streams', 'v', ...fields, file]);
  return text.toString().split('\n').filter(Boolean).map(Number.parseFloat);
};

describe('odd footage', () => {
  let run: RedactionRun;
  let plain: string;
  beforeAll(async () => {
    run = await createRedactionRun();
    plain = await run.draw({ ...clip, coder: x264 });
  });
  afterAll(() => run.close());

  /** Redacts and gives the frames of the copy; what every copy must be is checked. */
  async function framesOfCopy(
    file: string,
    frames: number,
    size: readonly [number, number] = [width, height],
  ) {
    const { outcome, out } = await run.redact(file);
    expect(outcome.proof.checks.filter((check) => !check.passed)).toEqual([]);
    expect(tagsBeyondGeometry(out)).toEqual([]);
    const shown = await decodeClip(out, size[0], size[1]);
    expect(shown).toHaveLength(frames);
    return { shown, out };
  }
  const nobodyIn = (shown: Uint8Array[], placeOf: (frame: number) => SpriteBox, w = width) => {
    const h = w === width ? height : width;
    shown.forEach((planes, frame) => {
      expect(survivingPixels(planes, w, h, placeOf(frame))).toBe(0);
    });
  };
  const place = (frame: number) => walker.boxAt(frame)!;

  test.each([
    [
      'left to right',
      [-1, 0, 0, 1],
      'hflip',
      (b: SpriteBox) => [width - b[0] - b[2], b[1], b[2], b[3]],
    ],
    [
      'upside down',
      [1, 0, 0, -1],
      'vflip',
      (b: SpriteBox) => [b[0], height - b[1] - b[3], b[2], b[3]],
    ],
    ['over the corner', [0, 1, 1, 0], 'transpose=0', (b: SpriteBox) => [b[1], b[0], b[3], b[2]]],
  ] as const)('mirrored %s: covered where it is displayed', async (_, matrix, filter, mirrored) => {
    const file = run.fresh();
    await writeFile(file, withMatrix(await readFile(plain), matrix));
    const turned = filter === 'transpose=0';
    const size: readonly [number, number] = turned ? [height, width] : [width, height];
    const { shown } = await framesOfCopy(file, clip.frames, size);
    nobodyIn(shown, (frame) => mirrored(place(frame)) as unknown as SpriteBox, size[0]);
    // The copy shows the street as the matrix says: as another program shows it that is told so.
    const told = run.fresh('mkv');
    make('-noautorotate', '-i', file, '-vf', filter, '-frames:v', '1', '-c:v', 'ffv1', told);
    const [expected] = await decodeClip(told, size[0], size[1]);
    const corner = [0, 1, 2, 3].map((row) => row * 4 * size[0] + 4 * row);
    for (const at of corner) expect(Math.abs(shown[0]![at]! - expected![at]!)).toBeLessThan(8);
  });

  test.each([
    ['H.264 in fields', 'mp4', ['-flags', '+ilme+ildct', '-x264-params', 'tff=1']],
    ['H.264 in fields, of a recorder', 'ts', ['-flags', '+ilme+ildct', '-x264-params', 'bff=1']],
    [
      'HEVC of ten bits with open groups',
      'mkv',
      [
        '-c:v',
        'libx265',
        '-pix_fmt',
        'yuv420p10le',
        '-x265-params',
        'log-level=none:open-gop=1:keyint=12',
      ],
    ],
  ])('%s: each frame is there, and nobody', async (_, extension, args) => {
    const file = run.fresh(extension);
    make('-i', plain, '-c:v', 'libx264', ...args, file);
    nobodyIn((await framesOfCopy(file, clip.frames)).shown, place);
  });

  test('sound, subtitles, a time code and chapters are left behind', async () => {
    const [words, marks, file] = [run.fresh('srt'), run.fresh('txt'), run.fresh('mov')];
    await writeFile(words, '1\n00:00:00,000 --> 00:00:03,000\nAinura Bekova\n');
    await writeFile(
      marks,
      ';FFMETADATA1\ntitle=Gate 4\n[CHAPTER]\nSTART=0\nEND=1000000000\ntitle=Gate 4\n',
    );
    make(
      ...['-i', plain, '-i', words, '-i', marks, '-f', 'lavfi', '-i', 'sine=duration=4'],
      ...['-map', '0', '-map', '1', '-map', '3', '-map_metadata', '2', '-map_chapters', '2'],
      ...['-c:v', 'copy', '-c:s', 'mov_text', '-c:a', 'aac', '-timecode', '10:00:00:00', file],
    );
    const { shown, out } = await framesOfCopy(file, clip.frames);
    nobodyIn(shown, place);
    expect(/Ainura|Gate/.test((await readFile(out)).toString('latin1'))).toBe(false);
  });

  test('a picture that changes its size within the stream', async () => {
    const [first, second, file] = [run.fresh('ts'), run.fresh('ts'), run.fresh('ts')];
    make('-i', plain, '-c', 'copy', first);
    make('-i', plain, '-vf', 'scale=640:384', ...x264, second);
    await writeFile(file, Buffer.concat([await readFile(first), await readFile(second)]));
    const { shown } = await framesOfCopy(file, 2 * clip.frames);
    nobodyIn(shown, (frame) => place(frame % clip.frames));
  });

  test('times that leap while nobody looks: every interval is kept', async () => {
    const file = run.fresh('mkv');
    const leap = "setpts='PTS+if(gte(N,20),700/TB,0)+if(gte(N,33),90/TB,0)'";
    make('-i', plain, '-vf', leap, '-vsync', 'passthrough', ...x264, '-bf', '0', file);
    const { shown, out } = await framesOfCopy(file, clip.frames);
    nobodyIn(shown, place);
    const [before, after] = [timesOf(file), timesOf(out)];
    after.forEach((time, at) => {
      expect(time).toBeCloseTo(before[at]! - before[0]!, 2);
    });
  });

  test('a tail of noise behind the last frame', async () => {
    const file = run.fresh('ts');
    make('-i', plain, '-c', 'copy', file);
    const noise = Uint8Array.from({ length: 20_000 }, (_, at) => (at * 2_654_435_761) >>> 11);
    await writeFile(file, Buffer.concat([await readFile(file), noise]));
    nobodyIn((await framesOfCopy(file, clip.frames)).shown, place);
  });

  describe('Motion JPEG of which pictures break off', () => {
    async function brokenOff(pictures: readonly number[]): Promise<string> {
      const file = run.fresh('avi');
      await writeBrokenPictures({ clip: plain, frames: clip.frames, pictures, file });
      return file;
    }

    test.each([
      { where: 'amid it', lost: [7, 20, 21, 40] },
      { where: 'at its beginning and its end', lost: [0, 1, clip.frames - 1] },
    ])(
      '$where: what cannot be seen whole is left out, the one before stays for as long',
      async ({ lost }) => {
        const file = await brokenOff(lost);
        const whole = Array.from({ length: clip.frames }, (_, frame) => frame).filter(
          (frame) => !lost.includes(frame),
        );
        const { shown, out } = await framesOfCopy(file, whole.length);
        nobodyIn(shown, (at) => place(whole[at]!));
        timesOf(out).forEach((time, at) => {
          expect(time).toBeCloseTo((whole[at]! - whole[0]!) / clip.fps, 2);
        });
        const again = await run.redact(file);
        expect(again.outcome.proof.undecodedFrames).toBe(lost.length);
        expect(Buffer.compare(await again.bytes(), await readFile(out))).toBe(0);
      },
    );

    test('too many of them are refused by name', async () => {
      const file = await brokenOff([3, 6, 9, 12, 15, 18, 21, 24, 27]);
      await expect(run.redact(file)).rejects.toMatchObject({ code: 'DECODE_ENDED_EARLY' });
    });
  });

  test('three frames in ten hours', async () => {
    const file = run.fresh('mkv');
    make('-i', plain, '-frames:v', '3', '-vf', 'setpts=N*18000/TB', '-vsync', '0', ...x264, file);
    const { out } = await framesOfCopy(file, 3);
    expect(timesOf(out).map(Math.round)).toEqual([0, 18_000, 36_000]);
  });

  test('pictures written only when something moves, the last of them held as others were', async () => {
    const file = run.fresh('mkv');
    const held = `setts=ts=if(gt(N\\,9)\\,TS+30000\\,TS):duration=if(eq(N\\,${clip.frames - 1})\\,25000\\,DURATION)`;
    const straight = run.fresh('mkv');
    make('-i', await run.draw({ ...clip, coder: [...x264, '-bf', '0'] }), '-c', 'copy', straight);
    make('-i', straight, '-c', 'copy', '-bsf:v', held, file);
    await framesOfCopy(file, clip.frames);
  });

  describe('refused by name, and the original is left as it is', () => {
    const refusal = async (file: string) => {
      const before = await readFile(file);
      const error = await run.redact(file).then(
        () => null,
        (thrown: unknown) => thrown as { code: string; message: string },
      );
      expect(Buffer.compare(await readFile(file), before)).toBe(0);
      expect(error!.message).toMatch(/^[A-Z][^/]*\. [A-Z][^/]*\.$/);
      return error!.code;
    };

    test('an encrypted recording', async () => {
      const file = run.fresh();
      make(
        ...['-i', plain, '-c', 'copy', '-encryption_scheme', 'cenc-aes-ctr'],
        ...['-encryption_key', '76a6c65c5ea762046bd749a2e632ccbb'],
        ...['-encryption_kid', 'a7e61c373e219033c21091fa607bf3b8', file],
      );
      expect(await refusal(file)).toBe('SOURCE_ENCRYPTED');
    });

    test('a Matroska file whose end is missing, although it plays', async () => {
      const file = run.fresh('mkv');
      make(
        '-i',
        await run.draw({ ...clip, noise: 8, coder: [...x264, '-g', '12'] }),
        '-c',
        'copy',
        file,
      );
      await truncate(file, Math.floor((await readFile(file)).length * 0.6));
      expect(await refusal(file)).toBe('DECODE_ENDED_EARLY');
    });

    test.each([
      [
        'DASH',
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period><AdaptationSet><Representation id="1" mimeType="video/mp4" bandwidth="1"><BaseURL>FILE</BaseURL></Representation></AdaptationSet></Period></MPD>',
      ],
      [
        'SDP',
        'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n',
      ],
      ['ffconcat', 'ffconcat version 1.0\nfile FILE\n'],
      [
        'XSPF',
        '<?xml version="1.0"?><playlist version="1" xmlns="http://xspf.org/ns/0/"><trackList><track><location>FILE</location></track></trackList></playlist>',
      ],
    ])('a list of other files in disguise: %s', async (_, text) => {
      const file = run.fresh();
      await writeFile(file, text.replace('FILE', `file://${plain}`));
      expect(['SOURCE_IS_PLAYLIST', 'SOURCE_UNREADABLE']).toContain(await refusal(file));
    });

    test('thirteen hours', async () => {
      const file = run.fresh('mkv');
      make('-i', plain, '-frames:v', '3', '-vf', 'setpts=N*23600/TB', '-vsync', '0', ...x264, file);
      expect(await refusal(file)).toBe('CLIP_TOO_LONG');
    });

    test('a picture of 8192 by 8192', async () => {
      const file = run.fresh('avi');
      make('-f', 'lavfi', '-i', 'color=s=8192x8192:r=1:d=1,format=yuvj420p', '-c:v', 'mjpeg', file);
      expect(await refusal(file)).toBe('FRAME_TOO_LARGE');
    });
  });
});

/** The same file with another display matrix in its track header (ISO/IEC 14496-12, 8.3.2), version 0. */
function withMatrix(
  bytes: Buffer,
  [a, b, c, d]: readonly [number, number, number, number],
): Buffer {
  const changed = Buffer.from(bytes);
  const at = changed.indexOf('tkhd') + 4 + 4 + 20 + 8 + 8;
  const one = 0x1_0000;
  [a * one, b * one, 0, c * one, d * one].forEach((value, place) => {
    changed.writeInt32BE(value, at + 4 * place);
  });
  return changed;
}
