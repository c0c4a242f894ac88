import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import type { JobWorker } from '../jobs/worker.ts';

/** How long a process that died waits before it is started again: it may have died of its work. */
const PAUSE_MS = 1_000;
/** How long one may take to stop before it is ended. Its jobs are then taken up by the next one. */
const STOP_MS = 12_000;

type Message<Order> = { readonly order: Order } | { readonly tell: 'wake' | 'stop' };

/**
 * Does jobs in a process of its own: pictures and proofs keep a core busy for minutes, and whoever
 * asks the service for a page meanwhile shall not notice. The order goes through a pipe, never through
 * the environment or the arguments, where others could read a key. A process that dies is started
 * again; one whose owner dies ends itself.
 *
 * @param options.program - a module that calls {@link obeyOwner}.
 * @param options.onCrash - told when it died by itself.
 */
export function startWorkerProcess<Order>(options: {
  program: string;
  order: Order;
  onCrash: (error: unknown) => void;
}): JobWorker {
  const { program, order, onCrash } = options;
  let stopping = false;
  let child = start();

  function start(): ChildProcess {
    const started = fork(program, [], {
      // Young objects in 2 MB: buffers of frames hang on them, and in hours of footage those left
      // behind make a third of the memory.
      execArgv: ['--max-semi-space-size=2'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    started.on('error', onCrash);
    started.once('exit', (code, signal) => {
      if (stopping) return;
      onCrash(new Error(`the process that does jobs ended (${signal ?? code})`));
      setTimeout(() => {
        if (!stopping) child = start();
      }, PAUSE_MS);
    });
    tell(started, { order });
    return started;
  }

  function tell(to: ChildProcess, message: Message<Order>): void {
    // One that has just died is not told; the next one looks for jobs by itself.
    if (to.connected) to.send(message, () => {});
  }

  return {
    wake: () => tell(child, { tell: 'wake' }),
    async stop() {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      tell(child, { tell: 'stop' });
      const overdue = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await gone;
      clearTimeout(overdue);
    },
  };
}

/**
 * The other end, which gives way to all other work of the machine: starts a worker when the order comes, then does as it is told, and stops when the
 * owner is gone.
 */
export async function obeyOwner<Order>(start: (order: Order) => Promise<JobWorker>): Promise<void> {
  // Whoever waits for an answer comes first; tools that jobs start inherit this.
  setPriority(constants.priority.PRIORITY_LOW);
  // Ctrl-C reaches every process of a terminal; the owner decides what it means.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
  let worker: JobWorker | null = null;
  const stop = async () => {
    // Nobody is left to wait: what was begun goes on from its last step elsewhere.
    if (!process.connected) process.exit(0);
    await worker?.stop();
    process.exit(0);
  };
  process.once('disconnect', () => void stop());
  process.on('message', async (message: Message<Order>) => {
    if ('order' in message) worker = await start(message.order);
    else if (message.tell === 'wake') worker?.wake();
    else await stop();
  });
}
