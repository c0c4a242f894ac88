import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type FramePipe, openFramePipe } from './ffmpeg-frame-pipe.ts';
import { type RunningTool, timedOut, watchProgress } from './ffmpeg-process.ts';

/**
 * Takes all frames that a tool writes into a pipe. A tool that was stopped is not waited for by way of its
 * frames, should nobody take them; nor is one that ended well and whose frames lie in the pipe for good.
 *
 * @param silenceLimitMs - so long nothing may come of the pipe once the tool has ended.
 * @returns how many there were.
 * @throws what `onFrame` throws; {FootageError} as `tool.done` and {@link FramePipe.eachFrame} do.
 */
export async function takeFrames(options: {
  tool: Pick<RunningTool, 'done'>;
  pipe: Pick<FramePipe, 'eachFrame' | 'framesRead'>;
  onFrame: (frame: Uint8Array, frameNumber: number) => void | Promise<void>;
  silenceLimitMs?: number;
}): Promise<number> {
  const { tool, pipe, onFrame, silenceLimitMs } = options;
  const frames = pipe.eachFrame(onFrame);
  const silence = Promise.withResolvers<never>();
  let over = false;
  let watch: NodeJS.Timeout | undefined;
  const ended = tool.done.then(() => {
    if (over) return;
    watch = watchProgress(pipe.framesRead, () => silence.reject(timedOut()), silenceLimitMs);
  });
  try {
    const [count] = await Promise.all([Promise.race([frames, silence.promise]), ended]);
    return count;
  } finally {
    over = true;
    clearInterval(watch);
  }
}

/** A pipe for frames of cells. Its folder holds a name for a moment, and never a byte of a picture. */
export async function withFramePipe<T>(
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
