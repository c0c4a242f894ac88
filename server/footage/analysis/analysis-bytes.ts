import { z } from 'zod';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { type Sha256, sha256 } from '../../kernel/digest.ts';
import { FootageError } from '../errors.ts';
import { cellCount, frameGrid } from '../frame-grid.ts';
import { ANALYSIS_VERSION, type FootageAnalysis } from './analysis.ts';

// Layout: magic, length of the header (32 bits), header (canonical JSON), then the arrays in the
// order of the header, little-endian, each padded to eight bytes.
const MAGIC = 'dalil-analysis/1';
const PAD = 8;

const count = z.int().min(0);
const boxSchema = z.tuple([z.int(), z.int(), z.int(), z.int()]).readonly();
const spanSchema = z.tuple([count, count]).readonly();
const sampled = {
  sampledFrames: z.array(count),
  sampledElsewhere: z.array(z.strictObject({ clip: z.string(), frames: z.array(count) })),
};
const headerSchema = z.strictObject({
  version: z.literal(ANALYSIS_VERSION),
  widthPx: z.int().min(2).max(4096),
  heightPx: z.int().min(2).max(4096),
  timeBase: z.tuple([z.int().min(1), z.int().min(1)]),
  times: z.enum(['container', 'generated']),
  repairedTimes: count,
  frames: count,
  undecodedFrames: count,
  ...sampled,
  otherLights: z.array(z.strictObject({ ...sampled, spans: z.array(spanSchema) })),
  unstable: z.array(
    z.strictObject({ light: count, box: boxSchema, share: z.number().min(0).max(1) }),
  ),
  threshold: z.int().min(1).max(255),
  boxes: count,
  wholeFrames: z.array(count),
  doubtfulPlaces: z.array(boxSchema),
  // Left out where there are none, as in every recording of one light.
  carriedPlaces: z
    .array(z.strictObject({ box: boxSchema, frames: spanSchema }))
    .min(1)
    .optional(),
  objects: z.array(
    z.strictObject({
      number: z.int().min(1),
      span: spanSchema,
      dwell: z
        .strictObject({
          frames: spanSchema,
          box: boxSchema,
          part: z.tuple([count, count, z.int().min(1), z.int().min(1)]),
        })
        .nullable(),
    }),
  ),
});

/** The digest by which a plan names its analysis: SHA-256 of {@link encodeAnalysis}. */
export function analysisDigest(analysis: FootageAnalysis): Sha256 {
  return sha256(encodeAnalysis(analysis));
}

/** The bytes of an analysis, equal for equal analyses. They hold pictures of people: seal them. */
export function encodeAnalysis(analysis: FootageAnalysis): Uint8Array {
  const { index, foreground } = analysis;
  const header: z.input<typeof headerSchema> = {
    version: analysis.version,
    widthPx: analysis.widthPx,
    heightPx: analysis.heightPx,
    timeBase: [...index.timeBase],
    times: index.times,
    repairedTimes: index.repairedTimes,
    frames: index.ticks.length,
    undecodedFrames: analysis.undecodedFrames,
    ...sampledIn(analysis),
    otherLights: analysis.otherLights.map((light) => ({
      ...sampledIn(light),
      spans: [...light.spans],
    })),
    unstable: analysis.unstable.map(({ light, box, share }) => ({ light, box, share })),
    threshold: analysis.threshold,
    boxes: foreground.packed.length / 4,
    wholeFrames: [...analysis.wholeFrames],
    doubtfulPlaces: [...analysis.doubtfulPlaces],
    ...(analysis.carriedPlaces.length === 0 ? {} : { carriedPlaces: carriedIn(analysis) }),
    objects: analysis.objects.map(({ number, span, dwell }) => ({
      number,
      span,
      dwell:
        dwell === null
          ? null
          : { frames: dwell.frames, box: dwell.box, part: partOf(dwell.picture) },
    })),
  };
  const text = Buffer.from(canonicalJson(header), 'utf8');
  const head = Buffer.alloc(MAGIC.length + 4);
  head.write(MAGIC, 'ascii');
  head.writeUInt32LE(text.length, MAGIC.length);
  const arrays = [
    index.ticks,
    analysis.frameChecks,
    analysis.emptyScene,
    ...analysis.otherLights.map(({ emptyScene }) => emptyScene),
    foreground.starts,
    foreground.packed,
    ...analysis.objects.flatMap(({ boxes, dwell }) =>
      dwell === null ? [boxes] : [boxes, dwell.picture.planes],
    ),
  ].map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength));
  return new Uint8Array(Buffer.concat([head, text, ...arrays].flatMap(padded)));
}

