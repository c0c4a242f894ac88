import { fileMediaSource } from '../adapters/ffmpeg/ffmpeg-file-source.ts';
import { STILL_BYTE_LIMIT } from '../footage/stills/still-format.ts';
import type { CommandContext } from './command-context.ts';
import { UsageError } from './exit-codes.ts';
import { readInput, writeOutput } from './files.ts';
import { sameCamera } from './same-camera.ts';
import { sceneWarnings } from './scene-warnings.ts';

/**
 * `dalil analyse` of a still: what to cover in it, by the empty scene of clips of its camera.
 *
 * @throws {UsageError} without such a clip, or with options that a still has no use for.
 */
export async function analyseStill(
  file: string,
  options: { plan?: string; pictures?: string; startsAt?: string; sameCamera?: string[] },
  { terminal, signal, ...context }: CommandContext,
): Promise<void> {
  const [clip, ...others] = options.sameCamera ?? [];
  if (clip === undefined) {
    throw new UsageError(
      'A still has no empty scene of its own. Name a clip of its camera with --same-camera, or write a plan by hand.',
    );
  }
  if (options.pictures !== undefined || options.startsAt !== undefined) {
    throw new UsageError('Of a still there are no times and no pictures. Give --plan alone.');
  }
  const bytes = await readInput(file, STILL_BYTE_LIMIT);
  const tools = await context.tools();
  const analysis = await tools.analyseFootage({
    source: fileMediaSource(clip),
    ...sameCamera(clip, others),
    signal,
    onProgress: ({ done, total, unit }) =>
      terminal.progress('Looking for the empty scene', done, total, unit),
  });
  for (const warning of sceneWarnings(analysis)) terminal.warn(warning);
  const plan = await tools.proposeStillPlan({ bytes, analysis });
  if (options.plan !== undefined) {
    await writeOutput(options.plan, `${JSON.stringify(plan, null, 2)}\n`);
  }
  terminal.result({ plan });
  for (const { keyframes } of plan.cover ?? [])
    terminal.data(`cover ${keyframes[0]!.box.join(' ')}`);
  if (plan.mode === 'all') {
    terminal.warn('The still is lit as no clip is that was named, so all of it is covered.');
    return;
  }
  terminal.warn(
    'Look at the still: who stands as in the empty scene is not in the plan. Add what is missing, then name frame 0 as reviewed ("reviewedFrames": [[0, 1]]).',
  );
}
