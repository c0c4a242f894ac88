import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { createHeifConvert } from '../../server/adapters/heif-convert.ts';
import { createSharpStills } from '../../server/adapters/sharp-stills.ts';
import { createRedactStill } from '../../server/footage/stills/redact-still.ts';
import { heifFacts } from '../../server/footage/stills/still-heif.ts';
import {
  auxiliary,
  type CodedPicture,
  codedPicture,
  encodeHeif,
  extent,
  gridData,
  type HeifItem,
  heifFile,
  mirrored,
  turned,
} from '../builders/heif.ts';
import { markedPlan, noisePicture, QUARTER_COLOURS, quartersPicture } from '../builders/still.ts';
import { tagsBeyondAllowed } from '../builders/still-tags.ts';

const WIDTH = 192;
const HEIGHT = 128;
const plan = markedPlan([0, 0, 32, 32]);
let redactStill: ReturnType<typeof createRedactStill>;
let quartersCoded: CodedPicture;
let noiseCoded: CodedPicture;

beforeAll(async () => {
  redactStill = createRedactStill({ pictures: createSharpStills() });
  quartersCoded = codedPicture(encodeHeif(await quartersPicture(WIDTH, HEIGHT).png().toBuffer()));
  noiseCoded = codedPicture(encodeHeif(await noisePicture(WIDTH, HEIGHT).png().toBuffer()));
});

/** An item of a coded picture, with further properties. */
const item = (coded: CodedPicture, more: Partial<HeifItem> = {}): HeifItem => ({
  ...coded,
  ...more,
  properties: [...coded.properties, ...(more.properties ?? [])],
});

/** Which quarter each quarter of the covered picture shows, once nothing but one tile is covered. */
async function quartersOf(bytes: Uint8Array): Promise<number[]> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => {
    const from = 3 * (Math.floor(y) * info.width + Math.floor(x));
    const pixel = data.subarray(from, from + 3);
    return QUARTER_COLOURS.findIndex((colour) =>
      colour.every((value, i) => Math.abs(value - pixel[i]!) < 20),
    );
  };
  const { width, height } = info;
  return [
    at(width * 0.4, height * 0.4),
    at(width * 0.6, height * 0.4),
    at(width * 0.4, height * 0.6),
    at(width * 0.6, height * 0.6),
  ];
}

async function blackAt(bytes: Uint8Array, widthPx: number, box: [number, number, number, number]) {
  const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  let farthest = 0;
  for (let y = box[1]; y < box[1] + box[3]; y++) {
    const row = data.subarray(3 * (y * widthPx + box[0]), 3 * (y * widthPx + box[0] + box[2]));
    for (const value of row) farthest = Math.max(farthest, value);
  }
  return farthest;
}

const refusal = (bytes: Uint8Array, redact = redactStill) =>
  redact({ bytes, plan }).then(
    () => 'accepted',
    (error: { code?: string; message: string }) => {
      expect(error.message).toMatch(/^[A-Z].*\.$/);
      return error.code;
    },
  );

describe('HEIC and AVIF', () => {
  test.each([
    ['HEIC', {}],
    ['AVIF', { avif: true }],
    ['HEIC with a thumbnail', { args: ['-t', '64'] }],
  ])('%s comes out as a bare, covered JPEG', async (_, how) => {
    const bytes = encodeHeif(await noisePicture(200, 100).png().toBuffer(), how);
    const before = Buffer.from(bytes);
    const { bytes: copy, format, proof } = await redactStill({ bytes, plan });
    expect(format).toBe('jpeg');
    expect(proof).toMatchObject({
      result: 'passed',
      tools: { libheif: expect.stringMatching(/^\d+\.\d+/) },
      output: { widthPx: 200, heightPx: 100 },
    });
    expect(await blackAt(copy, 200, [0, 0, 32, 32])).toBeLessThanOrEqual(2);
    expect(await blackAt(copy, 200, [32, 0, 100, 100])).toBeGreaterThan(150);
    expect(tagsBeyondAllowed(copy, 'jpg')).toEqual([]);
    expect(Buffer.compare(bytes, before)).toBe(0);
  });

  test('a copy of another kind can be asked for', async () => {
    const { bytes, format } = await redactStill({
      bytes: heifFile([item(quartersCoded)]),
      plan,
      as: 'png',
    });
    expect(format).toBe('png');
    expect(await blackAt(bytes, WIDTH, [0, 0, 32, 32])).toBe(0);
    expect(tagsBeyondAllowed(bytes, 'png')).toEqual([]);
  });

  test('ten bits and transparency become eight opaque bits', async () => {
    const deep = await quartersPicture(64, 64).toColourspace('rgb16').png().toBuffer();
    const clear = await quartersPicture(64, 64).ensureAlpha(0).png().toBuffer();
    for (const [bytes, shown] of [
      [encodeHeif(deep, { args: ['-b', '10'] }), QUARTER_COLOURS[3]],
      [encodeHeif(clear), [255, 255, 255]],
    ] as const) {
      const { bytes: copy } = await redactStill({ bytes, plan, as: 'png' });
      const { data, info } = await sharp(copy).raw().toBuffer({ resolveWithObject: true });
      expect(info.channels).toBe(3);
      const pixel = [...data.subarray(3 * (60 * 64 + 60), 3 * (60 * 64 + 60) + 3)];
      expect(pixel.every((value, i) => Math.abs(value - shown[i]!) < 12)).toBe(true);
    }
  });
});

