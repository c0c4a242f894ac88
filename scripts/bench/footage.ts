import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileMediaSource } from '../../server/adapters/ffmpeg-file-source.ts';
import { createFolderWorkStore } from '../../server/adapters/folder-work-store.ts';
import { composeTools } from '../../server/compose-tools.ts';
import type { Config } from '../../server/config.ts';
import { RENDERING } from '../../server/footage/rendering-settings.ts';
import { drawStreetScene } from '../sample/street-scene.ts';
import { type Comparison, compare, run } from './measure.ts';

/**
 * Redacting the sample clip, analysis and proof included, against a plain transcode of it by the same
 * ffmpeg with the same settings of the coder.
 */
export async function benchFootage(config: Config, folder: string): Promise<Comparison> {
  const { clipPath } = await drawStreetScene({
    outDir: folder,
    seed: 'dalil',
    ffmpegPath: config.ffmpegPath,
  });
  const { preset, crf, maxQuantiser, threads } = RENDERING;
  const ours = async () => {
    // New tools each time: nothing that an earlier run remembered may help.
    const tools = composeTools(config);
    const workFolder = await mkdtemp(path.join(folder, 'work-'));
    const outPath = path.join(folder, 'ours.mp4');
    const outcome = await tools.redactFootage({
      source: fileMediaSource(clipPath),
      outPath,
      workFolder,
      store: createFolderWorkStore(path.join(workFolder, 'chunks')),
    });
    if (!outcome.passed) throw new Error('the proof failed');
    await rm(workFolder, { recursive: true });
    await tools.close();
  };
  const theirs = () =>
    run(config.ffmpegPath, [
      ...['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', '-i', clipPath],
      ...['-an', '-c:v', 'libx264', '-preset', preset, '-crf', String(crf)],
      ...[
        '-x264-params',
        `cpu-independent=1:bframes=0:qpmax=${maxQuantiser}`,
        '-threads',
        String(threads),
        '-pix_fmt',
        'yuv420p',
      ],
      ...['-movflags', '+faststart', path.join(folder, 'theirs.mp4')],
    ]);
  return await compare({
    name: 'redact the sample clip, with analysis and proof',
    peer: 'plain ffmpeg transcode',
    limit: 2.5,
    pairs: 5,
    ours,
    theirs,
  });
}
