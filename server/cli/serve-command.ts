import type { Command } from 'commander';
import { serve } from '../main.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT } from './exit-codes.ts';

/** `dalil serve`: runs the service until it is told to stop. */
export function addServeCommand(program: Command, context: CommandContext): void {
  program
    .command('serve')
    .description('run the service')
    .action(async () => {
      const { terminal, config, signal } = context;
      await serve(config, {
        signal,
        log: { write: (line) => terminal.log(line) },
        onListening({ url, locked }) {
          terminal.data(url);
          if (locked) {
            terminal.warn(
              'The vault is locked: no passphrase or key file is set. Open it at /api/v1/vault.',
            );
          }
        },
        onOverdue() {
          terminal.warn('Something did not stop in time and was broken off.');
          process.exit(EXIT.no);
        },
      });
    });
}
