import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const CLI = path.resolve(import.meta.dirname, '../../server/cli.ts');

/** `dalil serve` in a process of its own. */
export interface ServedDalil {
  readonly url: string;
  readonly process: ChildProcess;
  /** What it wrote to its log so far. */
  log(): string;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; afterMs: number }>;
}

/**
 * Starts the service on a free port of loopback, with nothing of the surrounding configuration.
 *
 * @param options.largestFileKiB - the process can write no larger file, as on a full disk.
 */
export async function serveDalil(options: {
  dataDir: string;
  keyFile: string;
  largestFileKiB?: number;
}): Promise<ServedDalil> {
  const { dataDir, keyFile, largestFileKiB } = options;
  // As `npm start` does: what passes through is forgotten sooner.
  const command = [process.execPath, '--max-semi-space-size=1', CLI, 'serve'];
  // Without the trap the signal of the limit would end the process before it sees the error.
  const limited = ['-c', `trap '' XFSZ; ulimit -f ${largestFileKiB}; exec "$@"`, 'sh', ...command];
  const [program, ...args] = largestFileKiB === undefined ? command : ['/bin/bash', ...limited];
  const child = spawn(program!, args, {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TMPDIR: process.env.TMPDIR,
      XDG_STATE_HOME: process.env.XDG_STATE_HOME,
      DALIL_DATA: dataDir,
      DALIL_VAULT_KEYFILE: keyFile,
      DALIL_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let logged = '';
  child.stdout.on('data', (part) => {
    said += part;
  });
  child.stderr.on('data', (part) => {
    logged += part;
  });
  while (!said.includes('\n')) {
    if (child.exitCode !== null) throw new Error(`the service did not start: ${logged}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    url: said.trim(),
    process: child,
    log: () => logged,
    async end(signal) {
      const began = performance.now();
      if (child.exitCode === null && child.signalCode === null) {
        const closed = once(child, 'close');
        child.kill(signal);
        await closed;
      }
      return { code: child.exitCode, afterMs: performance.now() - began };
    },
  };
}
