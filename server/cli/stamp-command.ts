import path from 'node:path';
import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { UsageError } from './exit-codes.ts';
import { writeOutput } from './files.ts';
import { withOpenHouse } from './open-house.ts';

/** `dalil stamp`: asks for the time stamps that a sealed pack lacks; they travel beside it. */
export function addStampCommand(program: Command, context: CommandContext): void {
  const { terminal, config, signal } = context;
  program
    .command('stamp')
    .description(
      'ask the time stamp authorities that gave none to a pack, and write what they give',
    )
    .argument('<pack>', 'the id of a sealed pack, or its file')
    .option('--out <dir>', 'where the time stamps go; the folder must exist', '.')
    .action(async (given: string, { out }: { out: string }) => {
      if (config.timestampUrls.length === 0) {
        throw new UsageError('No time stamp authority is configured. Name some in DALIL_TSA_URLS.');
      }
      const pack = path.basename(given, '.zip');
      await withOpenHouse(context, async ({ stampLater }) => {
        // What came is written even if another authority gave none.
        const refusal = await stampLater.stamp(pack, signal).catch((error: unknown) => error);
        const beside = await stampLater.beside(pack);
        for (const { name, token } of beside) {
          const file = path.join(out, `${pack}.${name}.tsr`);
          await writeOutput(file, token);
          terminal.data(file);
        }
        terminal.result(await stampLater.timestamps(pack));
        if (refusal !== undefined) throw refusal;
        if (beside.length === 0) terminal.say('All time stamps lie in the pack itself.');
      });
    });
}
