import type { AddressInfo } from 'node:net';
import { createServiceLog } from './adapters/service-log.ts';
import { compose } from './compose.ts';
import type { Config } from './config.ts';
import { CodedError } from './kernel/errors.ts';

/** The service cannot listen where it was told to. */
export class ServiceError extends CodedError<'ADDRESS_UNUSABLE'> {}

/** Answers that are under way may take so long when the service is told to stop. */
const ANSWERS_MS = 15_000;
/** Then whatever is left is broken off: jobs go on from their last step at the next start. */
const CLOSING_MS = 24_000;

/**
 * Starts the service and runs until `signal` is aborted; then it finishes what it is answering.
 *
 * @param options.onListening - told the address, once, and whether the vault is open.
 * @throws {VaultError} for a wrong passphrase, {ServiceError} when the address cannot be used.
 */
export async function serve(
  config: Config,
  options: {
    signal: AbortSignal;
    /** Where the log goes. */
    log: { write(line: string): void };
    onListening: (started: { url: string; locked: boolean }) => void;
    /** Called when the service should have stopped, but something in it does not. */
    onOverdue: () => void;
  },
): Promise<void> {
  const { signal, onListening, onOverdue } = options;
  const house = await compose(config, { log: createServiceLog(options.log), works: 'apart' });
  try {
    await new Promise<void>((resolve, reject) => {
      const server = house.app.listen(config.port, config.host);
      server.once('error', (cause) => {
        reject(
          new ServiceError(
            'ADDRESS_UNUSABLE',
            'The service cannot listen there: the port is taken, or the address is not of this machine. Set DALIL_PORT and DALIL_HOST.',
            { cause },
          ),
        );
      });
      server.once('listening', () => {
        const { port } = server.address() as AddressInfo;
        const host = config.host.includes(':') ? `[${config.host}]` : config.host;
        onListening({ url: `http://${host}:${port}`, locked: house.open === null });
      });
      const stop = () => {
        // Whoever waits for an answer gets it; whoever follows a job is told; jobs stop meanwhile.
        house.beginClosing();
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), ANSWERS_MS).unref();
        setTimeout(onOverdue, CLOSING_MS).unref();
      };
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
    });
  } finally {
    await house.close();
  }
}