/**
 * Reads an analysis back.
 *
 * @throws {FootageError} `ANALYSIS_UNREADABLE` when the bytes are no analysis of this version.
 */
export function decodeAnalysis(bytes: Uint8Array): FootageAnalysis {
  try {
    // A Buffer slices otherwise than what it extends: without a copy.
    return decode(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (cause) {
    throw new FootageError(
      'ANALYSIS_UNREADABLE',
      'The stored analysis is of another version of Dalil or damaged. Analyse the recording again.',
      { cause },
    );
  }
}

function decode(bytes: Uint8Array): FootageAnalysis {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ascii = Buffer.from(bytes.subarray(0, MAGIC.length)).toString('ascii');
  if (ascii !== MAGIC) throw new RangeError('no analysis');
  const textFrom = roundUp(MAGIC.length + 4);
  const textLength = view.getUint32(MAGIC.length, true);
  const text = new TextDecoder().decode(bytes.subarray(textFrom, textFrom + textLength));
  const header = headerSchema.parse(JSON.parse(text));
  let at = textFrom + roundUp(textLength);
  const next = (byteLength: number): ArrayBuffer => {
    if (at + byteLength > bytes.length) throw new RangeError('cut off');
    const array = bytes.slice(at, at + byteLength).buffer;
    at += roundUp(byteLength);
    return array;
  };
  const { frames } = header;
  const cells = cellCount(frameGrid(header.widthPx, header.heightPx));
  const ticks = new Float64Array(next(8 * frames));
  const frameChecks = new Uint32Array(next(4 * frames));
  const emptyScene = new Uint8Array(next(3 * cells));
  const otherLights = header.otherLights.map(({ spans, ...light }) => ({
    ...light,
    emptyScene: new Uint8Array(next(3 * cells)),
    spans,
  }));
  const starts = new Uint32Array(next(4 * (frames + 1)));
  const packed = new Int16Array(next(8 * header.boxes));
  const objects = header.objects.map(({ number, span, dwell }) => {
    const boxes = new Int16Array(next(8 * (span[1] - span[0])));
    if (dwell === null) return { number, span, boxes, dwell };
    const [x, y, width, height] = dwell.part;
    const planes = new Uint8Array(next(3 * width * height));
    const picture = { x, y, width, height, planes };
    return { number, span, boxes, dwell: { frames: dwell.frames, box: dwell.box, picture } };
  });
  if (at !== bytes.length) throw new RangeError('bytes after the end');
  return {
    version: header.version,
    widthPx: header.widthPx,
    heightPx: header.heightPx,
    index: {
      timeBase: header.timeBase,
      ticks,
      times: header.times,
      repairedTimes: header.repairedTimes,
    },
    undecodedFrames: header.undecodedFrames,
    frameChecks,
    sampledFrames: header.sampledFrames,
    sampledElsewhere: header.sampledElsewhere,
    emptyScene,
    otherLights,
    unstable: header.unstable,
    threshold: header.threshold,
    foreground: { starts, packed },
    wholeFrames: header.wholeFrames,
    doubtfulPlaces: header.doubtfulPlaces,
    carriedPlaces: header.carriedPlaces ?? [],
    objects,
  };
}

function carriedIn({ carriedPlaces }: FootageAnalysis) {
  return carriedPlaces.map(({ box, frames }) => ({ box, frames }));
}

function sampledIn(light: Pick<FootageAnalysis, 'sampledFrames' | 'sampledElsewhere'>) {
  return {
    sampledFrames: [...light.sampledFrames],
    sampledElsewhere: light.sampledElsewhere.map(({ clip, frames }) => ({
      clip,
      frames: [...frames],
    })),
  };
}

function partOf(picture: { x: number; y: number; width: number; height: number }) {
  return [picture.x, picture.y, picture.width, picture.height] as [number, number, number, number];
}

function roundUp(length: number): number {
  return Math.ceil(length / PAD) * PAD;
}

function padded(part: Buffer): Buffer[] {
  return [part, Buffer.alloc(roundUp(part.length) - part.length)];
}
