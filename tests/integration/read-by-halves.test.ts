import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileMediaSource } from '../../server/adapters/ffmpeg/ffmpeg-file-source.ts';
import { createFfmpegMedia } from '../../server/adapters/ffmpeg/ffmpeg-media.ts';
import { readByHalves } from '../../server/footage/analysis/read-by-halves.ts';
import type { OpenFootage, Packets } from '../../server/footage/ports.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const media = createFfmpegMedia({ ffmpegPath: '/usr/bin/ffmpeg' });
const at = (name: string) => path.join(folder, name);
const ffmpeg = (...args: string[]) => execFileSync('ffmpeg', ['-v', 'error', '-y', ...args]);

interface Read {
  /** Time and CRC-32 of the cells of every frame. */
  readonly ticks: readonly number[];
  readonly checks: readonly number[];
}

async function fromStart(footage: Pick<OpenFootage, 'readCells'>): Promise<Read> {
  const ticks: number[] = [];
  const checks: number[] = [];
  await footage.readCells({
    onTick: (tick) => ticks.push(tick),
    onFrame(frame, frameNumber) {
      checks[frameNumber] = crc32(frame);
    },
  });
  return { ticks, checks };
}

async function byHalves(
  footage: Pick<OpenFootage, 'facts' | 'readCells'>,
  packets: Packets,
): Promise<(Read & { halves: number[] }) | null> {
  const checks: number[] = [];
  const halves: number[] = [];
  const onFrame = (frame: Uint8Array, frameNumber: number, half: number) => {
    checks[frameNumber] = crc32(frame);
    halves[frameNumber] = half;
  };
  const ticks = await readByHalves({ footage, packets, onFrame });
  return ticks && { ticks, checks, halves };
}

const opened = <T>(name: string, use: (footage: OpenFootage) => Promise<T>) =>
  media.withFootage(fileMediaSource(at(name)), undefined, use);

beforeAll(() => {
  const scene = ['-f', 'lavfi', '-i', 'testsrc2=s=160x96:r=20:d=11'];
  const h264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p'];
  ffmpeg(...scene, ...h264, '-g', '50', '-x264-params', 'open-gop=1', at('reordered.mp4'));
  ffmpeg('-ss', '0.7', '-i', at('reordered.mp4'), '-c', 'copy', at('edit-list.mp4'));
  ffmpeg('-i', at('reordered.mp4'), '-c', 'copy', at('bare.h264'));
  ffmpeg(...scene, '-c:v', 'mpeg4', '-g', '40', at('plain.avi'));
  ffmpeg(...scene, '-c:v', 'mpeg4', '-g', '40', '-bf', '2', at('without-times.avi'));
  ffmpeg(...scene, ...h264, '-intra-refresh', '1', '-g', '60', at('refreshed.mp4'));
});

describe('a clip that is read by halves', () => {
  test.each(['reordered.mp4', 'edit-list.mp4', 'plain.avi'])(
    'gives the frames and times of one reading: %s',
    async (name) => {
      const { halves, whole } = await opened(name, async (footage) => ({
        halves: await byHalves(footage, await footage.listPackets()),
        whole: await fromStart(footage),
      }));
      expect(halves).toMatchObject(whole);
      expect(new Set(halves?.halves)).toEqual(new Set([0, 1]));
    },
  );

  // No times, other times than the frames have, and no second key frame.
  test.each(['bare.h264', 'without-times.avi', 'refreshed.mp4'])(
    'is read from its start where no middle is sure: %s',
    async (name) => {
      const halves = await opened(name, async (footage) =>
        byHalves(footage, await footage.listPackets()),
      );
      expect(halves).toBeNull();
    },
  );

  test('is read from its start where it is damaged behind the middle', async () => {
    const bytes = await readFile(at('reordered.mp4'));
    for (const part of [0.6, 0.75, 0.9]) {
      bytes.fill(0x55, Math.floor(part * bytes.length), Math.floor(part * bytes.length) + 400);
    }
    await writeFile(at('damaged.mp4'), bytes);
    const halves = await opened('damaged.mp4', async (footage) =>
      byHalves(footage, await footage.listPackets()),
    );
    expect(halves).toBeNull();
  });
});
