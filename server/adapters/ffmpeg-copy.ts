import { pathToFileURL } from 'node:url';
import { cellCount, type FrameGrid, TILE_PX } from '../footage/frame-grid.ts';
import type { CopyFacts, CopyFrame, OpenMedia } from '../footage/ports.ts';
import { eachFrame } from './ffmpeg-frames.ts';
import { inputLimits, QUIET } from './ffmpeg-input.ts';
import { probeStreamKinds, probeTags } from './ffmpeg-probe.ts';
import { startTool } from './ffmpeg-process.ts';
import { inspectMp4 } from './mp4-inspection.ts';

/**
 * Reads a written copy back: its bytes, its streams and tags, and every decoded frame, at full size
 * and as cells of luma, side by side in one stream so that they cannot get out of step.
 */
export async function inspectCopy(options: {
  ffmpegPath: string;
  ffprobePath: string;
  path: string;
  grid: FrameGrid;
  signal: AbortSignal | undefined;
  onFrame: (frame: CopyFrame, frameNumber: number) => void | Promise<void>;
}): Promise<CopyFacts> {
  const { grid } = options;
  const { widthPx: width, heightPx: height, cellsX, cellsY } = grid;
  const media: OpenMedia = {
    url: fileUrl(options.path),
    protocols: 'file',
    close: async () => undefined,
  };
  const graph =
    `[0:v:0]format=yuv420p,split[full][copy];[copy]${cellFilters(grid)},` +
    `pad=${width}:${cellsY}:0:0[cells];[full][cells]vstack`;
  const tool = startTool({
    path: options.ffmpegPath,
    signal: options.signal,
    args: [
      ...QUIET,
      ...inputLimits(media),
      ...['-i', media.url, '-filter_complex', graph],
      ...['-vsync', 'passthrough', '-f', 'rawvideo', 'pipe:1'],
    ],
  });
  const rows = height + cellsY;
  const chroma = (width / 2) * (height / 2);
  const cells = new Uint8Array(cellCount(grid));
  const uAt = width * rows;
  const vAt = uAt + (width / 2) * (rows / 2);
  const frames = await eachFrame(tool.output(1), (width * rows * 3) / 2, (raw, number) => {
    for (let row = 0; row < cellsY; row++) {
      const from = width * (height + row);
      cells.set(raw.subarray(from, from + cellsX), row * cellsX);
    }
    const y = raw.subarray(0, width * height);
    const u = raw.subarray(uAt, uAt + chroma);
    const v = raw.subarray(vAt, vAt + chroma);
    return options.onFrame({ y, u, v, cells }, number);
  }).finally(() => undefined);
  await tool.done;
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

/** What ffprobe shows of every MP4: its brands, "no language", and the empty name of the handler. */
const EXPECTED_TAGS =
  /^(major_brand=isom|minor_version=512|compatible_brands=isomavc1|language=und|handler_name=|vendor_id=\[0\]\[0\]\[0\]\[0\])$/;

/** The filters from a displayed frame to planes of cells: mean values, padded to whole tiles. */
export function cellFilters(grid: FrameGrid): string {
  return (
    `pad=${grid.tilesX * TILE_PX}:${grid.tilesY * TILE_PX}:0:0:black,` +
    `scale=${grid.cellsX}:${grid.cellsY}:flags=area+accurate_rnd,format=yuv420p`
  );
}

/** A `file:` address that ffmpeg takes literally: it decodes no percent signs. */
export function fileUrl(path: string): string {
  return `file:${decodeURIComponent(pathToFileURL(path).pathname)}`;
}
