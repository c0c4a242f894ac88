import type { Command } from 'commander';
import { serve } from '../main.ts';
import type { CommandContext } from './command-context.ts';

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
              'The vault is locked: no passphrase or key file is set. Only the health pages answer.',
            );
          }
        },
      });
    });
}
