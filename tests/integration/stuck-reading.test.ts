import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fileMediaSource } from '../../server/adapters/ffmpeg/ffmpeg-file-source.ts';
import { createFfmpegMedia } from '../../server/adapters/ffmpeg/ffmpeg-media.ts';
import type { OpenFootage } from '../../server/footage/ports.ts';
import { aTemporaryFolder } from '../builders/temporary-folder.ts';

const media = createFfmpegMedia({ ffmpegPath: '/usr/bin/ffmpeg' });

type OnFrame = Parameters<OpenFootage['readSpan']>[1];
const READINGS: Record<string, (footage: OpenFootage, onFrame: OnFrame) => Promise<unknown>> = {
  'of all frames': (footage, onFrame) => footage.readCells({ onFrame, onTick: () => undefined }),
  'of a span': (footage, onFrame) => footage.readSpan([0, 90], onFrame),
};

test.each(Object.keys(READINGS))(
  'a reading %s ends with its tool, even if nobody takes the frames any more',
  async (name) => {
    const clip = path.join(aTemporaryFolder(), 'clip.mp4');
    // More than a pipe holds.
    const scene = ['-f', 'lavfi', '-i', 'testsrc2=s=320x192:r=10:d=10', '-c:v', 'mpeg4', clip];
    execFileSync('ffmpeg', ['-v', 'error', ...scene]);
    const stop = new AbortController();
    const reading = media.withFootage(fileMediaSource(clip), stop.signal, (footage) =>
      READINGS[name]!(footage, (_, frameNumber) => {
        if (frameNumber < 3) return undefined;
        stop.abort(new Error('enough'));
        return new Promise<void>(() => undefined);
      }),
    );
    await expect(reading).rejects.toThrow('enough');
  },
);
