import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { RenderingSettings } from '../../footage/copy/rendering-settings.ts';
import { type FrameGrid, TILE_PX } from '../../footage/frame-grid.ts';
import type { FrameSpan } from '../../footage/frame-span.ts';
import type { Entry, OpenMedia, SourceFacts } from '../../footage/ports.ts';
import { cellFilters, displayedFrame, footageInput, QUIET, trimTo } from './ffmpeg-input.ts';
import { startTool } from './ffmpeg-process.ts';

/** A mask is a few kilobytes, and the tool need not be woken for each. */
const MASKS_AT_ONCE = 16;

/** A span on its way: covered and coded. */
export interface SpanRender {
  /** An H.264 byte stream (Annex B) with a delimiter before each frame. */
  readonly coded: AsyncIterable<Buffer>;
  /** Resolves when the tool ended well and had taken all masks that it wanted. */
  readonly done: Promise<void>;
  /** Grows as long as the tool is at work, even before its first frame. */
  moved(): number;
  kill(): void;
}

/**
 * Starts decoding a span, covering it and coding it again, frame by frame.
 *
 * In the graph time is the number of the frame, on every leg: whatever the source's times are,
 * frame n meets mask n. One mask value stands for one tile; enlarged by nearest neighbour it keeps
 * hard edges, and it is enlarged for each plane by itself, so that no chroma is half covered.
 */
export function startRender(options: {
  ffmpegPath: string;
  media: OpenMedia;
  facts: SourceFacts;
  grid: FrameGrid;
  span: FrameSpan;
  entry: Entry | null;
  /** Whole frames a second, for the spacing of key frames and the coder's own view of time. */
  framesPerSecond: number;
  masks: Iterable<Uint8Array>;
  settings: RenderingSettings;
  /** An open file for frames of the original's cells, in the layout of yuv420p. */
  cellsEnd: number;
  signal: AbortSignal;
}): SpanRender {
  const { media, facts, grid, span, entry, framesPerSecond: rate, settings } = options;
  const frames = String(span[1] - span[0]);
  const size = `${grid.widthPx}x${grid.heightPx}`;
  const onIndexTime = `settb=1/${rate},setpts=N`;
  const enlarge = (divisor: number) =>
    `scale=${(grid.tilesX * TILE_PX) / divisor}:${(grid.tilesY * TILE_PX) / divisor}:flags=neighbor,` +
    `crop=${grid.widthPx / divisor}:${grid.heightPx / divisor}:0:0`;
  const graph = [
    `[0:${facts.stream}]${trimTo(span, entry)},${displayedFrame(facts)},${onIndexTime},split[shown][seen]`,
    `[seen]${cellFilters(grid)}[cells]`,
    `color=c=black:s=${size}:r=${rate},format=yuv420p,trim=end_frame=${frames},${onIndexTime}[black]`,
    `[1:v]${onIndexTime},split[small][smaller]`,
    `[small]${enlarge(1)}[luma]`,
    `[smaller]${enlarge(2)},split[blue][red]`,
    '[luma][blue][red]mergeplanes=0x001020:yuv420p[mask]',
    '[shown][black][mask]maskedmerge[covered]',
  ].join(';');
  // Whoever reads compares what comes out of both pipes frame by frame: nothing may wait in a buffer.
  const atOnce = ['-flush_packets', '1'];
  const tool = startTool({
    path: options.ffmpegPath,
    pipes: 3,
    past: { 4: options.cellsEnd },
    signal: options.signal,
    args: [
      ...QUIET,
      // What passes over many frames before the first is seen to be at work by this.
      ...['-progress', 'pipe:5'],
      ...footageInput(media, facts, entry),
      ...['-f', 'rawvideo', '-pix_fmt', 'gray', '-video_size', `${grid.tilesX}x${grid.tilesY}`],
      ...['-framerate', String(rate), '-protocol_whitelist', 'pipe', '-i', 'pipe:3'],
      // The coder keeps all processors busy: dividing such small filters among them costs more than it
      // saves, and what they make is the same.
      ...['-filter_complex_threads', '1'],
      ...['-filter_complex', graph, '-map', '[covered]', '-frames:v', frames],
      ...['-vsync', 'passthrough', '-enc_time_base', `1:${rate}`],
      ...coderOptions(settings, facts, rate),
      ...['-map_metadata', '-1', '-map_chapters', '-1', '-fflags', '+bitexact'],
      ...['-bsf:v', 'filter_units=remove_types=6', ...atOnce, '-f', 'h264', 'pipe:1'],
      ...['-map', '[cells]', '-frames:v', frames, '-vsync', 'passthrough'],
      ...[...atOnce, '-f', 'rawvideo', 'pipe:4'],
    ],
  });
  let reported = 0;
  tool.output(5).on('data', (report: Buffer) => {
    reported += report.length;
  });
  const fed = feed(tool.input(3), options.masks);
  return {
    coded: tool.output(1) as AsyncIterable<Buffer>,
    done: Promise.all([tool.done, fed]).then(() => undefined),
    moved: () => reported,
    kill: tool.kill,
  };
}

function coderOptions(settings: RenderingSettings, facts: SourceFacts, rate: number): string[] {
  const x264 = `cpu-independent=1:bframes=0:aud=1:keyint=${2 * rate}:qpmax=${settings.maxQuantiser}`;
  const { primaries, transfer, matrix } = facts.colour;
  return [
    ...['-c:v', 'libx264', '-preset', settings.preset, '-crf', String(settings.crf)],
    ...['-threads', String(settings.threads), '-x264-params', x264],
    ...['-flags:v', '+bitexact', '-pix_fmt', 'yuv420p', '-color_range', 'tv'],
    ...(primaries === null ? [] : ['-color_primaries', primaries]),
    ...(transfer === null ? [] : ['-color_trc', transfer]),
    ...(matrix === null ? [] : ['-colorspace', matrix]),
  ];
}

async function feed(pipe: Writable, masks: Iterable<Uint8Array>): Promise<void> {
  // A pipe closed by the tool is no fault by itself: how the tool ended tells.
  const closed = once(pipe, 'close').catch(() => undefined);
  for (const several of together(masks, MASKS_AT_ONCE)) {
    if (pipe.destroyed) return;
    if (!pipe.write(several)) {
      await Promise.race([once(pipe, 'drain').catch(() => undefined), closed]);
    }
  }
  pipe.end();
}

/** Several masks, one after another. */
function* together(masks: Iterable<Uint8Array>, atOnce: number): Generator<Uint8Array> {
  let parts: Uint8Array[] = [];
  for (const mask of masks) {
    if (parts.push(mask) < atOnce) continue;
    yield Buffer.concat(parts);
    parts = [];
  }
  if (parts.length > 0) yield Buffer.concat(parts);
}
