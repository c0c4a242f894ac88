import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileMediaSource } from '../../server/adapters/ffmpeg/ffmpeg-file-source.ts';
import { createFfmpegMedia } from '../../server/adapters/ffmpeg/ffmpeg-media.ts';
import { createAnalyseFootage } from '../../server/footage/analysis/analyse-footage.ts';
import { analysisDigest } from '../../server/footage/analysis/analysis-bytes.ts';
import { createRedactionRun, type RedactionRun } from '../builders/redaction-run.ts';
import type { Sprite, SpriteClip } from '../builders/sprite-clip.ts';

// Same original, plan and tool versions: same bytes, on a lesser processor too.

const walker: Sprite = { colour: [170, 120, 140], boxAt: (f) => [6 * f - 20, 70, 20, 60] };
const clip: SpriteClip = { width: 320, height: 192, frames: 60, fps: 12, sprites: [walker] };
let run: RedactionRun;
let file: string;
beforeAll(async () => {
  run = await createRedactionRun();
  file = await run.draw(clip);
});
afterAll(() => run.close());

/** An ffmpeg, and the ffprobe beside it, that see an old processor: decoder, filters and coder. */
async function onOldProcessor() {
  const folder = path.join(run.folder, 'old-processor');
  const ffmpegPath = path.join(folder, 'ffmpeg');
  const usedPath = path.join(folder, 'used');
  await mkdir(folder);
  await symlink('/usr/bin/ffprobe', path.join(folder, 'ffprobe'));
  const coder = 's/^cpu-independent=1:/cpu-independent=1:asm=SSE2:/';
  const script = [
    '#!/bin/bash',
    'args=()',
    `for arg in "$@"; do args+=("$(printf %s "$arg" | sed '${coder}')"); done`,
    `case "\${args[*]}" in *asm=SSE2*) echo coder >> '${usedPath}';; *) echo reader >> '${usedPath}';; esac`,
    `exec /usr/bin/ffmpeg -cpuflags sse2 "\${args[@]}"`,
  ];
  await writeFile(ffmpegPath, `${script.join('\n')}\n`);
  await chmod(ffmpegPath, 0o700);
  return { media: createFfmpegMedia({ ffmpegPath }), used: () => readFile(usedPath, 'utf8') };
}

test('a processor without AVX2 gives the same analysis and the same copy', async () => {
  const old = await onOldProcessor();
  // No frames are remembered, so that the long way is gone.
  const analyseThere = createAnalyseFootage({ media: old.media });
  const here = await run.analyse(file);
  const there = await analyseThere({ source: fileMediaSource(file) });
  expect(analysisDigest(there)).toBe(analysisDigest(here));

  const copyHere = await run.redact(file, { analysis: here });
  const copyThere = await run.redact(file, { analysis: there, media: old.media });
  expect(copyThere.outcome.passed).toBe(true);
  expect((await copyThere.bytes()).equals(await copyHere.bytes())).toBe(true);
  expect(await old.used()).toContain('coder');
  expect(await old.used()).toContain('reader');
});

test('of a damaged recording too: what is missing of a picture is made up alike each time', async () => {
  const coder = ['-c:v', 'libx264', '-g', '60', '-bf', '3', '-crf', '20'];
  const damaged = await run.draw({ ...clip, coder }, 'ts');
  const bytes = await readFile(damaged);
  const decodedBy = (threads: string) =>
    execFileSync('ffmpeg', [
      ...['-v', 'quiet', '-threads', threads, '-i', damaged, '-vsync', 'passthrough'],
      ...['-f', 'framemd5', 'pipe:1'],
    ]).toString();
  for (let at = bytes.length >> 2; at + 700 < bytes.length; at += 6000) {
    bytes.fill(0xa5, at, at + 700);
  }
  await writeFile(damaged, bytes);
  expect(decodedBy('4')).not.toBe(decodedBy('1'));
  const analyses = [await run.analyse(damaged), await run.analyse(damaged)];
  const [digest, again] = analyses.map(analysisDigest);
  expect(again).toBe(digest);
  const { outcome } = await run.redact(damaged, { analysis: analyses[0]! });
  expect(outcome.proof.checks.filter((check) => !check.passed)).toEqual([]);
  expect(outcome.proof.output!.frames).toBeGreaterThan(clip.frames / 2);
});
