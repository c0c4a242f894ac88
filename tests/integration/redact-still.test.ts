import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSharpStills } from '../../server/adapters/sharp-stills.ts';
import { redactionReceipt } from '../../server/footage/copy/redaction-receipt.ts';
import { createRedactStill } from '../../server/footage/stills/redact-still.ts';
import { stillProofSchema } from '../../server/footage/stills/still-proof.ts';
import {
  markedPlan,
  noisePicture,
  pictureBomb,
  pngChunk,
  QUARTER_COLOURS,
  quarters,
  quartersPicture,
} from '../builders/still.ts';

// Fixtures that need other loaders are made before the adapter blocks them.
const folder = mkdtempSync(path.join(tmpdir(), 'dalil-test-'));
const at = (name: string) => path.join(folder, name);
let redactStill: ReturnType<typeof createRedactStill>;
let phonePhoto: Buffer;
let animatedWebp: Buffer;

beforeAll(async () => {
  writeFileSync(at('thumb.jpg'), await quartersPicture(64, 48).jpeg().toBuffer());
  writeFileSync(at('phone.jpg'), await quartersPicture(192, 128).jpeg({ quality: 95 }).toBuffer());
  execFileSync('exiftool', [
    '-q',
    '-overwrite_original',
    `-ThumbnailImage<=${at('thumb.jpg')}`,
    '-Orientation#=6',
    '-Make=Samsung',
    '-Model=SM-A525F',
    '-DateTimeOriginal=2021:11:15 08:41:07',
    '-GPSLatitude=42.8746',
    '-GPSLatitudeRef=N',
    '-GPSLongitude=74.5698',
    '-GPSLongitudeRef=E',
    '-XMP:Creator=A. Person',
    '-IPTC:By-line=A. Person',
    '-Comment=by the door',
    at('phone.jpg'),
  ]);
  phonePhoto = readFileSync(at('phone.jpg'));
  const frames = await Promise.all(
    [quartersPicture(32, 32), noisePicture(32, 32)].map((picture) => picture.png().toBuffer()),
  );
  animatedWebp = await sharp(frames, { join: { animated: true } })
    .webp()
    .toBuffer();
  redactStill = createRedactStill({ pictures: createSharpStills() });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** All tags that exiftool finds, but those about the file and the bare coding. */
function tagsOf(bytes: Uint8Array, extension: string): string[] {
  writeFileSync(at(`out.${extension}`), bytes);
  const args = ['-j', '-G1', '-ee3', '-U', '-api', 'RequestAll=2', at(`out.${extension}`)];
  const [tags] = JSON.parse(execFileSync('exiftool', args, { encoding: 'utf8' })) as [object];
  const about = /^(SourceFile|System:|ExifTool:|Composite:|Time:|File:(?!Comment))/;
  return Object.keys(tags).filter((tag) => !about.test(tag));
}

/** Decodes with ffmpeg: other hands than those that coded. */
function decoded(
  bytes: Uint8Array,
  extension: string,
  widthPx: number,
): (x: number, y: number) => number[] {
  writeFileSync(at(`seen.${extension}`), bytes);
  const args = ['-v', 'error', '-i', at(`seen.${extension}`), '-f', 'rawvideo'];
  const rgb = execFileSync('ffmpeg', [...args, '-pix_fmt', 'rgb24', 'pipe:1'], {
    maxBuffer: 2 ** 28,
  });
  return (x, y) => [...rgb.subarray(3 * (y * widthPx + x), 3 * (y * widthPx + x) + 3)];
}

const near = (seen: readonly number[], wanted: readonly number[], tolerance: number) =>
  seen.every((value, i) => Math.abs(value - wanted[i]!) <= tolerance);

describe('a marked still', () => {
  test('a phone photo is turned upright, covered, and bare of everything but pixels', async () => {
    expect(tagsOf(phonePhoto, 'jpg').join()).toMatch(/GPS:GPSLatitude.*IFD1:ThumbnailImage|IFD1/);
    // Upright it is 128 × 192; its top left quarter was the bottom left one.
    const { bytes, format, proof } = await redactStill({
      bytes: phonePhoto,
      plan: markedPlan([5, 5, 30, 20]),
    });
    expect(format).toBe('jpeg');
    expect(tagsOf(bytes, 'jpg')).toEqual([]);
    const pixel = decoded(bytes, 'jpg', 128);
    // The box reaches over (5, 5)–(35, 25): outward to the grid, that is (0, 0)–(48, 32).
    for (const [x, y] of [
      [0, 0],
      [5, 5],
      [47, 31],
      [47, 0],
      [0, 31],
    ] as const) {
      expect(near(pixel(x, y), [0, 0, 0], 3)).toBe(true);
    }
    expect(near(pixel(50, 34), QUARTER_COLOURS[2], 8)).toBe(true);
    expect(near(pixel(120, 10), QUARTER_COLOURS[0], 8)).toBe(true);
    expect(near(pixel(10, 180), QUARTER_COLOURS[3], 8)).toBe(true);
    expect(near(pixel(120, 180), QUARTER_COLOURS[1], 8)).toBe(true);
    expect(stillProofSchema.parse(proof).result).toBe('passed');
    expect(proof.output).toMatchObject({ widthPx: 128, heightPx: 192, sizeBytes: bytes.length });
  });

  test.each([
    ['jpeg', 'jpg', 3],
    ['png', 'png', 0],
    ['webp', 'webp', 0],
  ] as const)(
    '%s stays %s and every covered pixel is black, in the loudest picture',
    async (format, extension, tolerance) => {
      const original = await noisePicture(150, 101)
        .toFormat(format)
        .withExif({ IFD0: { Make: 'X' } })
        .toBuffer();
      const { bytes, proof } = await redactStill({
        bytes: original,
        plan: markedPlan([32, 32, 16, 16], [140, 90, 10, 11]),
      });
      const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
      expect(info).toMatchObject({ width: 150, height: 101, channels: 3 });
      let farthest = 0;
      let shown = 0;
      for (let y = 0; y < 101; y++) {
        for (let x = 0; x < 150; x++) {
          const inFirst = x >= 32 && x < 48 && y >= 32 && y < 48;
          const inSecond = x >= 128 && y >= 80;
          for (const value of data.subarray(3 * (y * 150 + x), 3 * (y * 150 + x) + 3)) {
            if (inFirst || inSecond) farthest = Math.max(farthest, value);
            else shown += value;
          }
        }
      }
      expect(farthest).toBeLessThanOrEqual(tolerance);
      expect(shown / (150 * 101 * 3)).toBeGreaterThan(100);
      expect(proof.result).toBe('passed');
      // PNG says its density, the same for every picture.
      expect(tagsOf(bytes, extension).filter((tag) => !/^PNG(-pHYs)?:|^RIFF:/.test(tag))).toEqual(
        [],
      );
    },
  );

  test('the same picture and plan give the same bytes, and sha256sum agrees with the record', async () => {
    const job = { bytes: phonePhoto, plan: markedPlan([0, 0, 64, 64]) };
    const [one, two] = [await redactStill(job), await redactStill(job)];
    expect(Buffer.compare(one.bytes, two.bytes)).toBe(0);
    writeFileSync(at('sum.jpg'), one.bytes);
    const sum = execFileSync('sha256sum', [at('sum.jpg')], { encoding: 'utf8' }).slice(0, 64);
    expect(one.proof.output?.sha256).toBe(sum);
  });

  test('the given bytes are left as they are', async () => {
    const before = Buffer.from(phonePhoto);
    await redactStill({ bytes: phonePhoto, plan: markedPlan([0, 0, 64, 64]) });
    expect(Buffer.compare(before, phonePhoto)).toBe(0);
  });

  test('a receipt can be written of it, without regions', async () => {
    const { receiptFacts } = await redactStill({
      bytes: phonePhoto,
      plan: markedPlan([5, 5, 30, 20]),
    });
    const receipt = redactionReceipt({
      facts: receiptFacts,
      path: 'data/media/e1.jpg',
      inputCommitment: '0'.repeat(64),
      month: '2026-11',
    });
    expect(receipt.operations).toEqual({ mode: 'marked', covered: 1, kept: 0 });
  });
});

describe('a wholly covered still', () => {
  const keep = (extra: object) => ({
    version: 1,
    mode: 'all',
    keep: [
      {
        id: 'k1',
        approvedBy: 'lawyer',
        keyframes: [{ frame: 0, box: [30, 30, 40, 40] }],
        from: 0,
        to: 1,
        ...extra,
      },
    ],
  });
  const shownPixels = async (plan: object) => {
    const original = await quartersPicture(96, 96).png().toBuffer();
    const { bytes } = await redactStill({ bytes: original, plan });
    const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    return Array.from({ length: 96 * 96 }, (_, i) => i).filter(
      (i) => data[3 * i] !== 0 || data[3 * i + 1] !== 0 || data[3 * i + 2] !== 0,
    );
  };

  test('shows nothing', async () => {
    expect(await shownPixels({ version: 1, mode: 'all' })).toEqual([]);
  });

  test('shows of a released box the tiles that lie wholly in it', async () => {
    const details = { shown: true, approvedBy: 'lawyer' };
    const shown = await shownPixels(keep({ details, releasedFrames: [[0, 1]] }));
    expect(shown.length).toBe(32 * 32);
    expect([shown[0], shown.at(-1)]).toEqual([32 * 96 + 32, 63 * 96 + 63]);
  });

  test('shows nothing of a box that nobody released', async () => {
    expect(await shownPixels(keep({ details: { shown: true, approvedBy: 'lawyer' } }))).toEqual([]);
  });

  test('covers a kept box’s details', async () => {
    const details = { covered: [[40, 40, 2, 2]] };
    const shown = await shownPixels(keep({ details, releasedFrames: [[0, 1]] }));
    expect(shown.length).toBe(32 * 32 - 16 * 16);
  });
});

describe('pictures of other kinds', () => {
  test.each([
    ['CMYK', () => quartersPicture(64, 64).toColourspace('cmyk').jpeg().toBuffer()],
    ['16 bits', () => quartersPicture(64, 64).toColourspace('rgb16').png().toBuffer()],
    ['grey', () => quartersPicture(64, 64).toColourspace('b-w').jpeg().toBuffer()],
    ['indexed', () => quartersPicture(64, 64).png({ palette: true }).toBuffer()],
    ['transparent', () => quartersPicture(64, 64).ensureAlpha(0.4).png().toBuffer()],
    ['lossy WebP', () => quartersPicture(64, 64).webp().toBuffer()],
    ['progressive', () => quartersPicture(64, 64).jpeg({ progressive: true }).toBuffer()],
    ['with a colour profile', () => quartersPicture(64, 64).withIccProfile('p3').jpeg().toBuffer()],
  ])('%s is handled and proved', async (_, make) => {
    const { bytes, proof } = await redactStill({
      bytes: await make(),
      plan: markedPlan([0, 0, 32, 32]),
    });
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    expect(info.channels).toBe(3);
    expect((await sharp(bytes).metadata()).depth).toBe('uchar');
    expect(Math.max(...data.subarray(0, 3 * 32))).toBeLessThanOrEqual(2);
    expect(data[3 * 40]! + data[3 * 40 + 1]! + data[3 * 40 + 2]!).toBeGreaterThan(100);
    expect(proof.result).toBe('passed');
  });

  test('what hides under full transparency does not survive', async () => {
    const hidden = await quartersPicture(64, 64).ensureAlpha(0).png().toBuffer();
    const { bytes } = await redactStill({ bytes: hidden, plan: markedPlan([0, 0, 16, 16]) });
    const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    expect([...data.subarray(3 * 40, 3 * 40 + 3)]).toEqual([255, 255, 255]);
  });

  test('a picture with an archive behind it comes out without the archive', async () => {
    const archive = Buffer.from('PK\u0003\u0004 names of everybody PK\u0005\u0006', 'latin1');
    const polyglot = Buffer.concat([phonePhoto, archive]);
    const { bytes } = await redactStill({ bytes: polyglot, plan: markedPlan([0, 0, 32, 32]) });
    expect(Buffer.from(bytes).includes('names of everybody')).toBe(false);
    expect(Buffer.from(bytes).includes('PK\u0003\u0004')).toBe(false);
    expect([...bytes.slice(-2)]).toEqual([0xff, 0xd9]);
  });
});

describe('what cannot be handled is refused with one sentence', () => {
  const code = (job: { bytes: Uint8Array; plan: unknown }) =>
    redactStill(job).then(
      () => 'accepted',
      (error: { code?: string; message: string }) => {
        expect(error.message).toMatch(/^[A-Z].*\.$/);
        return error.code;
      },
    );
  const plan = markedPlan([0, 0, 16, 16]);

  test('a picture bomb, fast', async () => {
    const bytes = pictureBomb(60_000);
    // Of the processor: how long it waits for it is the matter of whatever else runs.
    const before = process.cpuUsage();
    expect(await code({ bytes, plan })).toBe('STILL_TOO_LARGE');
    const { user, system } = process.cpuUsage(before);
    expect(user + system).toBeLessThan(2_000_000);
  });

  test.each([
    ['SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['GIF', () => quartersPicture(8, 8).gif().toBuffer()],
    ['TIFF', () => quartersPicture(8, 8).tiff().toBuffer()],
    ['PDF', () => Buffer.from('%PDF-1.7')],
  ])('%s', async (_, make) => {
    expect(await code({ bytes: await make(), plan })).toBe('STILL_KIND_REFUSED');
  });

  test('an empty file', async () => {
    expect(await code({ bytes: Buffer.alloc(0), plan })).toBe('STILL_EMPTY');
  });

  test.each(['jpeg', 'png', 'webp'] as const)(
    'a truncated %s, wherever it is cut',
    async (format) => {
      const whole = await noisePicture(64, 64).toFormat(format).toBuffer();
      for (const share of [0.1, 0.5, 0.9]) {
        const bytes = whole.subarray(0, Math.floor(whole.length * share));
        expect(await code({ bytes, plan })).toBe('STILL_UNREADABLE');
      }
    },
  );

  test('pictures that move', async () => {
    expect(animatedWebp.includes('ANMF')).toBe(true);
    expect(await code({ bytes: animatedWebp, plan })).toBe('STILL_ANIMATED');
    const png = await quartersPicture(16, 16).png().toBuffer();
    const control = pngChunk('acTL', Buffer.from('0000000200000000', 'hex'));
    const animated = Buffer.concat([png.subarray(0, 33), control, png.subarray(33)]);
    expect(await code({ bytes: animated, plan })).toBe('STILL_ANIMATED');
  });

  test('an SVG that calls itself a PNG is not drawn', async () => {
    const disguised = Buffer.concat([
      Buffer.from('89504e470d0a1a0a', 'hex'),
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    ]);
    expect(await code({ bytes: disguised, plan })).toBe('STILL_UNREADABLE');
  });

  test('no file can be opened by libvips any more', async () => {
    await expect(sharp(at('phone.jpg')).metadata()).rejects.toThrow();
  });
});

describe('a copy that fails its proof does not exist', () => {
  /** What of a picture's copy is spoiled before it is encoded, and which check tells it. */
  const faults = [
    [
      'one tile that is not covered',
      'covered-tiles-constant',
      (rgb: Uint8Array, painted: Uint8Array, widthPx: number) => {
        for (let y = 16; y < 32; y++) {
          const from = 3 * (y * widthPx + 16);
          rgb.set(painted.subarray(from, from + 3 * 16), from);
        }
      },
    ],
    [
      'one pixel that is not covered',
      'covered-tiles-constant',
      (rgb: Uint8Array) => rgb.fill(90, 0, 3),
    ],
    ['another picture', 'shown-area-similar', (rgb: Uint8Array) => rgb.fill(0)],
  ] as const;
  const spoiled = (['jpeg', 'png', 'webp'] as const).flatMap((format) =>
    faults.map(([fault, name, spoil]) => [format, fault, name, spoil] as const),
  );
  test.each(spoiled)('%s: %s is told by name', async (format, _, name, spoil) => {
    const real = createSharpStills();
    const original = quarters(96, 64);
    const spoiling = createRedactStill({
      pictures: {
        ...real,
        encode(pixels, kind) {
          const rgb = pixels.rgb.slice();
          spoil(rgb, original, pixels.widthPx);
          return real.encode({ ...pixels, rgb }, kind);
        },
      },
    });
    const failure = await spoiling({
      bytes: await quartersPicture(96, 64).png().toBuffer(),
      plan: markedPlan([0, 0, 48, 48]),
      as: format,
    }).catch((e: unknown) => e);
    expect(failure).toMatchObject({
      code: 'STILL_PROOF_FAILED',
      cause: { result: 'failed', output: null },
    });
    const { checks } = (
      failure as {
        cause: { checks: Array<{ name: string; passed: boolean; faults: number }> };
      }
    ).cause;
    const failed = checks.filter(({ passed }) => !passed);
    expect(failed.map((check) => check.name)).toEqual([name]);
    if (name === 'covered-tiles-constant') expect(failed[0]!.faults).toBe(1);
  });

  test('metadata that the encoder let through', async () => {
    const real = createSharpStills();
    const leaking = createRedactStill({
      pictures: {
        ...real,
        encode: async ({ rgb, widthPx, heightPx }) =>
          sharp(rgb, { raw: { width: widthPx, height: heightPx, channels: 3 } })
            .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
            .withExif({ IFD0: { Make: 'X' } })
            .toBuffer(),
      },
    });
    await expect(
      leaking({ bytes: phonePhoto, plan: markedPlan([0, 0, 32, 32]) }),
    ).rejects.toMatchObject({
      code: 'STILL_PROOF_FAILED',
    });
  });

  const leak = (bytes: Uint8Array) => Buffer.concat([bytes, Buffer.from('Samsung SM-A525F')]);
  /** So many bytes before the end. */
  const hidden = (bytes: Uint8Array, end: number) =>
    Buffer.concat([bytes.subarray(0, -end), Buffer.from('42.8746 N'), bytes.subarray(-end)]);
  const afterData = (bytes: Uint8Array) =>
    Buffer.concat([
      bytes.subarray(0, -12),
      pngChunk('IDAT', Buffer.from('42.8746 N')),
      bytes.subarray(-12),
    ]);
  /** In the one chunk that there is, whose length tells of them. */
  const inChunk = (bytes: Uint8Array) => {
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(16, true);
    const whole = Buffer.concat([bytes.subarray(0, 20 + length), Buffer.from('42.8746 N')]);
    const even = whole.length % 2 === 0 ? whole : Buffer.concat([whole, Buffer.alloc(1)]);
    even.writeUInt32LE(even.length - 8, 4);
    even.writeUInt32LE(length + 9, 16);
    return even;
  };
  const tagged = { IFD0: { Make: 'X' } };
  test.each([
    [
      'jpeg',
      'a surviving tag',
      (copy: Uint8Array) =>
        sharp(copy).jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).withExif(tagged).toBuffer(),
    ],
    ['png', 'a surviving tag', (copy: Uint8Array) => sharp(copy).png().withExif(tagged).toBuffer()],
    [
      'webp',
      'a surviving tag',
      (copy: Uint8Array) => sharp(copy).webp({ lossless: true }).withExif(tagged).toBuffer(),
    ],
    ['jpeg', 'a second picture', async (copy: Uint8Array) => Buffer.concat([copy, copy])],
    ['png', 'a second picture', async (copy: Uint8Array) => Buffer.concat([copy, copy])],
    ['webp', 'a second picture', async (copy: Uint8Array) => Buffer.concat([copy, copy])],
    ['jpeg', 'bytes behind the end', async (copy: Uint8Array) => leak(copy)],
    ['png', 'bytes behind the end', async (copy: Uint8Array) => leak(copy)],
    ['webp', 'bytes behind the end', async (copy: Uint8Array) => leak(copy)],
    ['jpeg', 'bytes behind the coded data', async (copy: Uint8Array) => hidden(copy, 2)],
    ['png', 'bytes behind the coded data', async (copy: Uint8Array) => afterData(copy)],
    ['webp', 'bytes behind the coded data', async (copy: Uint8Array) => inChunk(copy)],
  ] as const)('%s: %s is told by name', async (format, _, spoil) => {
    const real = createSharpStills();
    const leaking = createRedactStill({
      pictures: { ...real, encode: async (pixels, kind) => spoil(await real.encode(pixels, kind)) },
    });
    const bytes = await quartersPicture(96, 64).toFormat(format).toBuffer();
    const failure = await leaking({ bytes, plan: markedPlan([0, 0, 32, 32]) }).catch((e) => e);
    expect(failure).toMatchObject({ code: 'STILL_PROOF_FAILED', cause: { output: null } });
    const failed = failure.cause.checks.filter((check: { passed: boolean }) => !check.passed);
    expect(failed.map((check: { name: string }) => check.name)).toEqual(['nothing-foreign']);
  });
});
