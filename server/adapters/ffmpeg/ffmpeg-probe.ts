import type { FfprobeData, FfprobeStream } from 'fluent-ffmpeg';
import { FootageError } from '../../footage/errors.ts';
import type { OpenMedia, SourceFacts } from '../../footage/ports.ts';
import { inputLimits } from './ffmpeg-input.ts';
import { probeSideData, type SideData, turnOfMirrored } from './ffmpeg-side-data.ts';

const WAIT_LIMIT_MS = 60_000;
const MOST_PIXELS = 3840 * 2400;
const LONGEST_SIDE_PX = 4096;
const LEAST_SIDE_PX = 32;
const LONGEST_SECONDS = 12 * 3600;
/** Their length is a guess from the first and the last time, which may have begun again between. */
const UNTOLD_LENGTH = /^(mpegts|mpeg)$/;

const CODECS = new Set(
  (
    'h264 hevc mpeg4 msmpeg4v1 msmpeg4v2 msmpeg4v3 mjpeg mpeg1video mpeg2video h263 h263p wmv1 wmv2 wmv3 ' +
    'vc1 vp8 vp9 av1 prores dvvideo ffv1 rawvideo flv1 svq3'
  ).split(' '),
);
/** Streams without a container: the decoder's nominal rate is all the time they have. */
const BARE_STREAMS = /^(h264|hevc|m4v|mjpeg|mpegvideo|obu)$/;

/**
 * Reads what a recording says of itself. The only file that knows fluent-ffmpeg.
 *
 * @throws {FootageError} `SOURCE_EMPTY`, `SOURCE_IS_PLAYLIST`, `SOURCE_UNREADABLE`, `SOURCE_ENCRYPTED`,
 *   `NO_VIDEO`, `SEVERAL_VIDEOS`, `CODEC_UNSUPPORTED`, `FRAME_TOO_LARGE`, `CLIP_TOO_LONG`, `ROTATION_UNSUPPORTED`,
 *   `TOOL_TIMED_OUT` or `TOOL_MISSING`.
 */
export async function probeFootage(ffprobePath: string, media: OpenMedia): Promise<SourceFacts> {
  const beside = probeSideData(ffprobePath, media);
  // What is wrong with the recording as a whole is told first.
  beside.catch(() => undefined);
  const data = await probe(ffprobePath, media);
  const [stream, other] = data.streams.filter(isVideo);
  if (stream === undefined) {
    throw new FootageError(
      'NO_VIDEO',
      'The file has no video in it. Choose the camera’s recording.',
    );
  }
  // Taking one of them in silence would lose what the other camera saw.
  if (other !== undefined) {
    throw new FootageError(
      'SEVERAL_VIDEOS',
      'The file holds the videos of several cameras. Export each camera by itself at the recorder.',
    );
  }
  const { encrypted, matrix } = await beside;
  if (encrypted) {
    throw new FootageError(
      'SOURCE_ENCRYPTED',
      'The recording is encrypted, and what is decoded of it would be noise. Export it without protection at the recorder.',
    );
  }
  return factsOf(stream, data, matrix);
}

async function probe(ffprobePath: string, media: OpenMedia): Promise<FfprobeData> {
  // Read when a recording is: most of what is done reads none.
  const { default: ffmpeg } = await import('fluent-ffmpeg');
  return await new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(
        new FootageError(
          'TOOL_TIMED_OUT',
          'Looking into the recording took more than a minute and was stopped. Copy it from the recorder again.',
        ),
      );
    }, WAIT_LIMIT_MS);
    const options = ['-v', 'error', ...inputLimits(media)];
    ffmpeg(media.url)
      .setFfprobePath(ffprobePath)
      .ffprobe(options, (error: unknown, data: FfprobeData) => {
        clearTimeout(timer);
        if (error) reject(refusal(error));
        else resolve(data);
      });
  });
}

function refusal(cause: unknown): FootageError {
  const text = cause instanceof Error ? cause.message : '';
  if (/ENOENT.*ffprobe|spawn|Cannot find ffprobe/.test(text)) {
    return new FootageError(
      'TOOL_MISSING',
      'The program ffprobe could not be started. Install ffmpeg, or say where it is with DALIL_FFMPEG.',
      { cause },
    );
  }
  if (/not on whitelist|not in whitelist/i.test(text)) {
    return new FootageError(
      'SOURCE_IS_PLAYLIST',
      'The file is a playlist or another kind of file that is no recording by itself. Choose the recording it points to.',
      { cause },
    );
  }
  return new FootageError(
    'SOURCE_UNREADABLE',
    'The file is no recording that can be read, or its beginning or end is cut off. Copy it from the recorder again.',
    { cause },
  );
}

function isVideo(stream: FfprobeStream): boolean {
  return stream.codec_type === 'video' && Number(stream.disposition?.attached_pic ?? 0) === 0;
}

