import { spawn } from 'node:child_process';
import path from 'node:path';

const CLI = path.resolve(import.meta.dirname, '../../server/cli.ts');

/** What a command said and how it ended. */
export interface DalilRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** The lines on stderr that are no progress. */
  readonly said: readonly string[];
}

/** Runs `dalil` as a user does, with nothing of the surrounding configuration. */
export async function runDalil(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input?: string | Uint8Array,
): Promise<DalilRun> {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TMPDIR: process.env.TMPDIR,
      XDG_STATE_HOME: process.env.XDG_STATE_HOME,
      ...env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // A command that refuses its input closes the pipe before all is written.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [out, err] = [child.stdout, child.stderr].map((stream) => {
    const parts: Buffer[] = [];
    stream.on('data', (part: Buffer) => parts.push(part));
    return () => Buffer.concat(parts).toString('utf8');
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const said = err!().split('\n');
  return {
    code,
    out: out!(),
    err: err!(),
    said: said.filter((line) => line !== '' && !/: \d+ %(, .+ left)?$/.test(line)),
  };
}
