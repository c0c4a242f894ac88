import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { FootageMedia } from '../../footage/ports.ts';
import type { ToolVersions } from '../../footage/tool-versions.ts';
import { openFfmpegFootage } from './ffmpeg-footage.ts';
import { probeFootage } from './ffmpeg-probe.ts';
import { startTool, textOf } from './ffmpeg-process.ts';

/** Footage through ffmpeg; ffprobe is expected beside it. */
export function createFfmpegMedia(options: { ffmpegPath: string }): FootageMedia {
  const { ffmpegPath } = options;
  const ffprobePath = path.join(path.dirname(ffmpegPath), 'ffprobe');
  let known: { program: string | null; versions: ToolVersions } | undefined;
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
      const program = await identityOf(ffmpegPath);
      if (known === undefined || program === null || known.program !== program) {
        known = { program, versions: await askVersions(ffmpegPath) };
      }
      return known.versions;
    },
  };
}

/**
 * Tells one installed program from another in its place, without starting it. Debian's ffmpeg is installed
 * together with its libraries, for it needs those of its own version; null when it is not found by path.
 */
async function identityOf(program: string): Promise<string | null> {
  const found = await stat(program).catch(() => null);
  return found && [found.dev, found.ino, found.size, found.mtimeMs, found.ctimeMs].join();
}

async function askVersions(ffmpegPath: string): Promise<ToolVersions> {
  const said = await textOf(startTool({ path: ffmpegPath, args: ['-hide_banner', '-version'] }));
  const libraries = [...said.matchAll(/^(lib\w+)\s+([\d. ]+?)\s+\//gm)];
  return {
    ffmpeg: /^ffmpeg version (\S+)/.exec(said)?.[1] ?? 'unknown',
    ...Object.fromEntries(
      libraries.map(([, name, version]) => [name, version!.replaceAll(' ', '')]),
    ),
  };
}
