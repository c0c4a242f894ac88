import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, constants, createReadStream, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { StillError } from '../footage/stills/still-error.ts';
import { STILL_PIXEL_LIMIT } from '../footage/stills/still-pictures.ts';
import { TOOL_ENVIRONMENT } from './ffmpeg/ffmpeg-process.ts';
import { fileInMemory } from './memory-file.ts';

/** The program, of Debian's package `libheif-examples`. */
export const HEIF_CONVERT = 'heif-convert';

const run = promisify(execFile);
const TIMEOUT_MS = 120_000;
/** Processor time over all threads. */
const CPU_S = 120;
const MEMORY_BYTES = 2 * 2 ** 30;
/** Four channels of 16 bits, and what a PNG adds. */
const OUTPUT_BYTE_LIMIT = STILL_PIXEL_LIMIT * 8 + 16 * 1_048_576;
const CANNOT_BE_RUN = 127;

/** Decodes HEIF pictures (HEIC, AVIF) in a process of its own. */
export interface HeifConvert {
  /**
   * Turns the picture upright as its boxes say (`irot`, `imir`, `clap`) and returns it as a PNG
   * of 8 or 16 bits. The PNG may carry the EXIF of the original, whose orientation does not count.
   *
   * @throws {StillError} `STILL_TOOL_MISSING`, `STILL_TOO_LARGE` or `STILL_UNREADABLE`.
   */
  decode(bytes: Uint8Array): Promise<Uint8Array>;
  /** The version of libheif; null when the program is missing. */
  version(): Promise<string | null>;
}

/**
 * Decodes through `heif-convert`. The original lies in a file in memory that has no name and is gone
 * with the process; the picture comes back through a named pipe. `prlimit` bounds memory and time
 * and lets the program write to no file at all, so that what it would write beside the one picture
 * (a second picture, a depth map) ends it.
 */
export function createHeifConvert(
  options: { path?: string; timeoutMs?: number } = {},
): HeifConvert {
  const { path: program = HEIF_CONVERT, timeoutMs = TIMEOUT_MS } = options;
  return {
    async decode(bytes) {
      // It has a name for the pipe in it, and never a byte of a picture.
      const folder = await mkdtemp(path.join(tmpdir(), 'dalil-heif-'));
      try {
        const pipe = path.join(folder, 'picture.png');
        return await throughPipe({ program, bytes, pipe, timeoutMs });
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    async version() {
      // It ends with an error after it has said its version.
      const said = await run(program, ['--help'], { env: TOOL_ENVIRONMENT, timeout: 20_000 }).catch(
        (error: { stdout?: string; stderr?: string }) => error,
      );
      return /libheif version: (\S+)/.exec(`${said.stdout ?? ''}${said.stderr ?? ''}`)?.[1] ?? null;
    },
  };
}

async function throughPipe(job: {
  program: string;
  bytes: Uint8Array;
  pipe: string;
  timeoutMs: number;
}): Promise<Uint8Array> {
  const { program, bytes, pipe, timeoutMs } = job;
  const original = originalInMemory(bytes);
  try {
    await run('mkfifo', ['-m', '600', '--', pipe], { env: TOOL_ENVIRONMENT });
    // Opening one end alone would wait for the other; opened for both, neither has to.
    const both = openSync(pipe, constants.O_RDWR);
    try {
      const output = createReadStream('', { fd: openSync(pipe, constants.O_RDONLY) });
      const tool = start(program, original, pipe, timeoutMs);
      const ended = endOf(tool).finally(() => closeSync(both));
      ended.catch(() => undefined);
      const png = await wholeOf(output, () => tool.kill('SIGKILL'));
      await ended;
      return png;
    } catch (error) {
      throw error instanceof StillError ? error : toolMissing(error);
    }
  } finally {
    closeSync(original);
  }
}

/** The original in memory, for the program to read. */
function originalInMemory(bytes: Uint8Array): number {
  try {
    return fileInMemory(bytes);
  } catch (cause) {
    throw new StillError(
      'STILL_TOOL_MISSING',
      'There is no room in memory for the picture while it is decoded. Close other programs, or make /dev/shm larger.',
      { cause },
    );
  }
}

function start(program: string, original: number, pipe: string, timeoutMs: number): ChildProcess {
  const limits = ['--fsize=0', '--core=0', `--cpu=${CPU_S}`, `--as=${MEMORY_BYTES}`];
  const args = [...limits, program, '--quiet', '--strict', '/proc/self/fd/3', pipe];
  return spawn('prlimit', args, {
    stdio: ['ignore', 'ignore', 'pipe', original],
    env: TOOL_ENVIRONMENT,
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
}

async function endOf(tool: ChildProcess): Promise<void> {
  let said = '';
  tool.stderr!.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-8192);
  });
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>(
    (resolve, reject) => {
      tool.once('error', (cause) => reject(toolMissing(cause)));
      tool.once('close', (...end) => resolve(end));
    },
  );
  if (code === 0) return;
  const cause = new Error(`${code ?? signal}: ${said}`);
  if (code === CANNOT_BE_RUN) throw toolMissing(cause);
  if (signal === 'SIGKILL' || signal === 'SIGXCPU') {
    throw new StillError(
      'STILL_TOO_LARGE',
      'The picture takes too long to decode and was stopped. Save it as JPEG and try again.',
      { cause },
    );
  }
  throw new StillError(
    'STILL_UNREADABLE',
    'The HEIC or AVIF picture is damaged, incomplete or of an uncommon kind, and cannot be decoded. Save it as JPEG and try again.',
    { cause },
  );
}

async function wholeOf(output: AsyncIterable<Uint8Array>, stop: () => void): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of output) {
    size += part.length;
    if (size <= OUTPUT_BYTE_LIMIT) parts.push(part);
    else stop();
  }
  return Buffer.concat(parts);
}

function toolMissing(cause: unknown): StillError {
  return new StillError(
    'STILL_TOOL_MISSING',
    'HEIC and AVIF pictures are decoded by heif-convert, which this machine lacks. Install it (apt-get install libheif-examples), or save the picture as JPEG.',
    { cause },
  );
}
