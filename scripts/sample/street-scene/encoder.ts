import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { FRAME } from './camera.ts';

/** Takes frames of yuv420p and writes them as H.264 in MP4. */
export interface ClipEncoder {
  /** Resolves when the next frame may come; the bytes may then be used again. */
  write(frame: Uint8Array): Promise<void>;
  /** Resolves when the file is whole. */
  end(): Promise<void>;
}

/**
 * Starts ffmpeg on a clip. Threads are pinned and its own marks left out, so that the same frames
 * give the same bytes.
 *
 * @throws {Error} when ffmpeg is missing; by `write` or `end`, when it fails.
 */
export async function startEncoder(options: {
  ffmpegPath: string;
  outPath: string;
  framesPerSecond: number;
}): Promise<ClipEncoder> {
  const { ffmpegPath, outPath, framesPerSecond } = options;
  const size = `${FRAME.width}x${FRAME.height}`;
  const colours = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'];
  const input = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', size];
  const coder = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-threads', '2'];
  const bare = ['-fflags', '+bitexact', '-flags:v', '+bitexact', '-movflags', '+faststart'];
  const child = spawn(
    ffmpegPath,
    ['-nostdin', '-v', 'error', '-y', ...input, ...colours, '-color_range', 'tv']
      .concat([
        '-r',
        String(framesPerSecond),
        '-i',
        'pipe:0',
        ...coder,
        '-g',
        String(5 * framesPerSecond),
      ])
      .concat(['-x264-params', 'cpu-independent=1', ...colours, '-color_range', 'tv'])
      .concat([...bare, outPath]),
    { stdio: ['pipe', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000);
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', (cause) => reject(new Error('ffmpeg could not be started.', { cause })));
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error('ffmpeg could not write the sample clip.', { cause: said }));
    });
  });
  // A broken pipe is told by the end of ffmpeg, with the reason.
  child.stdin.on('error', () => {});
  ended.catch(() => {});
  await Promise.race([once(child, 'spawn'), ended]);

  return {
    async write(frame) {
      if (child.stdin.write(Buffer.from(frame))) return;
      await Promise.race([once(child.stdin, 'drain'), ended]);
    },
    async end() {
      child.stdin.end();
      await ended;
    },
  };
}
