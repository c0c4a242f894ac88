import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createSeededRandom } from './seeded-random.ts';
import { drawBackdrop } from './street-scene/backdrop.ts';
import { FRAME } from './street-scene/camera.ts';
import { createCanvas } from './street-scene/canvas.ts';
import { captionBoxes, writeCaption, writeMark } from './street-scene/caption.ts';
import { startEncoder } from './street-scene/encoder.ts';
import { createSensor, FRAME_BYTES } from './street-scene/sensor.ts';
import { CAST, paintStage, standingCar } from './street-scene/stage.ts';
import { POLICE_STAY, STORY_SECONDS, WAIT } from './street-scene/story.ts';
import { type StreetTruth, TRUTH_TILE_PX, type TruthSighting } from './street-scene/truth.ts';

/** How often the camera looks, unless it is to look less often. */
const FRAMES_PER_SECOND = 20;
/** Rows of the picture that the caption lies in, and where they end in an array of colours. */
const CLOCK_ROWS = 48;
const CLOCK_END = 3 * FRAME.width * CLOCK_ROWS;
/** The recorder's clock in the first frame: a weekday of the sample's presence log, local time. */
const STARTS_AT = '2021-11-15T08:41:07';

/**
 * Draws the sample clip frame by frame, 1280 × 720 H.264: a street by a dispensing site seen by a
 * fixed camera, a police car that comes, waits and leaves, people who pass before and behind it, a
 * civilian car. It is marked as a sample in every frame. Its ground truth lies beside it as JSON.
 * The same seed and ffmpeg give the same bytes.
 *
 * @throws {Error} when the folder cannot be written, or ffmpeg is missing or fails.
 */
export async function drawStreetScene(options: {
  outDir: string;
  seed: string;
  ffmpegPath?: string;
  /** Only so much of the story's beginning, for a quick look; all of it by default. */
  seconds?: number;
  /** Fewer frames of the same story, a whole number. */
  framesPerSecond?: number;
  onProgress?: (done: number, total: number) => void;
}): Promise<{ clipPath: string; truthPath: string }> {
  const { outDir, seed, ffmpegPath = 'ffmpeg', seconds = STORY_SECONDS, onProgress } = options;
  const { framesPerSecond = FRAMES_PER_SECOND } = options;
  await mkdir(outDir, { recursive: true });
  const clipPath = path.join(outDir, 'street-scene.mp4');
  const truthPath = path.join(outDir, 'street-scene.truth.json');
  const frameCount = Math.round(Math.min(seconds, STORY_SECONDS) * framesPerSecond);
  const encoder = await startEncoder({ ffmpegPath, outPath: clipPath, framesPerSecond });
  const frames: TruthSighting[][] = [];
  const draw = createFrameDrawer(seed, framesPerSecond);
  for (let frame = 0; frame < frameCount; frame++) {
    const { sightings, planes } = draw(frame);
    frames.push(sightings);
    await encoder.write(planes);
    onProgress?.(frame + 1, frameCount);
  }
  await encoder.end();
  await writeFile(truthPath, `${JSON.stringify(truthOf(seed, framesPerSecond, frames))}\n`);
  return { clipPath, truthPath };
}

/** Draws frames in order, each over the same empty street; its arrays are used again. */
function createFrameDrawer(seed: string, framesPerSecond: number) {
  const backdrop = drawBackdrop(seed);
  const sensor = createSensor(createSeededRandom(`sensor/${seed}`).below(2 ** 31));
  const canvas = createCanvas();
  canvas.rgb.set(backdrop.rgb);
  writeMark(canvas);
  const street = canvas.rgb.slice();
  const streetPlanes = new Uint8ClampedArray(FRAME_BYTES);
  sensor.convert(street, streetPlanes, [0, 0, FRAME.width, FRAME.height]);
  const planes = streetPlanes.slice();
  const exposed = new Uint8ClampedArray(FRAME_BYTES);
  const started = Date.parse(`${STARTS_AT}Z`);

  function clear(): void {
    for (const [x0, y0, x1, y1] of canvas.takeChanged()) {
      for (let y = y0; y < y1; y++) {
        const [from, to] = [y * FRAME.width + x0, y * FRAME.width + x1];
        canvas.rgb.set(street.subarray(3 * from, 3 * to), 3 * from);
        canvas.owners.fill(0, from, to);
      }
    }
  }

  /** The caption belongs to the street for the second that it shows. */
  function setClock(second: number): void {
    street.set(backdrop.rgb.subarray(0, CLOCK_END), 0);
    canvas.rgb.set(street);
    writeCaption(canvas, new Date(started + 1000 * second));
    canvas.takeChanged();
    street.set(canvas.rgb);
    sensor.convert(street, streetPlanes, [0, 0, FRAME.width, CLOCK_ROWS]);
  }

  return (frame: number): { sightings: TruthSighting[]; planes: Uint8Array } => {
    clear();
    if (frame % framesPerSecond === 0) setClock(frame / framesPerSecond);
    const sightings = paintStage(canvas, backdrop.screens, frame / framesPerSecond);
    planes.set(streetPlanes);
    for (const part of canvas.changed()) sensor.convert(canvas.rgb, planes, part);
    sensor.expose(planes, frame, exposed);
    return { sightings, planes: new Uint8Array(exposed.buffer) };
  };
}

function truthOf(seed: string, framesPerSecond: number, frames: TruthSighting[][]): StreetTruth {
  const frameAt = (seconds: number) => Math.ceil(seconds * framesPerSecond);
  const boxes = captionBoxes();
  const { actor, box, windows, plates } = standingCar(POLICE_STAY.stops);
  return {
    version: 1,
    sample: true,
    seed,
    widthPx: FRAME.width,
    heightPx: FRAME.height,
    tilePx: TRUTH_TILE_PX,
    framesPerSecond,
    frameCount: frames.length,
    startsAt: STARTS_AT,
    actors: CAST,
    policeStay: {
      actor,
      frames: [frameAt(POLICE_STAY.stops), frameAt(POLICE_STAY.starts)],
      box,
      windows,
      plates,
    },
    wait: {
      actor: CAST.findIndex(({ name }) => name === 'green'),
      frames: [frameAt(WAIT.from), frameAt(WAIT.to)],
    },
    captionBox: boxes.caption,
    markBox: boxes.mark,
    frames,
  };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: 'sample' },
      seed: { type: 'string', default: 'dalil' },
    },
  });
  const paths = await drawStreetScene({
    outDir: values.out,
    seed: values.seed,
    onProgress(done, total) {
      if (done % 100 === 0) process.stderr.write(`street scene: ${done} of ${total} frames\n`);
    },
  });
  process.stdout.write(`${paths.clipPath}\n${paths.truthPath}\n`);
}
