import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { createSharpStills } from '../../../../server/adapters/sharp-stills.ts';
import { foreignInJpeg } from '../../../../server/footage/stills/still-jpeg.ts';
import { foreignInPng } from '../../../../server/footage/stills/still-png.ts';
import { foreignInWebp, shortenedWebp } from '../../../../server/footage/stills/still-webp.ts';
import { noisePicture, pngChunk, quarters } from '../../../builders/still.ts';

// A bare picture holds nothing foreign, and whatever is put into it is found.

const size = { widthPx: 50, heightPx: 40 };
const pictures = createSharpStills();
let jpeg: Buffer;
let png: Buffer;
let webp: Buffer;

beforeAll(async () => {
  const pixels = { ...size, rgb: quarters(50, 40) };
  jpeg = Buffer.from(await pictures.encode(pixels, 'jpeg'));
  png = Buffer.from(await pictures.encode(pixels, 'png'));
  webp = Buffer.from(await pictures.encode(pixels, 'webp'));
});

const put = (bytes: Buffer, at: number, what: Uint8Array) =>
  Buffer.concat([bytes.subarray(0, at), what, bytes.subarray(at)]);
const someBytes = fc.uint8Array({ minLength: 1, maxLength: 40 });

test('bare pictures are bare', () => {
  expect(foreignInJpeg(jpeg)).toEqual([]);
  expect(foreignInPng(png, size)).toEqual([]);
  expect(foreignInWebp(webp)).toEqual([]);
});

test('noise of any size is bare', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 70 }),
      fc.integer({ min: 1, max: 70 }),
      fc.boolean(),
      async (widthPx, heightPx, even) => {
        const noise = await noisePicture(widthPx, heightPx).raw().toBuffer();
        const rgb = even ? noise.fill(77) : noise;
        const bytes = await pictures.encode({ widthPx, heightPx, rgb }, 'jpeg');
        expect(foreignInJpeg(bytes)).toEqual([]);
      },
    ),
  );
});

test('whatever stands after the end is found', () => {
  fc.assert(
    fc.property(someBytes, (more) => {
      expect(foreignInJpeg(Buffer.concat([jpeg, more]))).toContain('bytes after the end marker');
      expect(foreignInPng(Buffer.concat([png, more]), size)).toContain('bytes after the end');
      expect(foreignInWebp(Buffer.concat([webp, more]))).toContain('bytes after the end');
    }),
  );
});

test('a picture that is cut anywhere is not bare', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 0.9999, noNaN: true }), (share) => {
      const cut = (bytes: Buffer) => bytes.subarray(0, Math.floor(share * bytes.length));
      expect(foreignInJpeg(cut(jpeg))).not.toEqual([]);
      expect(foreignInPng(cut(png), size)).not.toEqual([]);
      expect(foreignInWebp(cut(webp))).not.toEqual([]);
    }),
  );
});

describe('JPEG', () => {
  const segment = (marker: number, content: Uint8Array) =>
    Buffer.concat([Buffer.from([0xff, marker, 0, content.length + 2]), content]);

  test('every segment that is no part of the picture is found, after the start and before the scan', () => {
    const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]));
    for (let marker = 0xe0; marker <= 0xfe; marker++) {
      for (const at of [2, scan]) {
        const foreign = foreignInJpeg(put(jpeg, at, segment(marker, Buffer.from('hidden'))));
        expect(foreign).toContain(`segment ${marker.toString(16)}`);
      }
    }
  });

  test('a second picture before the end marker is found', () => {
    expect(foreignInJpeg(put(jpeg, jpeg.length - 2, jpeg.subarray(0, -2)))).not.toEqual([]);
  });

  test('bytes behind the coded data are found, before the end marker', () => {
    fc.assert(
      fc.property(someBytes, (more) => {
        const stuffed = Buffer.from(
          [...more].flatMap((byte) => (byte === 0xff ? [byte, 0] : [byte])),
        );
        expect(foreignInJpeg(put(jpeg, jpeg.length - 2, stuffed))).toContain(
          'bytes behind the data',
        );
      }),
    );
  });

  test('a scan that ends too soon is found', () => {
    const short = Buffer.concat([jpeg.subarray(0, -30), jpeg.subarray(-2)]);
    expect(foreignInJpeg(short)).toContain('data that end too soon');
  });

  test('a height that hides the lower blocks is found', () => {
    const lower = Buffer.from(jpeg);
    lower.writeUInt16BE(16, lower.indexOf(Buffer.from([0xff, 0xc0])) + 5);
    expect(foreignInJpeg(lower)).toContain('bytes behind the data');
  });

  test('bytes between segments are found', () => {
    expect(foreignInJpeg(put(jpeg, 2, Buffer.from('hidden')))).toContain('bytes between segments');
  });
});

