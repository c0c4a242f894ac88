import { type Box, clip, grow } from '../box.ts';
import { FootageError } from '../errors.ts';
import type { FrameSpan } from '../frame-span.ts';
import type { FootageMedia, MediaSource, PictureCodec } from '../ports.ts';
import type { FootageAnalysis } from './analysis.ts';
import { medianOf } from './empty-scene.ts';

const MOST_FRAMES = 25;
const MOST_BYTES = 96_000_000;
const AROUND_PX = 16;

/** What to show: the empty scene in one of its lights, 0 being the first, or an object where it stood. */
export type PictureRequest = { readonly light: number } | { readonly object: number };

/** The name of a picture: `empty-scene`, `empty-scene-2` in the second light, `object-7`. */
export function pictureName(picture: PictureRequest): string {
  if ('object' in picture) return `object-${picture.object}`;
  return picture.light === 0 ? 'empty-scene' : `empty-scene-${picture.light + 1}`;
}

/** Makes the use case. */
export function createExportPicture(deps: { media: FootageMedia; codec: PictureCodec }) {
  /**
   * A picture at full size for a person to look at before approving: the median of frames sampled
   * as for the one in the analysis. It shows people who stood still: it is sealed, never published.
   *
   * @returns PNG bytes and the box of the displayed frame that they show.
   * @throws {FootageError} `PLAN_INVALID` when there is no such light, or no such object, or it never
   *   stood still.
   */
  return async function exportPicture(job: {
    source: MediaSource;
    /** Where another recording of the camera is found that the scene was taken from, by its name. */
    sourceOf?: (clip: string) => MediaSource | undefined;
    analysis: FootageAnalysis;
    picture: PictureRequest;
    signal?: AbortSignal;
  }): Promise<{ png: Uint8Array; box: Box }> {
    const { source, analysis, picture, signal } = job;
    const { widthPx, heightPx } = analysis;
    const whole: Box = [0, 0, widthPx, heightPx];
    const subject =
      'light' in picture
        ? { frames: sampledIn(analysis, picture.light), box: whole }
        : subjectOf(analysis, picture.object);
    const room = Math.floor(MOST_BYTES / ((widthPx * heightPx * 3) / 2));
    const frames = spread(subject.frames, Math.max(3, Math.min(MOST_FRAMES, room)));
    const box = evenBox(clip(subject.box, widthPx, heightPx) ?? whole);
    const samples: Uint8Array[] = [];
    for (const [of, chosen] of Map.groupBy(frames, (frame) => frame.clip)) {
      const from = of === null ? source : job.sourceOf?.(of);
      if (from === undefined) throw unknownClip();
      const numbers = chosen.map(({ frame }) => frame);
      samples.push(
        ...(await deps.media.withFootage(from, signal, (footage) => footage.readFull(numbers))),
      );
    }
    const part = cropped(medianOf(samples), widthPx, heightPx, box);
    return { png: await deps.codec.encodePng(part, box[2], box[3]), box };
  };
}

/** What {@link createExportPicture} makes. */
export type ExportPicture = ReturnType<typeof createExportPicture>;

function unknownClip(): FootageError {
  return new FootageError(
    'RECORDING_UNKNOWN',
    'A recording that the empty scene was taken from is not there any more. Analyse the recording again.',
  );
}

function subjectOf(analysis: FootageAnalysis, number: number) {
  const dwell = analysis.objects.find((object) => object.number === number)?.dwell;
  if (dwell) return { frames: everyFrame(dwell.frames), box: grow(dwell.box, AROUND_PX) };
  throw new FootageError(
    'PLAN_INVALID',
    `Object ${number} is not in the analysis or never stood still, so there is no picture of it. Choose another.`,
  );
}

/** A frame of the recording, or of another one of its camera. */
interface FrameOfCamera {
  readonly clip: string | null;
  readonly frame: number;
}

function sampledIn(analysis: FootageAnalysis, light: number): FrameOfCamera[] {
  const scene = [analysis, ...analysis.otherLights][light];
  if (scene !== undefined) {
    return [{ clip: null, frames: scene.sampledFrames }, ...scene.sampledElsewhere].flatMap(
      ({ clip, frames }) => frames.map((frame) => ({ clip, frame })),
    );
  }
  throw new FootageError(
    'PLAN_INVALID',
    `The recording has no light of the number ${light + 1}. The analysis says how many there are.`,
  );
}

function everyFrame([from, to]: FrameSpan): FrameOfCamera[] {
  return Array.from({ length: to - from }, (_, at) => ({ clip: null, frame: from + at }));
}

/** At most `count` of `frames`, evenly spread. */
function spread<Frame>(frames: readonly Frame[], count: number): Frame[] {
  if (frames.length <= count) return [...frames];
  return Array.from(
    { length: count },
    (_, at) => frames[Math.floor((at * frames.length) / count)]!,
  );
}

/** The box widened to even coordinates, as chroma needs; frames have even sides. */
function evenBox([x, y, width, height]: Box): Box {
  const x0 = x - (x % 2);
  const y0 = y - (y % 2);
  const x1 = x + width + ((x + width) % 2);
  const y1 = y + height + ((y + height) % 2);
  return [x0, y0, x1 - x0, y1 - y0];
}

function cropped(planes: Uint8Array, widthPx: number, heightPx: number, box: Box): Uint8Array {
  const [x, y, width, height] = box;
  const part = new Uint8Array((width * height * 3) / 2);
  let to = 0;
  const copy = (from: number, stride: number, divisor: number) => {
    for (let row = 0; row < height / divisor; row++) {
      const at = from + (y / divisor + row) * stride + x / divisor;
      part.set(planes.subarray(at, at + width / divisor), to);
      to += width / divisor;
    }
  };
  const luma = widthPx * heightPx;
  copy(0, widthPx, 1);
  copy(luma, widthPx / 2, 2);
  copy(luma + luma / 4, widthPx / 2, 2);
  return part;
}