function factsOf(
  stream: FfprobeStream,
  data: FfprobeData,
  matrix: SideData['matrix'],
): SourceFacts {
  const codec = String(stream.codec_name);
  if (!CODECS.has(codec)) {
    throw new FootageError(
      'CODEC_UNSUPPORTED',
      'The video is coded in a way that is not handled. Convert it at the recorder to H.264 or H.265.',
    );
  }
  const codedWidthPx = Number(stream.width);
  const codedHeightPx = Number(stream.height);
  const pixelAspect = aspect(String(stream.sample_aspect_ratio ?? '1:1'));
  const mirroredTurn = turnOfMirrored(matrix);
  const rotationDegrees = mirroredTurn === null ? rotation(stream) : rightAngle(mirroredTurn);
  const square: [number, number] = [
    pixelAspect > 1 ? Math.round(codedWidthPx * pixelAspect) : codedWidthPx,
    pixelAspect < 1 ? Math.round(codedHeightPx / pixelAspect) : codedHeightPx,
  ];
  const [width, height] = rotationDegrees % 180 === 0 ? square : [square[1], square[0]];
  const tooLarge = width * height > MOST_PIXELS || Math.max(width, height) > LONGEST_SIDE_PX;
  if (!(Math.min(width, height) >= LEAST_SIDE_PX) || tooLarge) {
    throw new FootageError(
      'FRAME_TOO_LARGE',
      `The picture measures ${width} × ${height} pixels; from ${LEAST_SIDE_PX} × ${LEAST_SIDE_PX} up to 3840 × 2400 are handled. Export it smaller.`,
    );
  }
  const told = !UNTOLD_LENGTH.test(String(data.format.format_name));
  if (told && Number(data.format.duration ?? 0) > LONGEST_SECONDS) {
    throw new FootageError(
      'CLIP_TOO_LONG',
      'The recording is longer than 12 hours. Cut it at the recorder into shorter ones.',
    );
  }
  const promised = Number(stream.nb_frames);
  return {
    stream: stream.index,
    codec,
    codedWidthPx,
    codedHeightPx,
    pixelAspect,
    mirrored: mirroredTurn !== null,
    rotationDegrees,
    timeBase: ratio(String(stream.time_base), '/'),
    times: BARE_STREAMS.test(String(data.format.format_name)) ? 'generated' : 'container',
    widthPx: width + (width % 2),
    heightPx: height + (height % 2),
    promisedFrames: Number.isInteger(promised) && promised > 0 ? promised : null,
    promisedSeconds: promisedSeconds(stream, data),
    colour: {
      primaries: named(stream.color_primaries),
      transfer: named(stream.color_transfer),
      matrix: named(stream.color_space),
    },
    limitedYuv420p: stream.pix_fmt === 'yuv420p' && !/^(pc|jpeg)$/.test(stream.color_range ?? ''),
  };
}

/**
 * What the head of a Matroska file says of its video's length: it counts no frames, and its clusters end
 * anywhere without a sign that more were to come.
 */
function promisedSeconds(stream: FfprobeStream, data: FfprobeData): number | null {
  if (!/matroska/.test(String(data.format.format_name))) return null;
  const tags = (stream as { tags?: Record<string, unknown> }).tags ?? {};
  const own = /^(\d+):(\d\d):(\d\d\.\d+)$/.exec(String(tags.DURATION ?? ''));
  if (own !== null) return 3600 * Number(own[1]) + 60 * Number(own[2]) + Number(own[3]);
  const whole = data.streams.length === 1 ? Number(data.format.duration) : Number.NaN;
  return Number.isFinite(whole) ? whole : null;
}

function ratio(text: string, separator: string): [number, number] {
  const [a, b] = text.split(separator).map(Number);
  return Number.isInteger(a) && Number.isInteger(b) && a! > 0 && b! > 0 ? [a!, b!] : [1, 1000];
}

function aspect(text: string): number {
  const [a, b] = text.split(':').map(Number);
  const value = a! / b!;
  return Number.isFinite(value) && value > 0.1 && value < 10 ? value : 1;
}

/** ffprobe tells the turn counter-clockwise, as a display matrix does; some old files as a tag. */
function rotation(stream: FfprobeStream): SourceFacts['rotationDegrees'] {
  const matrix = Number((stream as { rotation?: unknown }).rotation ?? 0);
  return rightAngle(((-Math.round(matrix) % 360) + 360) % 360);
}

function rightAngle(degrees: number): SourceFacts['rotationDegrees'] {
  if (degrees === 0 || degrees === 90 || degrees === 180 || degrees === 270) return degrees;
  throw new FootageError(
    'ROTATION_UNSUPPORTED',
    'The recording says it is turned by an odd angle. Export it upright.',
  );
}

function named(value: unknown): string | null {
  const text = String(value ?? '');
  return /^(bt709|smpte170m|bt470bg|bt470m|iec61966-2-1|gamma22|gamma28)$/.test(text) ? text : null;
}
