import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { FootageError } from '../../footage/errors.ts';

/** How long a tool may say nothing at all before it is taken for stuck. */
const SILENCE_LIMIT_MS = 120_000;
const KEPT_ERROR_BYTES = 8192;

/** All that a tool sees of this process's environment: what finds its libraries. */
export const TOOL_ENVIRONMENT = { LC_ALL: 'C', PATH: '/usr/bin:/bin' };

/**
 * When this process ends, its tools must end first: a thread that reads from one would wait for it, the
 * process for its thread, and the tool for the process.
 */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A running tool with extra pipes beyond stdin, stdout and stderr. */
export interface RunningTool {
  /** Standard output, or the further pipe of that number (3, 4 …), unless it leads elsewhere. */
  output(pipe: number): Readable;
  /** The further pipe of that number, to write to. */
  input(pipe: number): Writable;
  /** Resolves when the tool ended well. */
  readonly done: Promise<void>;
  /** What it said on stderr so far (the last few kilobytes): for logs and for telling causes apart. */
  errorText(): string;
  /** Ends it at once. */
  kill(): void;
}

/**
 * Starts ffmpeg or ffprobe with a list of arguments, never through a shell, with an empty
 * environment but for what finds its libraries.
 *
 * @param pipes - how many pipes beyond the usual three, numbered from 3.
 * @param past - open files that pipes of those numbers (1 for standard output) lead to, instead of to a
 *   stream of this process.
 * @param moved - anything that grows as long as something moves there: what goes past the streams is
 *   not seen otherwise, and a tool that says nothing at all is ended.
 * @param strict - ends the tool as soon as it says anything on stderr, and takes it for failed.
 * @throws (by `done`) {FootageError} `TOOL_MISSING`, `TOOL_TIMED_OUT` or `DECODE_FAILED`; the
 *   signal's reason when it was aborted.
 */
export function startTool(options: {
  path: string;
  args: readonly string[];
  pipes?: number;
  past?: Readonly<Record<number, number>>;
  moved?: () => number;
  strict?: boolean;
  signal?: AbortSignal | undefined;
}): RunningTool {
  const { path, args, pipes = 0, past = {}, moved = () => 0, strict = false, signal } = options;
  const leadsTo = (pipe: number) => past[pipe] ?? ('pipe' as const);
  const child = spawn(path, args, {
    stdio: [
      'ignore',
      leadsTo(1),
      'pipe',
      ...Array.from({ length: pipes }, (_, at) => leadsTo(3 + at)),
    ],
    env: TOOL_ENVIRONMENT,
    windowsHide: true,
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  let errorText = '';
  let stuck = false;
  const kill = () => {
    child.kill('SIGKILL');
  };
  const watch = watchProgress(
    () => child.stdio.reduce((sum, pipe) => sum + bytesThrough(pipe), moved()),
    () => {
      stuck = true;
      kill();
    },
  );

  const done = new Promise<void>((resolve, reject) => {
    const end = (error?: unknown) => {
      clearInterval(watch);
      signal?.removeEventListener('abort', kill);
      if (error === undefined) resolve();
      else reject(error);
    };
    child.once('error', (cause) =>
      end(
        new FootageError(
          'TOOL_MISSING',
          'The program ffmpeg could not be started. Install it, or say where it is with DALIL_FFMPEG.',
          { cause },
        ),
      ),
    );
    child.once('close', (code) => {
      if (signal?.aborted) end(signal.reason);
      else if (stuck) end(timedOut());
      else if (code === 0 && !(strict && errorText !== '')) end();
      else
        end(
          new FootageError(
            'DECODE_FAILED',
            'The recording cannot be decoded. Copy it from the recorder again, or convert it there to MP4.',
            { cause: new Error(errorText) },
          ),
        );
    });
  });
  // Whoever reads the pipes awaits `done` afterwards; until then a failure is no unhandled one.
  done.catch(() => undefined);
  if (signal?.aborted) kill();
  else signal?.addEventListener('abort', kill, { once: true });

  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    errorText = (errorText + text).slice(-KEPT_ERROR_BYTES);
    if (strict) kill();
  });
  for (const stream of [child.stdout, ...child.stdio.slice(3)]) {
    stream?.on('error', () => undefined);
  }

  const pipe = (number: number) => child.stdio[number as 1]! as unknown;
  return {
    output: (number) => pipe(number) as Readable,
    input: (number) => pipe(number) as Writable,
    done,
    errorText: () => errorText,
    kill,
  };
}

/** Says that nothing came of a recording for too long. */
export function timedOut(): FootageError {
  return new FootageError(
    'TOOL_TIMED_OUT',
    'Reading the recording made no progress for two minutes and was stopped. Copy it from the recorder again.',
  );
}

/**
 * Calls `onStuck` when `moved` stays the same for too long, and again until the timer that it returns is
 * cleared.
 */
export function watchProgress(
  moved: () => number,
  onStuck: () => void,
  limitMs = SILENCE_LIMIT_MS,
): NodeJS.Timeout {
  let last = -1;
  let lastMoveMs = Date.now();
  return setInterval(() => {
    const now = moved();
    if (now !== last) {
      last = now;
      lastMoveMs = Date.now();
    } else if (Date.now() - lastMoveMs > limitMs) {
      onStuck();
    }
  }, limitMs / 24);
}

function bytesThrough(pipe: unknown): number {
  const { bytesRead = 0, bytesWritten = 0 } = (pipe ?? {}) as Partial<Socket>;
  return bytesRead + bytesWritten;
}

/** All that a tool writes to standard output, once it ended well. */
export async function textOf(tool: RunningTool): Promise<string> {
  let text = '';
  const output = tool.output(1).setEncoding('utf8') as AsyncIterable<string>;
  for await (const part of output) text += part;
  await tool.done;
  return text;
}
