import path from 'node:path';
import type { Command } from 'commander';
import { readLogKey } from '../adapters/pack-file.ts';
import type { LogDivergence } from '../custody/audit-log.ts';
import { judgeConsistency } from '../custody/consistency-proof.ts';
import { parseCheckpoint } from '../kernel/checkpoint.ts';
import { parseNote } from '../kernel/signed-note.ts';
import type { CommandContext } from './command-context.ts';
import { UsageError } from './exit-codes.ts';
import { readInput, writeOutput } from './files.ts';
import { withOpenHouse } from './open-house.ts';

const NOTE_BYTE_LIMIT = 65_536;

/** What each divergence means, for people; events are numbered from 0, as in the log. */
const DIVERGENCE: Readonly<Record<LogDivergence['what'], string>> = {
  'event-missing': 'is missing',
  'event-malformed': 'is not of the form of an event',
  'detail-changed': 'does not open, or is not what it committed to',
  'node-changed': 'has another hash than the tree keeps',
  'checkpoint-forged': 'was not signed by the key of this log',
  'checkpoint-contradicted': 'says what this log never was: it was cut, or written anew',
};

/** Why a proof proves nothing, for people. */
const INCONSISTENT: Readonly<Record<'old-unsigned' | 'new-unsigned' | 'not-grown', string>> = {
  'old-unsigned': 'The checkpoint that was kept is not signed by this key.',
  'new-unsigned': 'The checkpoint of the proof is not signed by this key, or is of another log.',
  'not-grown':
    'The proof does not lead from one checkpoint to the other: the log was cut or written anew, or the proof is for another checkpoint.',
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
    .command('prove')
    .description('prove to whoever kept a checkpoint that the log only grew since')
    .argument('<checkpoint>', 'the checkpoint, or the .tlog-proof of a pack, which holds one')
    .option('--out <file.txt>', 'where the proof goes; on the screen by default')
    .action(async (kept: string, { out }: { out?: string }) => {
      const { size } = await noteIn(kept);
      await withOpenHouse(context, async (house) => {
        const proof = await house.custody.prove(size);
        if (out !== undefined) await writeOutput(out, proof);
        terminal.result({ oldSize: size, proof });
        terminal.data(out ?? proof.trimEnd());
      });
    });
  custody
    .command('compare')
    .description('judge, without a vault, whether a log only grew since a checkpoint')
    .argument('<checkpoint>', 'the checkpoint that was kept, or the .tlog-proof of a pack')
    .argument('<proof>', 'what "dalil custody prove" gave out')
    .requiredOption('--log-key <file.pem>', 'the public key of the log, from elsewhere')
    .action(async (kept: string, proof: string, { logKey }: { logKey: string }) => {
      const publicKeyPem = readLogKey(await readInput(logKey, NOTE_BYTE_LIMIT));
      const { note } = await noteIn(kept);
      const judged = judgeConsistency(note, await textOf(proof), publicKeyPem);
      terminal.result(judged);
      if (judged.consistent) {
        terminal.data(
          `The log only grew, from ${judged.oldSize} events to ${judged.newSize}: nothing before was changed or taken away.`,
        );
        return;
      }
      terminal.fail(INCONSISTENT[judged.why]);
      context.end('no');
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
    .argument(
      '[checkpoints...]',
      'files with one checkpoint each, kept elsewhere, or the .tlog-proof of packs',
    )
    .action(async (files: readonly string[]) => {
      const outside = await Promise.all(files.map(noteIn));
      const notes = outside.map(({ note }) => note);
      const audit = await withOpenHouse(context, (house) => house.custody.audit(notes));
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

/** The text of a file, as it was before a mail program or an editor of Windows kept it. */
async function textOf(file: string): Promise<string> {
  const text = Buffer.from(await readInput(file, NOTE_BYTE_LIMIT)).toString('utf8');
  return text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
}

/**
 * The checkpoint in a file, and how many events it covers; a proof of a pack (C2SP tlog-proof) holds one
 * after its first empty line.
 */
async function noteIn(file: string): Promise<{ note: string; size: number }> {
  const text = await textOf(file);
  const proof = text.startsWith('c2sp.org/tlog-proof@v1\n');
  const note = proof ? text.slice(text.indexOf('\n\n') + 2) : text;
  const checkpoint = parseCheckpoint(parseNote(note)?.text ?? '');
  if (checkpoint !== null) return { note, size: checkpoint.size };
  // Another file is no checkpoint that the log did not sign: that would be an alarm.
  throw new UsageError(
    `The file ${JSON.stringify(path.basename(file))} holds no checkpoint. Take one that "dalil custody checkpoint" printed, whole.`,
  );
}

function sentenceOf(divergence: LogDivergence): string {
  const meaning = DIVERGENCE[divergence.what];
  if ('index' in divergence) return `Event ${divergence.index} ${meaning}.`;
  return divergence.size === null
    ? `A checkpoint ${meaning}.`
    : `The checkpoint over ${divergence.size} events ${meaning}.`;
}
