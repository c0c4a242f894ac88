import { createInterface } from 'node:readline';
import { cellFrameBytes } from '../../footage/analysis/cell-planes.ts';
import { frameGrid } from '../../footage/frame-grid.ts';
import type { Entry, OpenFootage, OpenMedia, Packets, SourceFacts } from '../../footage/ports.ts';
import { writeMp4 } from '../mp4/mp4-copy.ts';
import { inspectCopy } from './ffmpeg-copy.ts';
import { coverSpan } from './ffmpeg-cover-span.ts';
import type { FramePipe } from './ffmpeg-frame-pipe.ts';
import { takeFrames, withFramePipe } from './ffmpeg-frame-reading.ts';
import { eachFrame, framecrcTimes } from './ffmpeg-frames.ts';
import {
  cellFilters,
  displayedFrame,
  footageInput,
  inputLimits,
  QUIET,
  trimTo,
} from './ffmpeg-input.ts';
import { type RunningTool, startTool } from './ffmpeg-process.ts';

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
  const frameBytes = (grid.widthPx * grid.heightPx * 3) / 2;
  const start = (
    output: string[],
    how: {
      pipes?: number;
      past?: FramePipe;
      entry?: Entry | null;
      strict?: boolean;
      before?: string[];
    } = {},
  ) => {
    const { pipes = 0, past, entry = null, strict = false, before = [] } = how;
    return startTool({
      path: ffmpegPath,
      args: [...QUIET, ...before, ...footageInput(media, facts, entry), ...output],
      pipes,
      strict,
      ...(past === undefined ? {} : { past: { 1: past.writeEnd }, moved: past.framesRead }),
      signal,
    });
  };

  /** Starts what passes over many frames before it gives one: by pipe 3 it is seen to be at work. */
  const startSkipping = (output: string[], how: Parameters<typeof start>[1] = {}) => {
    const tool = start(['-progress', 'pipe:3', ...output], { ...how, pipes: (how.pipes ?? 0) + 1 });
    tool.output(3).resume();
    return tool;
  };

  // For that the whole file is read; both the analysis and the chunks of a copy ask.
  let packets: Promise<Packets> | undefined;
  const list = async () => {
    const tool = startTool({
      path: ffprobePath,
      signal,
      args: [
        ...['-v', 'error', ...inputLimits(media), '-select_streams', String(facts.stream)],
        ...['-show_entries', 'packet=pts,dts,duration,flags', '-of', 'csv=p=0', media.url],
      ],
    });
    return await packetsOf(tool);
  };

  return {
    facts,
    grid,
    listPackets() {
      packets ??= list().catch((error: unknown) => {
        // Whoever asks again is answered anew.
        packets = undefined;
        throw error;
      });
      return packets;
    },
    async readCells({ keyFramesOnly = false, entry = null, strict = false, onFrame, onTick }) {
      const trim = entry === null ? [] : [`trim=start_pts=${entry.fromTick}`];
      // The second leg has no pixels: it only tells the time of every frame.
      const times = [
        ...['-map', stream, ...(entry === null ? [] : ['-vf', trim.join()])],
        ...['-c:v', 'wrapped_avframe', '-vsync', 'passthrough'],
        ...['-enc_time_base', '-1', '-flush_packets', '1', '-f', 'framecrc', 'pipe:3'],
      ];
      return await withFramePipe(cellBytes, async (pipe) => {
        const tool = start([...pixels([...trim, cells].join()), ...times], {
          pipes: 1,
          past: pipe,
          entry,
          strict,
          before: keyFramesOnly ? ['-skip_frame', 'nokey'] : [],
        });
        try {
          const times = framecrcTimes(tool.output(3), onTick);
          await Promise.all([times, takeFrames({ tool, pipe, onFrame })]);
        } finally {
          tool.kill();
        }
      });
    },
    async readSpan([from, to], onFrame, entry = null) {
      const output = pixels(`${trimTo([from, to], entry)},${cells}`);
      // Whoever reads a span works on every frame. A thread of its own reads on meanwhile, so that the
      // decoder does not stand still for as long as this one looks.
      return await withFramePipe(cellBytes, async (pipe) => {
        const tool = startSkipping(output, { past: pipe, entry });
        try {
          return await takeFrames({
            tool,
            pipe,
            onFrame: (frame, at) => onFrame(frame, from + at),
          });
        } finally {
          tool.kill();
        }
      });
    },
    async readFrame(frameNumber, entry = null) {
      const trim = trimTo([frameNumber, frameNumber + 1], entry);
      const graph = `[${stream}]${trim},${displayed},split[full][small];[small]${cellFilters(grid)}[cells]`;
      const raw = ['-vsync', 'passthrough', '-f', 'rawvideo'];
      const tool = startSkipping(
        [
          ...['-filter_complex', graph, '-map', '[full]', ...raw, 'pipe:1'],
          ...['-map', '[cells]', ...raw, 'pipe:4'],
        ],
        { pipes: 1, entry },
      );
      const one = async (pipe: number, size: number) => {
        let found: Uint8Array | null = null;
        await eachFrame(tool.output(pipe), size, (frame) => {
          found = frame.slice();
        });
        return found;
      };
      const [planes, small] = await Promise.all([one(1, frameBytes), one(4, cellBytes)]);
      await tool.done;
      return planes === null || small === null ? null : { planes, cells: small };
    },
    async readFull(frameNumbers) {
      const wanted = frameNumbers.map((frame) => `eq(n\\,${frame})`).join('+');
      const end = Math.max(...frameNumbers) + 1;
      const tool = startSkipping(pixels(`trim=end_frame=${end},select=${wanted},${displayed}`));
      const frames: Uint8Array[] = [];
      await eachFrame(tool.output(1), frameBytes, (frame) => {
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
    coverSpan: (job) => coverSpan({ ...job, ffmpegPath, media, facts, grid }),
    async writeCopy({ parts, durations, outPath }) {
      const { path, sizeBytes, sha256, publish, discard } = await writeMp4({
        parts,
        outPath,
        widthPx: grid.widthPx,
        heightPx: grid.heightPx,
        timescale: facts.timeBase[1],
        durations: durations.map((ticks) => ticks * facts.timeBase[0]),
      });
      const inspect = () => inspectCopy({ ffprobePath, path, signal });
      return { sizeBytes, sha256, inspect, publish, discard };
    },
  };
}

/** Reads lines of `pts,dts,duration,flags`; AVI has no pts, and "N/A" stands there. "K" marks a key frame, "D" what an edit list leaves out. */
async function packetsOf(tool: RunningTool): Promise<Packets> {
  let all = 0;
  const shown: number[] = [];
  let timeless = 0;
  const keyTicks: number[] = [];
  let last = { tick: Number.NEGATIVE_INFINITY, duration: 0 };
  for await (const line of createInterface({ input: tool.output(1) })) {
    const [pts, dts, duration, flags] = line.split(',');
    if (flags === undefined) continue;
    all++;
    if (flags.includes('D')) continue;
    const tick = Number.parseInt(pts === 'N/A' ? dts! : pts!, 10);
    if (!Number.isSafeInteger(tick)) {
      timeless++;
      continue;
    }
    shown.push(tick);
    if (tick > last.tick) last = { tick, duration: Number.parseInt(duration!, 10) || 0 };
    if (flags.includes('K')) keyTicks.push(tick);
  }
  await tool.done;
  const ticks = Float64Array.from(shown).sort();
  let longestShown = last.duration;
  for (let at = 1; at < ticks.length; at++) {
    longestShown = Math.max(longestShown, ticks[at]! - ticks[at - 1]!);
  }
  const ends = ticks.length === 0 ? null : ([ticks[0]!, last.tick] as const);
  return {
    all,
    shown: shown.length + timeless,
    timed: shown.length,
    keyTicks,
    keyPlaces: keyTicks.map((tick) => placeOf(ticks, tick)),
    ends,
    longestShown,
  };
}

/** How many of the numbers, which ascend, are less than one. */
function placeOf(ascending: Float64Array, number: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
