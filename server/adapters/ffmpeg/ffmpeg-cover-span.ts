import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { cellFrameBytes } from '../../footage/analysis/cell-planes.ts';
import { createPairedFrames } from '../../footage/copy/paired-frames.ts';
import { FootageError } from '../../footage/errors.ts';
import { cellCount } from '../../footage/frame-grid.ts';
import type { OpenFootage, PendingFrames } from '../../footage/ports.ts';
import { type AccessUnit, accessUnits } from '../mp4/mp4-access-units.ts';
import { writeSamples } from '../mp4/mp4-samples.ts';
import { openCellPipe } from './ffmpeg-cell-pipe.ts';
import { type FramePipe, openFramePipe } from './ffmpeg-frame-pipe.ts';
import { cellFilters, QUIET } from './ffmpeg-input.ts';
import { type RunningTool, startTool } from './ffmpeg-process.ts';
import { type SpanRender, startRender } from './ffmpeg-render.ts';

/**
 * How many frames the original may be ahead of what was decoded again. It must be more than coder
 * and decoder hold back together (between 32 and 64 with these settings), or each would wait for the other.
 */
const FRAMES_AHEAD = 96;
const START_CODE = Buffer.from([0, 0, 0, 1]);

type Job = Parameters<OpenFootage['coverSpan']>[0] &
  Omit<Parameters<typeof startRender>[0], 'signal' | 'cellsEnd'>;

/**
 * Covers a span and at once decodes what was coded, so that its proof costs no reading of its own:
 *
 *     recording → render ─┬─ coded frames ─┬─ file
 *                         │                └─ decoder ─┬─ frames ─┬─ onFrame
 *                         │                            └─ cells ──┤
 *                         └─ cells of the original ───────────────┘
 *
 * @throws {FootageError} `DECODE_FAILED` or `RENDER_FAILED`; the signal's reason when it was aborted.
 */
export async function coverSpan(job: Job): Promise<PendingFrames> {
  const { grid, workFolder, onFrame } = job;
  const samplesPath = path.join(workFolder, `frames-${randomBytes(8).toString('hex')}`);
  const luma = grid.widthPx * grid.heightPx;
  const chroma = luma / 4;
  const originals = createPairedFrames(FRAMES_AHEAD);
  const cells = createPairedFrames();
  const pipes: FramePipe[] = [];
  const held = (pipe: FramePipe) => {
    pipes.push(pipe);
    return pipe;
  };
  let render: SpanRender | undefined;
  let decoder: RunningTool | undefined;
  try {
    const pipe = held(await openFramePipe(workFolder, luma + 2 * chroma));
    const ownCells = held(await openCellPipe(workFolder, cellFrameBytes(grid)));
    const copyCells = held(await openCellPipe(workFolder, cellCount(grid)));
    // It has nothing to do until the first frame is coded, which may be hours into the recording.
    const moved = () => pipe.framesRead() + (render?.moved() ?? 0);
    decoder = startDecoder(job, { 1: pipe.writeEnd, 3: copyCells.writeEnd }, moved);
    render = startRender({ ...job, cellsEnd: ownCells.writeEnd });
    const judged = pipe
      .eachFrame(async (frame, at) => {
        const found = await cells.take();
        // Without cells the decoder has ended: whether well, it tells itself; the numbers then differ.
        if (found === null) return;
        const y = frame.subarray(0, luma);
        const u = frame.subarray(luma, luma + chroma);
        const v = frame.subarray(luma + chroma);
        onFrame({ y, u, v, cells: found }, await originals.take(), at);
      })
      .finally(() => {
        cells.endTaking();
        originals.endTaking();
      });
    const copied = copyCells.eachFrame(cells.put).finally(cells.endPutting);
    const seen = ownCells.eachFrame(originals.put).finally(originals.endPutting);
    const coded = writeSamples(copiedTo(decoder.input(4), accessUnits(render.coded)), samplesPath);
    const [written, frames, cellFrames] = await Promise.all([
      coded,
      judged,
      copied,
      seen,
      render.done,
      decoder.done,
    ]);
    if (frames !== cellFrames) throw unpaired();
    return written;
  } catch (error) {
    await rm(samplesPath, { force: true });
    // What tools leave half when they are stopped reads like a fault of theirs.
    job.signal.throwIfAborted();
    throw error;
  } finally {
    render?.kill();
    decoder?.kill();
    await Promise.all(pipes.map((pipe) => pipe.close()));
  }
}

/**
 * Decodes an H.264 byte stream from pipe 4: frames to standard output, their cells of luma to pipe 3.
 * Both come from the same decoded picture, by two ways: one picture that holds both would cost another
 * copy of every frame.
 */
function startDecoder(job: Job, past: Record<number, number>, moved: () => number): RunningTool {
  const raw = ['-vsync', 'passthrough', '-flush_packets', '1', '-f', 'rawvideo'];
  const graph =
    `[0:v:0]format=yuv420p,split[full][copy];` +
    `[copy]${cellFilters(job.grid)},extractplanes=y[cells]`;
  return startTool({
    path: job.ffmpegPath,
    pipes: 2,
    past,
    moved,
    signal: job.signal,
    args: [
      ...QUIET,
      // The stream is our own and says all there is to know in its first frame.
      ...['-protocol_whitelist', 'pipe', '-f', 'h264', '-fpsprobesize', '0', '-threads', '1'],
      ...['-framerate', String(job.framesPerSecond), '-i', 'pipe:4', '-filter_complex', graph],
      ...['-map', '[full]', ...raw, 'pipe:1', '-map', '[cells]', ...raw, 'pipe:3'],
    ],
  });
}

/** Hands units on and writes them to `pipe` on the way, as a byte stream. */
async function* copiedTo(
  pipe: Writable,
  units: AsyncIterable<AccessUnit>,
): AsyncGenerator<AccessUnit> {
  // A pipe closed by the tool is no fault by itself: how the tool ended tells.
  const closed = once(pipe, 'close').catch(() => undefined);
  try {
    for await (const unit of units) {
      const bytes = Buffer.concat(unit.flatMap((nal) => [START_CODE, nal]));
      if (!pipe.destroyed && !pipe.write(bytes)) {
        await Promise.race([once(pipe, 'drain').catch(() => undefined), closed]);
      }
      yield unit;
    }
  } finally {
    pipe.end();
  }
}

function unpaired(): FootageError {
  return new FootageError(
    'DECODE_FAILED',
    'The covered copy could not be read again frame by frame, and was thrown away. Redact the recording again.',
  );
}
