import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { createSharpStills } from '../../server/adapters/sharp-stills.ts';
import { createRedactStill } from '../../server/footage/stills/redact-still.ts';
import { encodeHeif } from '../builders/heif.ts';
import {
  jpegSegment,
  markedPlan,
  noisePicture,
  pngChunk,
  quartersPicture,
  withChunks,
  withSegments,
} from '../builders/still.ts';
import { tagsBeyondAllowed } from '../builders/still-tags.ts';

// Pictures as phones, scanners and programs write them. Whatever lies in them, the copy has black
// tiles where they were asked for, and nothing but pixels.

const WIDTH = 96;
const HEIGHT = 64;
const SECRET = 'Samsung SM-A525F 42.8746 N';
const fixtures = new Map<string, Buffer>();
let redactStill: ReturnType<typeof createRedactStill>;

/** Every kind that is handled. */
const KINDS: Record<string, () => Promise<Buffer>> = {
  'a grey JPEG': () => picture().toColourspace('b-w').jpeg().toBuffer(),
  'a progressive JPEG': () => picture().jpeg({ progressive: true }).toBuffer(),
  'a CMYK JPEG with Adobe’s marker': () => picture().toColourspace('cmyk').jpeg().toBuffer(),
  'a CMYK JPEG without a marker': async () => {
    const jpeg = await picture().toColourspace('cmyk').jpeg().toBuffer();
    return withoutSegments(jpeg, 0xee);
  },
  'a YCCK JPEG': async () => {
    const jpeg = await picture().toColourspace('cmyk').jpeg().toBuffer();
    const adobe = jpegSegment(0xee, Buffer.from('41646f6265006400000000' + '02', 'hex'));
    return withSegments(withoutSegments(jpeg, 0xee), adobe);
  },
  'a JPEG of red, green and blue': async () => {
    const jpeg = withoutSegments(await fine().toBuffer(), 0xe0);
    return withSegments(jpeg, jpegSegment(0xee, Buffer.from('41646f626500640000000000', 'hex')));
  },
  'a JPEG with a thumbnail and a maker’s name': async () =>
    withSegments(await fine().toBuffer(), exifWithThumbnail(await fine(32, 16).toBuffer())),
  'a JPEG with XMP, a comment and IPTC': async () =>
    withSegments(
      await fine().toBuffer(),
      jpegSegment(0xe1, ascii(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${SECRET}</x:xmpmeta>`)),
      jpegSegment(0xed, ascii(`Photoshop 3.0\u00008BIM${SECRET}`)),
      jpegSegment(0xfe, ascii(SECRET)),
    ),
  'a JPEG with a second picture behind it (MPF)': async () => {
    const index = Buffer.from(`4d5046004d4d002a00000008${'00'.repeat(6)}`, 'hex');
    const second = await noisePicture(WIDTH, HEIGHT).jpeg().toBuffer();
    return Buffer.concat([
      withSegments(await fine().toBuffer(), jpegSegment(0xe2, index)),
      second,
      ascii(SECRET),
    ]);
  },
  'a JPEG with a gain map (Ultra HDR)': async () => {
    const xmp =
      'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0"/></rdf:RDF></x:xmpmeta>';
    const iso = ascii('urn:iso:std:iso:ts:21496:-1\0\0\0\0\0');
    const map = await fine(48, 32).toBuffer();
    return Buffer.concat([
      withSegments(await fine().toBuffer(), jpegSegment(0xe1, ascii(xmp)), jpegSegment(0xe2, iso)),
      withSegments(map, jpegSegment(0xe1, ascii(xmp))),
    ]);
  },
  'a motion photo': async () =>
    Buffer.concat([
      await fine().toBuffer(),
      Buffer.from('0000001866747970', 'hex'),
      ascii(`isom${SECRET}`),
    ]),
  'a JPEG that is an archive too': async () =>
    Buffer.concat([
      await fine().toBuffer(),
      ascii(`PK\u0003\u0004${SECRET}PK\u0005\u0006`),
      Buffer.alloc(18),
    ]),
  'a JPEG with a colour profile': () => fine().withIccProfile('p3').toBuffer(),
  'a PNG of 16 bits': () => picture().toColourspace('rgb16').png().toBuffer(),
  'a PNG of 16 bits with a clear colour and a gamma': async () =>
    withChunks(
      await picture().toColourspace('rgb16').png().toBuffer(),
      pngChunk('gAMA', Buffer.from('0000b18f', 'hex')),
      pngChunk('tRNS', Buffer.from('000100010001', 'hex')),
    ),
  'a grey PNG with a clear level': async () =>
    withChunks(
      await picture().toColourspace('b-w').png().toBuffer(),
      pngChunk('tRNS', Buffer.from('0001', 'hex')),
    ),
  'a PNG with a palette and transparency': () =>
    picture().ensureAlpha(0.8).png({ palette: true }).toBuffer(),
  'an interlaced PNG': () => picture().png({ progressive: true }).toBuffer(),
  'a PNG with a colour profile': () => picture().png().withIccProfile('p3').toBuffer(),
  'a PNG with texts, EXIF and a date': async () =>
    withChunks(
      await picture().png().toBuffer(),
      pngChunk('tEXt', ascii(`Author\0${SECRET}`)),
      pngChunk('zTXt', Buffer.concat([ascii('Comment\0\0'), deflateSync(ascii(SECRET))])),
      pngChunk('eXIf', tiff()),
      pngChunk('tIME', Buffer.from('07e50b0f082907', 'hex')),
    ),
  'a PNG with bytes behind its end': async () =>
    Buffer.concat([await picture().png().toBuffer(), ascii(SECRET)]),
  'a lossy WebP': () => picture().webp().toBuffer(),
  'a WebP with transparency, EXIF and a profile': () =>
    picture()
      .ensureAlpha(0.5)
      .webp()
      .withIccProfile('p3')
      .withExifMerge({ IFD0: { Make: SECRET } })
      .toBuffer(),
  'a HEIC': async () => encodeHeif(await picture().png().toBuffer()),
  'an AVIF': async () => encodeHeif(await picture().png().toBuffer(), { avif: true }),
};

const picture = () => quartersPicture(WIDTH, HEIGHT);
const fine = (widthPx = WIDTH, heightPx = HEIGHT) =>
  quartersPicture(widthPx, heightPx).jpeg({ quality: 95, chromaSubsampling: '4:4:4' });

beforeAll(async () => {
  // Made before the adapter blocks what is not needed by the service.
  for (const [name, make] of Object.entries(KINDS)) fixtures.set(name, await make());
  redactStill = createRedactStill({ pictures: createSharpStills() });
});

describe.each(Object.keys(KINDS))('%s', (name) => {
  test.each(['jpeg', 'png', 'webp'] as const)('becomes a bare, covered %s', async (as) => {
    const bytes = fixtures.get(name)!;
    const before = Buffer.from(bytes);
    const {
      bytes: copy,
      format,
      proof,
    } = await redactStill({
      bytes,
      plan: markedPlan([20, 10, 20, 20]),
      as,
    });
    expect(format).toBe(as);
    expect(proof.result).toBe('passed');
    const { data, info } = await sharp(copy).raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: WIDTH, height: HEIGHT, channels: 3 });
    let farthest = 0;
    let shown = 0;
    for (let y = 0; y < HEIGHT; y++) {
      for (let x = 0; x < WIDTH; x++) {
        const covered = x >= 16 && x < 48 && y < 32;
        for (const value of data.subarray(3 * (y * WIDTH + x), 3 * (y * WIDTH + x) + 3)) {
          if (covered) farthest = Math.max(farthest, value);
          else shown = Math.max(shown, value);
        }
      }
    }
    expect(farthest).toBeLessThanOrEqual(as === 'jpeg' ? 2 : 0);
    expect(shown).toBeGreaterThan(100);
    expect(tagsBeyondAllowed(copy, as === 'jpeg' ? 'jpg' : as)).toEqual([]);
    expect(Buffer.from(copy).includes('Samsung')).toBe(false);
    expect(Buffer.compare(before, bytes)).toBe(0);
  });
});

test('what is to be left out is there before', () => {
  const tags = (name: string, extension = 'jpg') =>
    tagsBeyondAllowed(fixtures.get(name)!, extension).join();
  expect(tags('a JPEG with a thumbnail and a maker’s name')).toMatch(/IFD1:ThumbnailImage/);
  expect(tags('a JPEG with XMP, a comment and IPTC')).toMatch(/File:Comment/);
  expect(tags('a JPEG with a gain map (Ultra HDR)')).toMatch(/XMP-hdrgm:/i);
  expect(tags('a motion photo')).toMatch(/File:EmbeddedVideo/);
  expect(tags('a PNG with texts, EXIF and a date', 'png')).toMatch(
    /PNG:ModifyDate.*IFD0:Make|IFD0:Make.*PNG:ModifyDate/,
  );
  expect(tags('a WebP with transparency, EXIF and a profile', 'webp')).toMatch(/IFD0:Make/);
});

describe('orientation', () => {
  // Where the quarters of the picture as it is stored come to lie, by the number in its EXIF.
  test.each([
    [1, [0, 1, 2, 3]],
    [2, [1, 0, 3, 2]],
    [3, [3, 2, 1, 0]],
    [4, [2, 3, 0, 1]],
    [5, [0, 2, 1, 3]],
    [6, [2, 0, 3, 1]],
    [7, [3, 1, 2, 0]],
    [8, [1, 3, 0, 2]],
  ])('%i is applied once and left out of the copy', async (orientation, wanted) => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      await expectTurned(format, orientation, wanted);
    }
  });

  async function expectTurned(
    format: 'jpeg' | 'png' | 'webp',
    orientation: number,
    wanted: readonly number[],
  ) {
    const greys = [40, 100, 160, 220];
    const rgb = new Uint8Array(3 * WIDTH * HEIGHT);
    for (let i = 0; i < WIDTH * HEIGHT; i++) {
      const quarter = (i < (WIDTH * HEIGHT) / 2 ? 0 : 2) + (i % WIDTH < WIDTH / 2 ? 0 : 1);
      rgb.fill(greys[quarter]!, 3 * i, 3 * i + 3);
    }
    const bytes = await sharp(rgb, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
      .toFormat(format, { quality: 95 })
      .withMetadata({ orientation })
      .toBuffer();
    const { bytes: copy, proof } = await redactStill({ bytes, plan: markedPlan([0, 0, 16, 16]) });
    const { widthPx, heightPx } = proof.output!;
    expect([widthPx, heightPx]).toEqual(orientation < 5 ? [WIDTH, HEIGHT] : [HEIGHT, WIDTH]);
    const { data } = await sharp(copy).raw().toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) =>
      greys.findIndex((grey) => Math.abs(grey - data[3 * (y * widthPx + x)]!) < 12);
    const seen = [
      at(20, 20),
      at(widthPx - 4, 20),
      at(4, heightPx - 4),
      at(widthPx - 4, heightPx - 4),
    ];
    expect(seen).toEqual(wanted);
    expect(data[0]).toBeLessThanOrEqual(2);
    expect(tagsBeyondAllowed(copy, format === 'jpeg' ? 'jpg' : format)).toEqual([]);
  }
});

describe('extremes', () => {
  const plan = markedPlan([0, 0, 16, 8]);

  test('a picture as wide as a JPEG can be', async () => {
    const bytes = await quartersPicture(65_500, 8).jpeg().toBuffer();
    const { proof } = await redactStill({ bytes, plan });
    expect(proof.output).toMatchObject({ widthPx: 65_500, heightPx: 8 });
    expect((await redactStill({ bytes, plan, as: 'png' })).proof.result).toBe('passed');
  });

  test.each([
    ['webp', 16_384],
    ['jpeg', 65_536],
  ] as const)('a picture wider than a %s can be is refused by name', async (as, widthPx) => {
    const bytes = await quartersPicture(widthPx, 8).png().toBuffer();
    const refused = expect.objectContaining({
      code: 'STILL_TOO_LARGE',
      message: expect.stringMatching(/^The picture is .* a side\. .*\.$/),
    });
    await expect(redactStill({ bytes, plan, as })).rejects.toEqual(refused);
  });

  test('a picture of one pixel', async () => {
    const bytes = await quartersPicture(1, 1).png().toBuffer();
    const { bytes: copy } = await redactStill({ bytes, plan: markedPlan([0, 0, 1, 1]) });
    expect([...(await sharp(copy).raw().toBuffer())]).toEqual([0, 0, 0]);
  });

  test('an arithmetic-coded JPEG is refused or covered, and never half', async () => {
    const bytes = await fine().toBuffer();
    const frame = bytes.indexOf(Buffer.from('ffc0', 'hex'));
    bytes[frame + 1] = 0xc9;
    const answer = await redactStill({ bytes, plan }).catch((error: { code: string }) => error);
    expect('code' in answer ? answer.code : answer.proof.result).toMatch(
      /^(STILL_UNREADABLE|passed)$/,
    );
  });
});

function ascii(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

/** A JPEG without its segments of a kind. */
function withoutSegments(jpeg: Buffer, marker: number): Buffer {
  const parts = [jpeg.subarray(0, 2)];
  let at = 2;
  while (jpeg[at + 1] !== 0xda) {
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    if (jpeg[at + 1] !== marker) parts.push(jpeg.subarray(at, end));
    at = end;
  }
  return Buffer.concat([...parts, jpeg.subarray(at)]);
}

/** One tag, Make, in big-endian TIFF. */
function tiff(): Buffer {
  const text = ascii(`${SECRET}\0`);
  const head = Buffer.from('4d4d002a000000080001010f0002000000000000001a00000000', 'hex');
  head.writeUInt32BE(text.length, 14);
  return Buffer.concat([head, text]);
}

/** EXIF with Make in the first directory and a thumbnail in the second. */
function exifWithThumbnail(thumbnail: Buffer): Buffer {
  const text = ascii(`${SECRET}\0`);
  const second = 26 + text.length;
  const data = second + 30;
  const body = Buffer.alloc(data + thumbnail.length);
  body.write('4d4d002a000000080001010f00020000', 0, 'hex');
  body.writeUInt32BE(text.length, 14);
  body.writeUInt32BE(26, 18);
  body.writeUInt32BE(second, 22);
  text.copy(body, 26);
  body.write('00020201000400000001', second, 'hex');
  body.writeUInt32BE(data, second + 10);
  body.write('0202000400000001', second + 14, 'hex');
  body.writeUInt32BE(thumbnail.length, second + 22);
  thumbnail.copy(body, data);
  return jpegSegment(0xe1, Buffer.concat([ascii('Exif\0\0'), body]));
}