describe('PNG', () => {
  test.each(['tEXt', 'zTXt', 'iTXt', 'eXIf', 'iCCP', 'acTL', 'fdAT', 'tIME', 'prVt'])(
    'chunk %s is found',
    (name) => {
      expect(foreignInPng(put(png, 33, pngChunk(name, Buffer.from('hidden'))), size)).toContain(
        `chunk ${name}`,
      );
    },
  );

  test('a density that says something is found', () => {
    const at = png.indexOf('pHYs');
    const other = pngChunk('pHYs', Buffer.from('hiddenbit'));
    const changed = Buffer.concat([png.subarray(0, at - 4), other, png.subarray(at + 17)]);
    expect(foreignInPng(changed, size)).toEqual(['chunk pHYs']);
  });

  test('data behind the picture’s rows are found, inside the stream and behind it', () => {
    const at = png.indexOf('IEND') - 4;
    const more = put(png, at, pngChunk('IDAT', Buffer.from('hidden')));
    expect(foreignInPng(more, size)).toContain('bytes behind the data');
    expect(foreignInPng(png, { widthPx: 50, heightPx: 39 })).not.toEqual([]);
    expect(foreignInPng(png, { widthPx: 50, heightPx: 41 })).not.toEqual([]);
  });

  test('a changed checksum is found', () => {
    const changed = Buffer.from(png);
    changed[changed.length - 1]! ^= 1;
    expect(foreignInPng(changed, size)).toContain('checksum of IEND');
  });
});

describe('WebP', () => {
  const grown = (more: Buffer) => {
    const bytes = Buffer.concat([webp, more]);
    bytes.writeUInt32LE(bytes.length - 8, 4);
    return bytes;
  };

  test.each(['EXIF', 'XMP ', 'ICCP', 'ANIM', 'VP8L'])('a further chunk %s is found', (name) => {
    const chunk = Buffer.concat([
      Buffer.from(name),
      Buffer.from([6, 0, 0, 0]),
      Buffer.from('hidden'),
    ]);
    expect(foreignInWebp(grown(chunk))).toEqual(['another chunk']);
  });

  test('of any size it needs its last bytes', async () => {
    const decodes = (bytes: Uint8Array) =>
      pictures.decode(bytes).then(
        () => true,
        () => false,
      );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 0, max: 255 }),
        async (widthPx, heightPx, mask) => {
          const rgb = await noisePicture(widthPx, heightPx).raw().toBuffer();
          for (let i = 0; i < rgb.length; i++) rgb[i]! &= mask;
          const bytes = await pictures.encode({ widthPx, heightPx, rgb }, 'webp');
          expect(await decodes(bytes)).toBe(true);
          const shorter = shortenedWebp(bytes);
          expect(shorter === null ? bytes.length < 40 : !(await decodes(shorter))).toBe(true);
        },
      ),
    );
  });

  test('an extended header is found', () => {
    const changed = Buffer.from(webp);
    changed.write('VP8X', 12, 'latin1');
    expect(foreignInWebp(changed)).toEqual(['chunk VP8X']);
  });
});