describe('orientation', () => {
  // Where each quarter goes; a turn is against the clock.
  test.each([
    ['not at all', [], [0, 1, 2, 3], WIDTH],
    ['once', [1], [1, 3, 0, 2], HEIGHT],
    ['twice', [2], [3, 2, 1, 0], WIDTH],
    ['three times', [3], [2, 0, 3, 1], HEIGHT],
  ])('a picture that is to be turned %s is turned so', async (_, turns, wanted, widthPx) => {
    const bytes = heifFile([item(quartersCoded, { properties: turns.map(turned) })]);
    const { bytes: copy, proof } = await redactStill({ bytes, plan });
    expect(await quartersOf(copy)).toEqual(wanted);
    expect(proof.output!.widthPx).toBe(widthPx);
    expect(await blackAt(copy, widthPx, [0, 0, 32, 32])).toBeLessThanOrEqual(2);
  });

  test('a mirrored picture is mirrored once', async () => {
    const seen = await Promise.all(
      [0, 1].map(async (axis) => {
        const bytes = heifFile([item(quartersCoded, { properties: [mirrored(axis)] })]);
        return await quartersOf((await redactStill({ bytes, plan })).bytes);
      }),
    );
    // The two editions of the standard name the axes the other way round; the pictures are these two.
    expect(seen.map(String).sort()).toEqual(['1,0,3,2', '2,3,0,1']);
  });

  test('the orientation in its EXIF does not turn it once more', async () => {
    const jpeg = await quartersPicture(WIDTH, HEIGHT)
      .jpeg({ quality: 95 })
      .withExif({ IFD0: { Make: 'X' } })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const bytes = encodeHeif(jpeg, { input: 'jpg' });
    expect(bytes.includes('Exif\0\0')).toBe(true);
    const { bytes: copy, proof } = await redactStill({ bytes, plan });
    expect(await quartersOf(copy)).toEqual([0, 1, 2, 3]);
    expect(proof.output).toMatchObject({ widthPx: WIDTH, heightPx: HEIGHT });
    expect(tagsBeyondAllowed(copy, 'jpg')).toEqual([]);
  });
});

describe('what lies in the file beside the picture', () => {
  test.each([
    ['a thumbnail', {}, 'thmb'],
    ['a depth map', { properties: [auxiliary('urn:mpeg:hevc:2015:auxid:2')] }, 'auxl'],
    ['a gain map', { properties: [auxiliary('urn:com:apple:photo:2020:aux:hdrgainmap')] }, 'auxl'],
    ['a hidden picture', { hidden: true }, null],
  ])('%s is left out', async (_, more, reference) => {
    const beside = item(noiseCoded, {
      ...more,
      ...(reference === null ? {} : { to: { [reference]: [0] } }),
    });
    const { bytes, proof } = await redactStill({
      bytes: heifFile([item(quartersCoded), beside]),
      plan,
    });
    expect(proof.result).toBe('passed');
    expect(await quartersOf(bytes)).toEqual([0, 1, 2, 3]);
    expect(tagsBeyondAllowed(bytes, 'jpg')).toEqual([]);
  });

  test('a film behind the picture, as motion photos have, is left out', async () => {
    const film = Buffer.concat([
      Buffer.from('00000020', 'hex'),
      Buffer.from('mpvd'),
      Buffer.alloc(24, 'F'),
    ]);
    const { bytes } = await redactStill({
      bytes: heifFile([item(quartersCoded)], { behind: film }),
      plan,
    });
    expect(Buffer.from(bytes).includes('FFFF')).toBe(false);
    expect(await quartersOf(bytes)).toEqual([0, 1, 2, 3]);
  });

  test('a picture of four tiles is put together', async () => {
    const tile = item(noiseCoded, { hidden: true });
    const first = item(quartersCoded, { hidden: true });
    const whole: HeifItem = {
      kind: 'grid',
      data: gridData({ rows: 2, columns: 2, widthPx: 2 * WIDTH - 10, heightPx: 2 * HEIGHT - 6 }),
      properties: [extent(2 * WIDTH - 10, 2 * HEIGHT - 6)],
      to: { dimg: [1, 2, 3, 4] },
    };
    const { bytes, proof } = await redactStill({
      bytes: heifFile([whole, first, tile, tile, tile]),
      plan: markedPlan([WIDTH, HEIGHT, 64, 64]),
    });
    expect(proof.output).toMatchObject({ widthPx: 2 * WIDTH - 10, heightPx: 2 * HEIGHT - 6 });
    expect(await blackAt(bytes, 2 * WIDTH - 10, [WIDTH, HEIGHT, 64, 64])).toBeLessThanOrEqual(2);
    const corner = await sharp(bytes)
      .extract({ left: 0, top: 0, width: WIDTH, height: HEIGHT })
      .png()
      .toBuffer();
    expect(await quartersOf(corner)).toEqual([0, 1, 2, 3]);
  });
});

