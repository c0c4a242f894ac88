import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { fileMediaSource } from '../adapters/ffmpeg/ffmpeg-file-source.ts';
import { withRedactionFolder } from '../adapters/redaction-folder.ts';
import { pictureDigest } from '../footage/analysis/analysis.ts';
import { type PictureRequest, pictureName } from '../footage/analysis/export-pictures.ts';
import { analysisName, keepingAnew } from '../footage/analysis/kept-analysis.ts';
import { presentScenes } from '../footage/analysis/present-scenes.ts';
import { proposePlan } from '../footage/plan/propose-plan.ts';
import { draftPresenceTable } from '../footage/presence/presence-draft.ts';
import { proposePresence, recordedSpan } from '../footage/presence/presence-proposal.ts';
import { localTime } from '../footage/presence/presence-time.ts';
import { sniffStill } from '../footage/stills/still-format.ts';
import { analyseStill } from './analyse-still.ts';
import type { CommandContext } from './command-context.ts';
import { UsageError } from './exit-codes.ts';
import { readStart, refuseSameFile, writeOutput } from './files.ts';
import { keyOfRecordings } from './key-of-recordings.ts';
import { SAME_CAMERA, sameCamera } from './same-camera.ts';
import { sceneWarnings } from './scene-warnings.ts';

interface AnalyseOptions {
  plan?: string;
  pictures?: string;
  startsAt?: string;
  presence?: string;
  sameCamera?: string[];
}

/**
 * `dalil analyse`: proposes a plan and shows what a person has to look at before approving it. The
 * pictures show people: they are for the one who decides, beside the original that lies there anyway.
 */
export function addAnalyseCommand(program: Command, context: CommandContext): void {
  program
    .command('analyse')
    .description(
      'propose a redaction plan for a clip, or for a still of a camera that a clip is of',
    )
    .argument('<file>', 'the recording; it is not changed')
    .option('--plan <file.json>', 'where the proposed plan goes')
    .option('--pictures <folder>', 'where pictures of the empty scene and of what stood still go')
    .option(...SAME_CAMERA)
    .option('--starts-at <time>', 'what the camera’s clock shows at first, 2021-11-05T07:55:00')
    .option('--presence <file.csv>', 'where a table of what stood still goes, to be judged')
    .action(async (file: string, options: AnalyseOptions) => {
      const { terminal, signal } = context;
      const tools = await context.tools();
      const { startsAt } = options;
      refuseBadStart(options);
      const files = [file, ...(options.sameCamera ?? [])];
      for (const input of files) await refuseSameFile(input, options.plan, options.presence);
      if (sniffStill(await readStart(file, 16)) !== null) {
        await analyseStill(file, options, context);
        return;
      }
      const source = fileMediaSource(file);
      const { others } = sameCamera(file, options.sameCamera);
      const analyse = (
        kept: Pick<Parameters<typeof tools.analyseFootage>[0], 'store' | 'keep'> = {},
      ) =>
        tools.analyseFootage({
          source,
          others,
          ...kept,
          signal,
          onProgress: ({ step, done, total, unit }) =>
            terminal.progress(
              step === 'scene' ? 'Looking for the empty scene' : 'Looking for what is not in it',
              done,
              total,
              unit,
            ),
        });
      const onLeft = () =>
        terminal.say('What was done until now is kept: the same command goes on from there.');
      const key = keyOfRecordings(files, context);
      // Beside what is to be written: an analysis of which nothing is written has no place to be kept.
      const beside = async () => {
        if (options.plan !== undefined) {
          const versions = await tools.media.toolVersions();
          return await withRedactionFolder(
            path.resolve(options.plan),
            key,
            // Whoever asks for an analysis wants one of now.
            async ({ analysisStore: store }) =>
              await analyse({ store, keep: await keepingAnew(store, versions) }),
            // Whoever redacts by the plan need not wait for it again.
            { kept: new Set([analysisName(versions)]), onLeft },
          );
        }
        if (options.pictures === undefined) return await analyse();
        return await withRedactionFolder(
          path.resolve(options.pictures),
          key,
          ({ analysisStore: store }) => analyse({ store }),
          { onLeft },
        );
      };
      const analysis = await beside();
      const plan = proposePlan(analysis);
      const stood = analysis.objects.filter((object) => object.dwell !== null);
      if (options.plan !== undefined) {
        await writeOutput(options.plan, `${JSON.stringify(plan, null, 2)}\n`);
      }
      if (options.pictures !== undefined) {
        await mkdir(options.pictures, { recursive: true, mode: 0o700 });
        const wanted: PictureRequest[] = [
          ...[analysis, ...analysis.otherLights].map((_, light) => ({ light })),
          ...stood.map(({ number }) => ({ object: number })),
        ];
        for (const [at, picture] of wanted.entries()) {
          const sourceOf = (clip: string) => others.find(({ name }) => name === clip)?.source;
          const shown = { source, sourceOf, analysis, picture, signal };
          const { png } = await tools.exportPicture(shown);
          await writeOutput(path.join(options.pictures, `${pictureName(picture)}.png`), png);
          terminal.progress('Drawing pictures', at + 1, wanted.length, 'pictures');
        }
        terminal.warn('The pictures show people. Delete them when the plan is decided.');
      }
      const objects = stood.map((object) => ({
        object: object.number,
        picture: pictureDigest(object),
        frames: object.dwell!.frames,
        box: object.dwell!.box,
      }));
      const stays =
        startsAt === undefined
          ? []
          : proposePresence({ camera: CAMERA, startsAt, ...analysis }).map(
              ({ object, start, end }) => ({ object, start, end }),
            );
      if (options.presence !== undefined) {
        const recorded = recordedSpan(startsAt!, analysis.index);
        const proposed = stays.map((stay) => ({ camera: CAMERA, ...stay }));
        await writeOutput(options.presence, draftPresenceTable(recorded, proposed));
      }
      if (options.plan !== undefined) {
        const hidden = `.${path.basename(options.plan)}.dalil`;
        terminal.warn(
          `The analysis lies beside the plan in the hidden folder ${hidden}, with pictures of people, encrypted for this user of this machine. Delete it when the plan is decided; after a week at the latest it is no longer used.`,
        );
      }
      for (const warning of sceneWarnings(analysis)) terminal.warn(warning);
      terminal.result({
        plan,
        objects,
        emptyScenes: presentScenes(analysis),
        ...(startsAt === undefined ? {} : { stays }),
      });
      terminal.data(
        `${analysis.index.ticks.length} frames of ${analysis.widthPx} × ${analysis.heightPx}, ${analysis.objects.length} objects, ${stood.length} of them stood still`,
      );
      for (const { object, picture, frames, box } of objects) {
        terminal.data(
          `object ${object}: frames ${frames.join('–')}, box ${box.join(' ')}, picture ${picture}`,
        );
      }
      for (const { object, start, end } of stays) {
        terminal.data(`object ${object} stood from ${start} to ${end}: was it a police vehicle?`);
      }
    });
}

/** Tables name no camera: whoever imports one does. */
const CAMERA = 'camera';

function refuseBadStart({ startsAt, presence }: AnalyseOptions): void {
  if (presence !== undefined && startsAt === undefined) {
    throw new UsageError(
      'A table of stays needs the time of the first frame. Give it with --starts-at 2021-11-05T07:55:00.',
    );
  }
  if (startsAt !== undefined && !localTime.safeParse(startsAt).success) {
    throw new UsageError(
      '--starts-at takes the local time of the first frame, written 2021-11-05T07:55:00.',
    );
  }
}
