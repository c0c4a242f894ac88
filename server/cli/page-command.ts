import { Argument, type Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { writeOutput } from './files.ts';

/** `dalil page`: writes a page that works by itself. Needs no vault. */
export function addPageCommand(program: Command, { terminal, tools }: CommandContext): void {
  program
    .command('page')
    .description('write a page that judges packs in a browser, from disk and without a network')
    .addArgument(new Argument('<page>', 'which one').choices(['verify']))
    .requiredOption('--out <file.html>', 'where the page goes')
    .action(async (_page: string, { out }: { out: string }) => {
      const { bytes } = await (await tools()).verifyPage();
      await writeOutput(out, bytes);
      terminal.result({ out, sizeBytes: bytes.length });
      terminal.data(out);
    });
}
