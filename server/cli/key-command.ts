import { createHash, createPublicKey } from 'node:crypto';
import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { writeOutput } from './files.ts';
import { withOpenHouse } from './open-house.ts';

/**
 * `dalil key`: shows the public key that packs are signed with. Print its fingerprint on letterhead
 * and website: an auditor must have it from somewhere else than the pack.
 */
export function addKeyCommand(program: Command, context: CommandContext): void {
  program
    .command('key')
    .description('show the public key that packs are signed with')
    .option('--out <file.pem>', 'where the key goes; on the screen by default')
    .action(async ({ out }: { out?: string }) => {
      const { terminal } = context;
      const { publicKeyPem } = await withOpenHouse(context, (house) => house.keys.signer('pack'));
      const spki = createPublicKey(publicKeyPem).export({ type: 'spki', format: 'der' });
      const fingerprint = createHash('sha256').update(spki).digest('hex');
      if (out !== undefined) await writeOutput(out, publicKeyPem);
      terminal.result({ publicKeyPem, fingerprint });
      terminal.data(out ?? publicKeyPem.trimEnd());
      terminal.say(`SHA-256 of the key: ${fingerprint}`);
    });
}
