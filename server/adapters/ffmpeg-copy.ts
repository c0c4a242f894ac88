import { pathToFileURL } from 'node:url';
import { FootageError } from '../footage/errors.ts';
import { cellCount, type FrameGrid, TILE_PX } from '../footage/frame-grid.ts';
import { createPairedFrames } from '../footage/paired-frames.ts';
import type { CopyFacts, CopyFrame, OpenMedia } from '../footage/ports.ts';
import { openFramePipe } from './ffmpeg-frame-pipe.ts';
import { eachFrame } from './ffmpeg-frames.ts';
import { inputLimits, QUIET } from './ffmpeg-input.ts';
import { probeStreamKinds, probeTags } from './ffmpeg-probe.ts';
import { type RunningTool, startTool } from './ffmpeg-process.ts';
import { inspectMp4 } from './mp4-inspection.ts';

/**
 * Reads a written copy back: its bytes, its streams and tags, and every decoded frame, at full size
 * and as cells of luma.
 *
 * @param workFolder - a private folder for the time of the job.
 */
export async function inspectCopy(options: {
  ffmpegPath: string;
  ffprobePath: string;
  path: string;
  grid: FrameGrid;
  workFolder: string;
  signal: AbortSignal | undefined;
  onFrame: (frame: CopyFrame, frameNumber: number) => void | Promise<void>;
}): Promise<CopyFacts> {
  const media: OpenMedia = {
    url: fileUrl(options.path),
    protocols: 'file',
    close: async () => undefined,
  };
  const frames = await decodeCopy(options, media);
  const [file, streams, tags] = await Promise.all([
    inspectMp4(options.path),
    probeStreamKinds(options.ffprobePath, media),
    probeTags(options.ffprobePath, media),
  ]);
  return {
    frames,
    streams,
    foreign: [...file.foreign, ...tags.filter((tag) => !EXPECTED_TAGS.test(tag))],
    timeBase: [1, file.timescale],
    ticks: file.ticks,
  };
}

/**
 * Decodes the copy once. Frames and their cells come from the same decoded picture, by two ways: one
 * picture that holds both would cost another copy of every frame.
 *
 * @throws {FootageError} `DECODE_FAILED` when there are not as many cells as frames.
 */
async function decodeCopy(
  options: Parameters<typeof inspectCopy>[0],
  media: OpenMedia,
): Promise<number> {
  const { grid, signal, onFrame } = options;
  const luma = grid.widthPx * grid.heightPx;
  const chroma = luma / 4;
  const raw = ['-vsync', 'passthrough', '-f', 'rawvideo'];
  const graph =
    `[0:v:0]format=yuv420p,split[full][copy];` +
    `[copy]${cellFilters(grid)},extractplanes=y[cells]`;
  const pipe = await openFramePipe(options.workFolder, luma + 2 * chroma);
  let tool: RunningTool | undefined;
  try {
    tool = startTool({
      path: options.ffmpegPath,
      pipes: 1,
      stdout: pipe.writeEnd,
      moved: pipe.framesRead,
      signal,
      args: [
        ...[...QUIET, ...inputLimits(media), '-i', media.url, '-filter_complex', graph],
        ...['-map', '[full]', ...raw, 'pipe:1', '-map', '[cells]', ...raw, 'pipe:3'],
      ],
    });
    const cells = createPairedFrames();
    const [frames, cellFrames] = await Promise.all([
      pipe
        .eachFrame(async (frame, number) => {
          const found = await cells.take();
          // Without cells the tool has ended: whether well, it tells itself; the numbers then differ.
          if (found === null) return;
          const y = frame.subarray(0, luma);
          const u = frame.subarray(luma, luma + chroma);
          const v = frame.subarray(luma + chroma);
          await onFrame({ y, u, v, cells: found }, number);
        })
        .finally(cells.endTaking),
      eachFrame(tool.output(3), cellCount(grid), (found) => cells.put(found)).finally(
        cells.endPutting,
      ),
    ]);
    await tool.done;
    if (frames !== cellFrames) throw unpaired();
    return frames;
  } finally {
    tool?.kill();
    await pipe.close();
  }
}

/** What ffprobe shows of every MP4: its brands, "no language", and the empty name of the handler. */
const EXPECTED_TAGS =
  /^(major_brand=isom|minor_version=512|compatible_brands=isomavc1|language=und|handler_name=|vendor_id=\[0\]\[0\]\[0\]\[0\])$/;

function unpaired(): FootageError {
  return new FootageError(
    'DECODE_FAILED',
    'The covered copy could not be read again frame by frame, and was thrown away. Redact the recording again.',
  );
}

/** The filters from a displayed frame to planes of cells: mean values, padded to whole tiles. */
export function cellFilters(grid: FrameGrid): string {
  const [width, height] = [grid.tilesX * TILE_PX, grid.tilesY * TILE_PX];
  // The filter copies every frame, even where there is nothing to pad.
  const whole = width === grid.widthPx && height === grid.heightPx;
  const pad = whole ? '' : `pad=${width}:${height}:0:0:black,`;
  return `${pad}scale=${grid.cellsX}:${grid.cellsY}:flags=area+accurate_rnd,format=yuv420p`;
}

/** A `file:` address that ffmpeg takes literally: it decodes no percent signs. */
export function fileUrl(path: string): string {
  return `file:${decodeURIComponent(pathToFileURL(path).pathname)}`;
}
