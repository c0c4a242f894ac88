import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { fileMediaSource } from '../../server/adapters/ffmpeg/ffmpeg-file-source.ts';
import { takeFrames } from '../../server/adapters/ffmpeg/ffmpeg-frame-reading.ts';
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
  'a reading %s that is stopped ends with the frame that is being looked at, and none comes after it',
  async (name) => {
    const clip = path.join(aTemporaryFolder(), 'clip.mp4');
    // More than a pipe holds.
    const scene = ['-f', 'lavfi', '-i', 'testsrc2=s=320x192:r=10:d=10', '-c:v', 'mpeg4', clip];
    execFileSync('ffmpeg', ['-v', 'error', ...scene]);
    const stop = new AbortController();
    const looked: number[] = [];
    let looking = false;
    const reading = media.withFootage(fileMediaSource(clip), stop.signal, (footage) =>
      READINGS[name]!(footage, async (_, frameNumber) => {
        looked.push(frameNumber);
        if (frameNumber < 3) return;
        looking = true;
        // Until further frames surely lie ready.
        await wait(500);
        stop.abort(new Error('enough'));
        // Until the tool is surely gone: what is kept here must not be kept behind the reading's back.
        await wait(300);
        looking = false;
      }),
    );
    await expect(reading).rejects.toThrow('enough');
    expect(looking).toBe(false);
    await wait(50);
    expect(looked).toEqual([0, 1, 2, 3]);
  },
);

test('a reading whose tool ended well is refused by name when its frames never come', async () => {
  const reading = takeFrames({
    tool: { done: Promise.resolve() },
    // As a thread that never begins leaves it.
    pipe: { eachFrame: () => new Promise(() => undefined), framesRead: () => 0 },
    onFrame: () => undefined,
    silenceLimitMs: 50,
  });
  await expect(reading).rejects.toMatchObject({ code: 'TOOL_TIMED_OUT' });
});
