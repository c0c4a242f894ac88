import path from 'node:path';
import type { Command } from 'commander';
import { formatOpenings } from '../packs/manifest/commitments.ts';
import type { CommandContext } from './command-context.ts';
import { writeOutput } from './files.ts';
import { withOpenHouse } from './open-house.ts';

/**
 * How a stranger checks an opening, typed in the unpacked folder of the pack: the leaf is the digest of
 * a zero byte and the opening without its line feed, and must stand among the commitments.
 */
const CHECK =
  '{ printf "\\000"; tr -d "\\n" < OPENING; } | sha256sum | cut -c 1-64 | grep -Fxf - evidence/commitments.txt';

/** `dalil open`: opens one commitment of a sealed pack, and nothing else. */
export function addOpenCommand(program: Command, context: CommandContext): void {
  const { terminal } = context;
  program
    .command('open')
    .description('list what a pack commits to, or open one item of it for one reader')
    .argument('<pack>', 'the id of a sealed pack, or its file')
    .argument('[item]', 'a name from the list')
    .option('--out <file.json>', 'where the opening goes; on the screen by default')
    .action(async (given: string, item: string | undefined, { out }: { out?: string }) => {
      const pack = path.basename(given, '.zip');
      await withOpenHouse(context, async ({ openItem }) => {
        if (item === undefined) {
          const items = await openItem.items(pack);
          terminal.result(items);
          for (const { name, withheld, openable } of items) {
            const state = openable ? (withheld ? 'withheld' : 'disclosed') : 'destroyed';
            terminal.data(`${state.padEnd(9)}  ${name}`);
          }
          return;
        }
        const { leaf, opening } = await openItem.open(pack, item, 'lawyer');
        const text = formatOpenings([opening]);
        if (out !== undefined) await writeOutput(out, text);
        terminal.result({ pack, leaf, opening });
        terminal.data(out ?? text.trimEnd());
        terminal.say(
          'Give it to one reader only. They check it in the unpacked folder of the pack:',
        );
        terminal.say(`  ${CHECK.replace('OPENING', path.basename(out ?? 'opening.json'))}`);
        terminal.say('One line is printed if the pack committed to the item, none if it did not.');
      });
    });
}
