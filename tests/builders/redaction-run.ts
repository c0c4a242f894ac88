import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileMediaSource } from '../../server/adapters/ffmpeg/ffmpeg-file-source.ts';
import { createFfmpegMedia } from '../../server/adapters/ffmpeg/ffmpeg-media.ts';
import { createFolderWorkStore } from '../../server/adapters/folder-work-store.ts';
import { createAnalyseFootage } from '../../server/footage/analysis/analyse-footage.ts';
import type { FootageAnalysis } from '../../server/footage/analysis/analysis.ts';
import type { Chunking } from '../../server/footage/chunk-spans.ts';
import { createRedactFootage } from '../../server/footage/copy/redact-footage.ts';
import type { FootageMedia, WorkStore } from '../../server/footage/ports.ts';
import type { OnProgress } from '../../server/footage/progress.ts';
import { type SpriteClip, writeSpriteClip } from './sprite-clip.ts';

/** A folder with clips in it and the real use cases over them. */
export async function createRedactionRun(media?: FootageMedia) {
  const folder = await mkdtemp(path.join(tmpdir(), 'dalil-footage-'));
  const workFolder = path.join(folder, 'work');
  await mkdir(workFolder, { mode: 0o700 });
  const real = createFfmpegMedia({ ffmpegPath: '/usr/bin/ffmpeg' });
  const analyseFootage = createAnalyseFootage({ media: real });
  let number = 0;
  const fresh = (extension = 'mp4') => path.join(folder, `clip-${++number}.${extension}`);

  return {
    folder,
    workFolder,
    fresh,
    analyseFootage,
    /** Draws a clip and gives its path. */
    async draw(clip: SpriteClip, extension?: string): Promise<string> {
      const file = fresh(extension);
      await writeSpriteClip(file, clip);
      return file;
    },
    analyse: (file: string) => analyseFootage({ source: fileMediaSource(file) }),
    /** Redacts and gives the outcome with the path of the copy. */
    async redact(
      file: string,
      options: {
        analysis?: FootageAnalysis;
        plan?: unknown;
        media?: FootageMedia;
        chunking?: Chunking;
        freeBytes?: number;
        store?: WorkStore;
        onProgress?: OnProgress;
        signal?: AbortSignal;
      } = {},
    ) {
      const out = fresh();
      const redactFootage = createRedactFootage({
        media: options.media ?? media ?? real,
        analyseFootage,
        chunksAtOnce: 2,
        freeBytes: async () => options.freeBytes ?? Number.POSITIVE_INFINITY,
        ...(options.chunking === undefined ? {} : { chunking: options.chunking }),
      });
      const outcome = await redactFootage({
        source: fileMediaSource(file),
        ...(options.analysis === undefined ? {} : { analysis: options.analysis }),
        ...(options.plan === undefined ? {} : { plan: options.plan }),
        outPath: out,
        workFolder,
        store:
          options.store ?? createFolderWorkStore(path.join(folder, 'chunks', path.basename(out))),
        ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      });
      return { outcome, out, bytes: () => readFile(out) };
    },
    media: real,
    close: () => rm(folder, { recursive: true }),
  };
}

/** What {@link createRedactionRun} makes. */
export type RedactionRun = Awaited<ReturnType<typeof createRedactionRun>>;
