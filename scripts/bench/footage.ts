import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { fileMediaSource } from '../../server/adapters/ffmpeg/ffmpeg-file-source.ts';
import { createFolderWorkStore } from '../../server/adapters/folder-work-store.ts';
import { composeTools } from '../../server/composition/compose-tools.ts';
import { type Config, readConfig } from '../../server/config.ts';
import type { FootageAnalysis } from '../../server/footage/analysis/analysis.ts';
import { RENDERING } from '../../server/footage/copy/rendering-settings.ts';
import { proposePlan } from '../../server/footage/plan/propose-plan.ts';
import { drawStreetScene } from '../sample/street-scene.ts';
import { againstLimit, type Comparison, compare, run, seconds } from './measure.ts';

const PLAIN = 'plain ffmpeg transcode';
/** Times that the sample of 76 seconds is shown to make an hour of it. */
const LOOPS = 47;
const MEMORY_LIMIT_MB = 300;
/** How much more a frame may cost in an hour than in a minute, and how much more memory the hour may take. */
const FLAT = 1.15;

/**
 * Redacting the sample clip against a plain transcode of it by the same ffmpeg with the same settings
 * of the coder: the whole, and its parts. Then an hour of it, small: what an edit costs of what the
 * whole cost, how much memory the process took, and both against a minute of the same.
 */
export async function benchFootage(config: Config, folder: string): Promise<Comparison[]> {
  const { clipPath } = await drawStreetScene({
    outDir: folder,
    seed: 'dalil',
    ffmpegPath: config.ffmpegPath,
  });
  const { preset, crf, maxQuantiser, threads } = RENDERING;
  const theirs = () =>
    run(config.ffmpegPath, [
      ...['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', '-i', clipPath],
      ...['-an', '-c:v', 'libx264', '-preset', preset, '-crf', String(crf)],
      ...['-x264-params', `cpu-independent=1:bframes=0:qpmax=${maxQuantiser}`],
      ...['-threads', String(threads), '-pix_fmt', 'yuv420p'],
      ...['-movflags', '+faststart', path.join(folder, 'theirs.mp4')],
    ]);
  const analysis = await analyse(config, clipPath);
  const against = { peer: PLAIN, pairs: 5, theirs };
  return [
    await compare({
      name: 'redact the sample clip, with analysis and proof',
      limit: 1.8,
      ...against,
      ours: () => redact(config, folder, clipPath),
    }),
    await compare({
      name: 'analyse it',
      limit: 0.25,
      ...against,
      ours: () => analyse(config, clipPath),
    }),
    await compare({
      name: 'cover and prove it (1.25 and 0.3: both at once)',
      limit: 1.55,
      ...against,
      ours: () => redact(config, folder, clipPath, { analysis }),
    }),
    ...(await benchHour(config, folder, clipPath, LOOPS)),
  ];
}

/** @param loops - how often the minute is shown to make the hour. */
export async function benchHour(
  config: Config,
  folder: string,
  clipPath: string,
  loops: number,
): Promise<Comparison[]> {
  const small = path.join(folder, 'small.mp4');
  const long = path.join(folder, 'hour.mp4');
  const quiet = ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y'];
  const coder = ['-c:v', 'libx264', '-preset', 'veryfast', '-g', '20'];
  await run(config.ffmpegPath, [
    ...[...quiet, '-i', clipPath, '-vf', 'fps=10,scale=640:360', ...coder, small],
  ]);
  await run(config.ffmpegPath, [
    ...[...quiet, '-stream_loop', String(loops), '-i', small, '-c', 'copy', long],
  ]);
  const minute = await figuresOf(folder, small);
  const hour = await figuresOf(folder, long);
  const perFrame = (of: LongFigures) => (1000 * (of.analyseSeconds + of.wholeSeconds)) / of.frames;
  return [
    oneRatio({
      name: 'edit one region of an hour of it',
      peer: 'covering and proving that hour',
      limit: 0.05,
      values: [hour.editSeconds, hour.wholeSeconds],
      unit: 's',
    }),
    oneRatio({
      name: 'analyse, cover and prove a frame of that hour',
      peer: 'a frame of a minute of it',
      limit: FLAT,
      values: [perFrame(hour), perFrame(minute)],
      unit: 'ms',
    }),
    againstLimit({
      name: 'memory beside ffmpeg while an hour is analysed, covered, proved and edited',
      limit: MEMORY_LIMIT_MB,
      values: [hour.megabytes],
      unit: 'MB',
    }),
    oneRatio({
      name: 'memory for that hour',
      peer: 'a minute of it',
      limit: FLAT,
      values: [hour.megabytes, minute.megabytes],
      unit: 'MB',
    }),
  ];
}

