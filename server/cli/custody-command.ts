import type { Command } from 'commander';
import type { LogDivergence } from '../custody/audit-log.ts';
import type { CommandContext } from './command-context.ts';
import { readInput, writeOutput } from './files.ts';
import { withOpenHouse } from './open-house.ts';

const CHECKPOINT_BYTE_LIMIT = 65_536;

/** What each divergence means, for people; events are numbered from 0, as in the log. */
const DIVERGENCE: Readonly<Record<LogDivergence['what'], string>> = {
  'event-missing': 'is missing',
  'event-malformed': 'is not of the form of an event',
  'detail-changed': 'does not open, or is not what it committed to',
  'node-changed': 'has another hash than the tree keeps',
  'checkpoint-forged': 'was not signed by the key of this log',
  'checkpoint-contradicted': 'says what this log never was: it was cut, or written anew',
};

/** `dalil custody`: checkpoints to keep elsewhere, and the check of the whole log against them. */
export function addCustodyCommand(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const custody = program.command('custody').description('the append-only record of every step');
  custody
    .command('checkpoint')
    .description('sign the log as it is now; keep what is printed on another machine')
    .action(async () => {
      await withOpenHouse(context, async (house) => {
        const size = await house.custody.size();
        const checkpoint = await house.custody.checkpoint(size);
        terminal.result({ size, checkpoint });
        terminal.data(checkpoint.trimEnd());
      });
    });
  custody
    .command('key')
    .description('show the public key that the log is signed with')
    .option('--out <file.pem>', 'where the key goes; on the screen by default')
    .action(async ({ out }: { out?: string }) => {
      await withOpenHouse(context, async (house) => {
        const { publicKeyPem, verifierKey } = house.custody.key();
        if (out !== undefined) await writeOutput(out, publicKeyPem);
        terminal.result({ publicKeyPem, verifierKey });
        terminal.data(out ?? publicKeyPem.trimEnd());
        terminal.say(`For tools that read C2SP notes: ${verifierKey}`);
      });
    });
  custody
    .command('verify')
    .description('derive the whole log anew, and compare it with checkpoints that lay elsewhere')
    .argument('[checkpoints...]', 'files with one checkpoint each, kept elsewhere')
    .action(async (files: readonly string[]) => {
      const outside = await Promise.all(
        files.map(async (file) =>
          Buffer.from(await readInput(file, CHECKPOINT_BYTE_LIMIT)).toString('utf8'),
        ),
      );
      const audit = await withOpenHouse(context, (house) => house.custody.audit(outside));
      terminal.result(audit);
      if (!audit.intact) {
        terminal.fail(sentenceOf(audit.divergence));
        context.end('no');
        return;
      }
      terminal.data(`The log is whole: ${audit.size} events, ${audit.checkpoints} checkpoints.`);
      if (outside.length === 0) {
        terminal.warn(
          'No checkpoint from elsewhere was compared: somebody who could write to this machine may have cut the end of the log together with its own checkpoints.',
        );
      }
    });
}

function sentenceOf(divergence: LogDivergence): string {
  const meaning = DIVERGENCE[divergence.what];
  if ('index' in divergence) return `Event ${divergence.index} ${meaning}.`;
  return divergence.size === null
    ? `A checkpoint ${meaning}.`
    : `The checkpoint over ${divergence.size} events ${meaning}.`;
}
