import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { fileMediaSource } from '../adapters/ffmpeg-file-source.ts';
import { pictureDigest } from '../footage/analysis.ts';
import { proposePlan } from '../footage/propose-plan.ts';
import type { CommandContext } from './command-context.ts';
import { refuseSameFile, writeOutput } from './files.ts';

interface AnalyseOptions {
  plan?: string;
  pictures?: string;
}

/**
 * `dalil analyse`: proposes a plan and shows what a person has to look at before approving it. The
 * pictures show people: they are for the one who decides, beside the original that lies there anyway.
 */
export function addAnalyseCommand(program: Command, context: CommandContext): void {
  program
    .command('analyse')
    .description('propose a redaction plan for a clip, with pictures to approve it by')
    .argument('<file>', 'the recording; it is not changed')
    .option('--plan <file.json>', 'where the proposed plan goes')
    .option('--pictures <folder>', 'where pictures of the empty scene and of what stood still go')
    .action(async (file: string, options: AnalyseOptions) => {
      const { terminal, tools, signal } = context;
      await refuseSameFile(file, options.plan);
      const source = fileMediaSource(file);
      const analysis = await tools.analyseFootage({
        source,
        signal,
        onProgress: ({ step, done, total, unit }) =>
          terminal.progress(
            step === 'scene' ? 'Looking for the empty scene' : 'Looking for what is not in it',
            done,
            total,
            unit,
          ),
      });
      const plan = proposePlan(analysis);
      const stood = analysis.objects.filter((object) => object.dwell !== null);
      if (options.plan !== undefined) {
        await writeOutput(options.plan, `${JSON.stringify(plan, null, 2)}\n`);
      }
      if (options.pictures !== undefined) {
        await mkdir(options.pictures, { recursive: true, mode: 0o700 });
        const wanted = ['empty-scene' as const, ...stood.map(({ number }) => ({ object: number }))];
        for (const [at, picture] of wanted.entries()) {
          const { png } = await tools.exportPicture({ source, analysis, picture, signal });
          const name = picture === 'empty-scene' ? picture : `object-${picture.object}`;
          await writeOutput(path.join(options.pictures, `${name}.png`), png);
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
      terminal.result({ plan, objects });
      terminal.data(
        `${analysis.index.ticks.length} frames of ${analysis.widthPx} × ${analysis.heightPx}, ${analysis.objects.length} objects, ${stood.length} of them stood still`,
      );
      for (const { object, picture, frames, box } of objects) {
        terminal.data(
          `object ${object}: frames ${frames.join('–')}, box ${box.join(' ')}, picture ${picture}`,
        );
      }
    });
}
