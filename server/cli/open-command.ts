import path from 'node:path';
import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { UsageError } from './exit-codes.ts';
import { writeOutput } from './files.ts';
import { withOpenHouse } from './open-house.ts';

/**
 * How a stranger checks openings, typed in the unpacked folder of the pack: a leaf is the digest of a
 * zero byte and a line without its line feed, and must stand among the commitments.
 */
const CHECK =
  'while read -r line; do printf "\\000%s" "$line" | sha256sum | cut -c 1-64; done < OPENING | grep -Fxf - evidence/commitments.txt';

interface OpenOptions {
  readonly out?: string;
  readonly destroy?: true;
  readonly confirm?: string;
}

/** `dalil open`: opens one commitment of a sealed pack, and nothing else. */
export function addOpenCommand(program: Command, context: CommandContext): void {
  const { terminal } = context;
  program
    .command('open')
    .description('list what a pack commits to, or open one item of it for one reader')
    .argument('<pack>', 'the id of a sealed pack, or its file')
    .argument('[item]', 'a name from the list')
    .option('--out <file.json>', 'where the opening goes; on the screen by default')
    .option('--destroy', 'destroy what opens the item, so that nobody ever can, we neither')
    .option('--confirm <item>', 'the same name again, to destroy')
    .action(async (given: string, item: string | undefined, options: OpenOptions) => {
      const { out, destroy, confirm } = options;
      const pack = path.basename(given, '.zip');
      if (destroy === true && (item === undefined || confirm !== item)) {
        throw new UsageError(
          'Destroying cannot be undone: the item could never be shown to a court again. Name it, and name it once more with --confirm.',
        );
      }
      await withOpenHouse(context, async ({ openItem }) => {
        if (destroy === true) {
          const { leaf } = await openItem.destroy(pack, item!, 'lawyer');
          terminal.result({ pack, destroyed: leaf });
          terminal.data(`${item} of ${pack} can be opened by nobody any more.`);
          terminal.say(
            'The pack stays as it is, and valid. The item itself is kept until it is erased by itself, and backups may hold the salt still.',
          );
          return;
        }
        if (item === undefined) {
          const items = await openItem.items(pack);
          terminal.result(items);
          for (const { name, withheld, openable } of items) {
            const state = openable ? (withheld ? 'withheld' : 'disclosed') : 'destroyed';
            terminal.data(`${state.padEnd(9)}  ${name}`);
          }
          return;
        }
        const { leaf, opening, line } = await openItem.open(pack, item, 'lawyer');
        if (out !== undefined) await writeOutput(out, line);
        terminal.result({ pack, leaf, opening });
        terminal.data(out ?? line.trimEnd());
        terminal.say(
          'Give it to one reader only. They check it in the unpacked folder of the pack:',
        );
        terminal.say(`  ${CHECK.replace('OPENING', path.basename(out ?? 'opening.json'))}`);
        terminal.say('One line is printed if the pack committed to the item, none if it did not.');
        terminal.say('Or: dalil verify PACK.zip --key KEY.pem --opening FILE.json');
      });
    });
}
