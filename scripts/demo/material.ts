import { createReadStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Terminal } from '../../server/cli/terminal.ts';
import { writeSampleCases } from '../sample/cases.ts';
import { writeSamplePresence } from '../sample/presence.ts';
import type { StreetTruth } from '../sample/street-scene/truth.ts';
import { drawStreetScene } from '../sample/street-scene.ts';

const SEED = 'dalil';
/** As many recorders in shops keep. More would show nothing more, and take longer to draw and to cover. */
const FRAMES_PER_SECOND = 10;

/** A clip of the demonstration, and what is known of it. */
export interface DemoClip {
  readonly path: string;
  /** The ground truth of the sample; null for a clip that was given. */
  readonly truth: StreetTruth | null;
  /** A plan that a person made of a given clip; null when there is none. */
  readonly planPath: string | null;
}

/** What the demonstration works on. */
export interface DemoMaterial {
  readonly casesPath: string;
  readonly presencePath: string;
  readonly clips: readonly DemoClip[];
  /** Whether the cases are the sample's. */
  readonly sampleCases: boolean;
}

/** Makes the sample material that was not given: cases, a clip with its truth, a presence log. */
export async function makeMaterial(wanted: {
  folder: string;
  cases?: string;
  footage: readonly string[];
  plans: readonly string[];
  ffmpegPath: string;
  terminal: Terminal;
}): Promise<DemoMaterial> {
  const { folder, cases, footage, plans, ffmpegPath, terminal } = wanted;
  await mkdir(folder, { recursive: true });
  const presencePath = path.join(folder, 'presence.csv');
  await writeSamplePresence({ path: presencePath, seed: SEED });
  const casesPath = cases ?? path.join(folder, 'cases.csv');
  if (cases === undefined) await writeSampleCases({ path: casesPath, seed: SEED });
  if (footage.length > 0) {
    const clips = footage.map((file, i) => ({
      path: file,
      truth: null,
      planPath: plans[i] ?? null,
    }));
    return { casesPath, presencePath, clips, sampleCases: cases === undefined };
  }
  const { clipPath, truthPath } = await drawStreetScene({
    outDir: folder,
    seed: SEED,
    framesPerSecond: FRAMES_PER_SECOND,
    ffmpegPath,
    onProgress: (done, total) =>
      terminal.progress('Drawing the sample clip', done, total, 'frames'),
  });
  const truth: StreetTruth = JSON.parse(await readFile(truthPath, 'utf8'));
  const clips = [{ path: clipPath, truth, planPath: null }];
  return { casesPath, presencePath, clips, sampleCases: cases === undefined };
}

/** The bytes of a file, by and by. */
export function bytesOf(file: string): AsyncIterable<Uint8Array> {
  return createReadStream(file, { highWaterMark: 1_048_576 });
}