describe('what cannot be handled is refused with one sentence', () => {
  test('several pictures in a file', async () => {
    const bytes = heifFile([item(quartersCoded), item(noiseCoded)]);
    expect(await refusal(bytes)).toBe('STILL_SEVERAL');
  });

  test('a second picture that the file hides from us ends the program', async () => {
    // libheif counts it, for it looks at no other reference; nothing may be written beside the pipe.
    const convert = createHeifConvert();
    const bytes = heifFile([item(quartersCoded), item(noiseCoded)]);
    await expect(convert.decode(bytes)).rejects.toMatchObject({ code: 'STILL_UNREADABLE' });
  });

  test('frames in time', async () => {
    const film = Buffer.from('0000000c6d6f6f7600000000', 'hex');
    const bytes = heifFile([item(quartersCoded)], { brand: 'heic', behind: film });
    expect(await refusal(bytes)).toBe('STILL_ANIMATED');
  });

  test('a picture that says it is huge, before it is decoded', async () => {
    const huge = {
      ...quartersCoded,
      properties: [...quartersCoded.properties, extent(30_000, 30_000)],
    };
    expect(await refusal(heifFile([item(huge)]))).toBe('STILL_TOO_LARGE');
  });

  test('a truncated file, wherever it is cut', async () => {
    const whole = encodeHeif(await noisePicture(128, 128).png().toBuffer());
    for (const share of [0.01, 0.05, 0.2, 0.5, 0.9, 0.999]) {
      const bytes = whole.subarray(0, Math.max(13, Math.floor(whole.length * share)));
      expect(await refusal(bytes)).toBe('STILL_UNREADABLE');
    }
  });

  test('a file without a main picture', async () => {
    const bytes = heifFile([item(quartersCoded, { hidden: true })]);
    expect(await refusal(bytes)).toBe('STILL_UNREADABLE');
  });

  test('a machine without the program', async () => {
    const heif = createHeifConvert({ path: '/nonexistent/heif-convert' });
    expect(await heif.version()).toBe(null);
    const redact = createRedactStill({ pictures: createSharpStills({ heif }) });
    expect(await refusal(heifFile([item(quartersCoded)]), redact)).toBe('STILL_TOOL_MISSING');
    const jpeg = await quartersPicture(64, 64).jpeg().toBuffer();
    expect((await redact({ bytes: jpeg, plan })).proof.result).toBe('passed');
  });
});

test('a file of nothing but millions of boxes is refused at once', async () => {
  const boxes = Buffer.alloc(8 * 1_000_000);
  for (let at = 0; at < boxes.length; at += 8) boxes.write('\0\0\0\bfree', at, 'latin1');
  const bytes = Buffer.concat([heifFile([item(quartersCoded)]), boxes]);
  expect(heifFacts(bytes)).toBe(null);
  expect(await refusal(bytes)).toBe('STILL_UNREADABLE');
});

describe('a program gone wrong', () => {
  const scripted = async (lines: string, timeoutMs = 60_000) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'dalil-test-'));
    try {
      const script = path.join(folder, 'heif-convert');
      writeFileSync(script, `#!/bin/sh\n${lines}\n`, { mode: 0o700 });
      return await createHeifConvert({ path: script, timeoutMs })
        .decode(heifFile([item(quartersCoded)]))
        .then(
          () => 'decoded',
          (error: { code?: string }) => error.code,
        );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  test('that never ends is ended', async () => {
    expect(await scripted('while :; do :; done', 300)).toBe('STILL_TOO_LARGE');
    // Somebody who holds the pipe open and says nothing.
    expect(await scripted('exec 9>"$4"; while :; do :; done', 300)).toBe('STILL_TOO_LARGE');
  });

  test('can write to no file beside its pipe', async () => {
    const beside = path.join(tmpdir(), 'dalil-test-beside');
    await scripted(`echo leak > ${beside}`);
    expect(existsSync(beside) && statSync(beside).size > 0).toBe(false);
    rmSync(beside, { force: true });
  });

  test('sees nothing of the environment', async () => {
    process.env.DALIL_TEST_SECRET = 'secret';
    try {
      expect(await scripted('[ -z "$DALIL_TEST_SECRET" ] || exit 0; exit 3')).toBe(
        'STILL_UNREADABLE',
      );
    } finally {
      delete process.env.DALIL_TEST_SECRET;
    }
  });
});

test('nothing of an original or of its picture is left on the machine', async () => {
  const names = () => [
    ...readdirSync('/dev/shm').filter((name) => name.startsWith(`dalil-${process.pid}-`)),
    ...readdirSync(tmpdir()).filter((name) => name.startsWith('dalil-heif-')),
  ];
  await redactStill({ bytes: heifFile([item(quartersCoded)]), plan });
  await refusal(heifFile([item(quartersCoded), item(noiseCoded)]));
  expect(names()).toEqual([]);
});