/** Of what takes too long to be measured in pairs. */
function oneRatio(options: {
  name: string;
  peer: string;
  limit: number;
  values: readonly [ours: number, theirs: number];
  unit: Comparison['unit'];
}): Comparison {
  const { values, ...named } = options;
  const [ours, theirs] = values;
  const ratio = ours / theirs;
  return { ...named, ratio, spread: [ratio, ratio], ours, theirs };
}

interface LongFigures {
  readonly frames: number;
  readonly analyseSeconds: number;
  readonly wholeSeconds: number;
  readonly editSeconds: number;
  readonly megabytes: number;
}

/** In a process of its own, so that its memory is seen, run as the command and the service run it. */
async function figuresOf(folder: string, clip: string): Promise<LongFigures> {
  const args = ['--max-semi-space-size=2', import.meta.filename, folder, clip];
  const env = { ...process.env, MALLOC_ARENA_MAX: '1' };
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  return JSON.parse(stdout) as LongFigures;
}

async function measureLong(folder: string, clip: string): Promise<LongFigures> {
  const config = readConfig();
  const chunks = path.join(folder, `${path.basename(clip)}-chunks`);
  let analysis: FootageAnalysis | undefined;
  const analyseSeconds = await seconds(async () => {
    analysis = await analyse(config, clip);
  });
  const job = { analysis: analysis!, chunks };
  const frames = analysis!.index.ticks.length;
  const middle = frames >> 1;
  const region = { id: 'gate', keyframes: [{ frame: middle, box: [8, 8, 40, 40] }] };
  const cover = [{ ...region, from: middle, to: middle + 50 }];
  const wholeSeconds = await seconds(() => redact(config, folder, clip, job));
  const plan = { ...proposePlan(analysis!), cover };
  const editSeconds = await seconds(() => redact(config, folder, clip, { ...job, plan }));
  const megabytes = process.resourceUsage().maxRSS / 1000;
  return { frames, analyseSeconds, wholeSeconds, editSeconds, megabytes };
}

async function analyse(config: Config, clipPath: string): Promise<FootageAnalysis> {
  const tools = composeTools(config);
  const analysis = await tools.analyseFootage({ source: fileMediaSource(clipPath) });
  await tools.close();
  return analysis;
}

async function redact(
  config: Config,
  folder: string,
  clipPath: string,
  given: { analysis?: FootageAnalysis; plan?: unknown; chunks?: string } = {},
): Promise<void> {
  const { chunks, ...job } = given;
  const tools = composeTools(config);
  const workFolder = await mkdtemp(path.join(folder, 'work-'));
  const outcome = await tools.redactFootage({
    ...job,
    source: fileMediaSource(clipPath),
    outPath: path.join(folder, 'ours.mp4'),
    workFolder,
    store: createFolderWorkStore(chunks ?? path.join(workFolder, 'chunks')),
  });
  if (!outcome.passed) throw new Error('the proof failed');
  await rm(workFolder, { recursive: true });
  await tools.close();
}

if (import.meta.main) {
  const [folder, clip] = process.argv.slice(2);
  process.stdout.write(JSON.stringify(await measureLong(folder!, clip!)));
}
