import path from 'node:path';
import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { UsageError } from './exit-codes.ts';
import { writeOutput } from './files.ts';
import { withOpenHouse } from './open-house.ts';

interface AuditorOptions {
  readonly to: readonly string[];
  readonly out: string;
  readonly independent?: true;
  readonly stateBody?: true;
  readonly ownersAgreed?: true;
}

/** `dalil auditor`: what lets named auditors ask a camera's owner for the digest of their own copy. */
export function addAuditorCommand(program: Command, context: CommandContext): void {
  const { terminal } = context;
  program
    .command('auditor')
    .description('encrypt the digests of a pack’s original recordings to named auditors')
    .argument('<pack>', 'the id of a sealed pack, or its file')
    .requiredOption('--to <recipients...>', 'public keys of age (age1…) of the auditors')
    .requiredOption('--out <file.age>', 'where the file goes; it is sent apart from the pack')
    .option('--independent', 'you state that none of the auditors is a body of the state')
    .option('--state-body', 'one of the auditors is a body of the state')
    .option('--owners-agreed', 'you state that every owner of a camera agreed to that in writing')
    .action(async (given: string, options: AuditorOptions) => {
      const { to: recipients, out, independent, stateBody, ownersAgreed } = options;
      if ((independent === true) === (stateBody === true)) {
        throw new UsageError(
          'Say who the auditors are: --independent if none of them is a body of the state, --state-body if one is.',
        );
      }
      const pack = path.basename(given, '.zip');
      await withOpenHouse(context, async ({ makeAuditorFile }) => {
        const { bytes, leaves, unopenable } = await makeAuditorFile(
          {
            pack,
            recipients,
            readers: stateBody === true ? 'state-body' : 'independent',
            ownersAgreed: ownersAgreed === true,
          },
          'lawyer',
        );
        await writeOutput(out, bytes);
        terminal.result({ pack, out, recordings: leaves.length, unopenable });
        terminal.data(out);
        terminal.say(`Recordings in it: ${leaves.length}. Who has the key of a recipient types:`);
        terminal.say(`  age -d -i KEY.txt -o openings.json ${path.basename(out)}`);
        terminal.say('  dalil verify PACK.zip --key KEY.pem --opening openings.json');
        if (unopenable > 0) {
          terminal.warn(`Recordings that nobody can open any more: ${unopenable}.`);
        }
      });
    });
}
