import path from 'node:path';
import type { FootageMedia } from '../../footage/ports.ts';
import { openFfmpegFootage } from './ffmpeg-footage.ts';
import { probeFootage } from './ffmpeg-probe.ts';
import { startTool, textOf } from './ffmpeg-process.ts';

/** Footage through ffmpeg; ffprobe is expected beside it. */
export function createFfmpegMedia(options: { ffmpegPath: string }): FootageMedia {
  const { ffmpegPath } = options;
  const ffprobePath = path.join(path.dirname(ffmpegPath), 'ffprobe');
  return {
    async withFootage(source, signal, use) {
      signal?.throwIfAborted();
      const media = await source.open();
      try {
        const facts = await probeFootage(ffprobePath, media);
        return await use(openFfmpegFootage({ ffmpegPath, ffprobePath, media, facts, signal }));
      } finally {
        await media.close();
      }
    },
    async toolVersions() {
      const said = await textOf(
        startTool({ path: ffmpegPath, args: ['-hide_banner', '-version'] }),
      );
      const libraries = [...said.matchAll(/^(lib\w+)\s+([\d. ]+?)\s+\//gm)];
      return {
        ffmpeg: /^ffmpeg version (\S+)/.exec(said)?.[1] ?? 'unknown',
        ...Object.fromEntries(
          libraries.map(([, name, version]) => [name, version!.replaceAll(' ', '')]),
        ),
      };
    },
  };
}
