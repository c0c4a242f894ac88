import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cellFrameBytes } from '../footage/cell-planes.ts';
import { frameGrid } from '../footage/frame-grid.ts';
import type { OpenFootage, OpenMedia, SourceFacts } from '../footage/ports.ts';
import { cellFilters, inspectCopy } from './ffmpeg-copy.ts';
import { type FramePipe, openFramePipe } from './ffmpeg-frame-pipe.ts';
import { eachFrame, framecrcTimes } from './ffmpeg-frames.ts';
import { displayedFrame, footageInput, inputLimits, QUIET } from './ffmpeg-input.ts';
import { startTool, textOf } from './ffmpeg-process.ts';
import { coveredUnits } from './ffmpeg-render.ts';
import { writeMp4 } from './mp4-copy.ts';

const PROXY_WIDTH_PX = 640;

/** The readings and the writing of one open recording, each a run of ffmpeg of its own. */
export function openFfmpegFootage(context: {
  ffmpegPath: string;
  ffprobePath: string;
  media: OpenMedia;
  facts: SourceFacts;
  signal: AbortSignal | undefined;
}): OpenFootage {
  const { ffmpegPath, ffprobePath, media, facts, signal } = context;
  const grid = frameGrid(facts.widthPx, facts.heightPx);
  const cellBytes = cellFrameBytes(grid);
  const stream = `0:${facts.stream}`;
  const displayed = displayedFrame(facts);
  const cells = `${displayed},${cellFilters(grid)}`;
  const pixels = (filters: string) => [
    ...['-map', stream, '-vf', filters, '-vsync', 'passthrough', '-f', 'rawvideo', 'pipe:1'],
  ];
  const start = (output: string[], pipes = 0, past?: FramePipe) =>
    startTool({
      path: ffmpegPath,
      args: [...QUIET, ...footageInput(media), ...output],
      pipes,
      ...(past === undefined ? {} : { stdout: past.writeEnd, moved: past.framesRead }),
      signal,
    });

  return {
    facts,
    grid,
    async countPackets() {
      const tool = startTool({
        path: ffprobePath,
        signal,
        args: [
          ...['-v', 'error', ...inputLimits(media), '-select_streams', String(facts.stream)],
          ...['-show_entries', 'packet=flags', '-of', 'csv=p=0', media.url],
        ],
      });
      const flags = (await textOf(tool)).split('\n').filter((line) => line !== '');
      // "D" marks what an edit list leaves out: it is decoded and not shown.
      return { all: flags.length, shown: flags.filter((line) => !line.includes('D')).length };
    },
    async readCells({ stride, onFrame }) {
      const select = stride === 1 ? '' : `select=not(mod(n\\,${stride})),`;
      // The second leg has no pixels: it only tells the time of every frame.
      const times = [
        ...['-map', stream, '-c:v', 'wrapped_avframe', '-vsync', 'passthrough'],
        ...['-enc_time_base', '-1', '-f', 'framecrc', 'pipe:3'],
      ];
      const tool = start([...pixels(`${select}${cells}`), ...times], 1);
      const [ticks] = await Promise.all([
        framecrcTimes(tool.output(3)),
        eachFrame(tool.output(1), cellBytes, (frame, at) => onFrame(frame, at * stride)),
      ]);
      await tool.done;
      return ticks;
    },
    async readSpan([from, to], onFrame) {
      const output = pixels(`trim=start_frame=${from}:end_frame=${to},${cells}`);
      // Whoever reads a span works on every frame. A thread of its own reads on meanwhile, so that the
      // decoder does not stand still for as long as this one looks.
      return await withFramePipe(cellBytes, async (pipe) => {
        const tool = start(output, 0, pipe);
        try {
          const count = await pipe.eachFrame((frame, at) => onFrame(frame, from + at));
          await tool.done;
          return count;
        } finally {
          tool.kill();
        }
      });
    },
    async readFull(frameNumbers) {
      const wanted = frameNumbers.map((frame) => `eq(n\\,${frame})`).join('+');
      const end = Math.max(...frameNumbers) + 1;
      const tool = start(pixels(`trim=end_frame=${end},select=${wanted},${displayed}`));
      const frames: Uint8Array[] = [];
      await eachFrame(tool.output(1), (grid.widthPx * grid.heightPx * 3) / 2, (frame) => {
        frames.push(frame.slice());
      });
      await tool.done;
      return frames;
    },
    async *viewingCopy() {
      const small = `${displayed},scale=w='min(${PROXY_WIDTH_PX},iw)':h=-2`;
      const tool = start([
        ...['-map', stream, '-an', '-vf', small, '-vsync', 'passthrough'],
        ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '28', '-g', '50'],
        ...['-map_metadata', '-1', '-map_chapters', '-1'],
        // A pipe cannot be written to twice, so each fragment carries its own index.
        ...['-movflags', 'frag_keyframe+empty_moov+default_base_moof', '-f', 'mp4', 'pipe:1'],
      ]);
      try {
        yield* tool.output(1) as AsyncIterable<Uint8Array>;
        await tool.done;
      } finally {
        tool.kill();
      }
    },
    async render({ range, framesPerSecond, masks, settings, durations, ...target }) {
      const written = await writeMp4({
        ...target,
        units: coveredUnits({
          ...{
            ffmpegPath,
            media,
            facts,
            grid,
            range,
            framesPerSecond,
            masks,
            settings,
            signal,
          },
        }),
        widthPx: grid.widthPx,
        heightPx: grid.heightPx,
        timescale: facts.timeBase[1],
        durations: durations.map((ticks) => ticks * facts.timeBase[0]),
      });
      const { workFolder } = target;
      const { path, sizeBytes, sha256, publish, discard } = written;
      return {
        sizeBytes,
        sha256,
        publish,
        discard,
        inspect: (onFrame) =>
          inspectCopy({ ffmpegPath, ffprobePath, path, grid, workFolder, signal, onFrame }),
      };
    },
  };
}

/** A pipe for frames of cells. Its folder holds a name for a moment, and never a byte of a picture. */
async function withFramePipe<T>(
  frameBytes: number,
  use: (pipe: FramePipe) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dalil-frames-'));
  try {
    const pipe = await openFramePipe(folder, frameBytes);
    try {
      return await use(pipe);
    } finally {
      await pipe.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
