import type { Command } from 'commander';
import {
  decryptPrivateKey,
  encryptPrivateKey,
  isEncryptedPrivateKey,
  refuseShortPassphrase,
} from '../adapters/keys/pkcs8-encryption.ts';
import { isPkcs12, readPkcs12 } from '../adapters/keys/pkijs-pkcs12.ts';
import { isoSeconds } from '../kernel/time.ts';
import type { PackKey } from '../packs/pack-keys.ts';
import type { GivenPackKey } from '../packs/ports.ts';
import { presentKey } from '../packs/present-key.ts';
import { askNewPassphrase, askPassphrase } from './ask-secret.ts';
import type { CommandContext } from './command-context.ts';
import { UsageError } from './exit-codes.ts';
import { readInput, writeOutput } from './files.ts';
import { withOpenHouse } from './open-house.ts';

const KEY_BYTE_LIMIT = 65_536;
/** Who sits at the machine that holds the vault. */
const ROLE = 'administrator';
const PASSPHRASE_FILE = [
  '--passphrase-file <file>',
  'its first line is the passphrase; without it the passphrase is asked for, or read from stdin',
] as const;

/**
 * `dalil key`: the keys that packs are signed with. The digest of the current one belongs on letterhead
 * and website: an auditor must have it from somewhere else than the pack.
 */
export function addKeyCommand(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const key = program.command('key').description('the keys that packs are signed with');

  key
    .command('show', { isDefault: true })
    .description('show the public key that packs are signed with now, and its digest')
    .option('--out <file.pem>', 'where the key goes; on the screen by default')
    .action(async ({ out }: { out?: string }) => {
      const shown = await withOpenHouse(context, ({ packKeys }) => packKeys.current());
      const { publicKeyPem, fingerprint } = shown;
      if (out !== undefined) await writeOutput(out, publicKeyPem);
      terminal.result({ publicKeyPem, fingerprint });
      terminal.data(out ?? publicKeyPem.trimEnd());
      tellFingerprint(shown);
    });

  key
    .command('list')
    .description('list all keys there were, with their dates, and what was told of revoked ones')
    .action(async () => {
      const keys = await withOpenHouse(context, ({ packKeys }) => packKeys.list());
      terminal.result(keys.map(presentKey));
      for (const { state, fingerprint, madeAt, endedAt } of keys) {
        const from = madeAt === null ? 'earlier' : isoSeconds(madeAt);
        const to = endedAt === null ? '' : ` to ${isoSeconds(endedAt)}`;
        terminal.data(`${state.padEnd(7)}  ${fingerprint}  ${from}${to}`);
      }
    });

  key
    .command('rotate')
    .description(
      'sign with a new key from now on; packs of the old one are verified by the old one',
    )
    .action(async () => {
      const made = await withOpenHouse(context, ({ packKeys }) => packKeys.rotate(ROLE));
      terminal.result(presentKey(made));
      terminal.data(made.publicKeyPem.trimEnd());
      tellFingerprint(made);
      terminal.say('Keep the old one on the website too: auditors of earlier packs need it.');
    });

  key
    .command('revoke')
    .description(
      'take a key that others may have out of use for good, and tell so in a signed note',
    )
    .argument('<digest>', 'which key, as the list has it')
    .requiredOption('--out <note.txt>', 'where the note goes')
    .option('--since <time>', 'from when on others may have had it, in UTC, 2026-11-23T10:15:00Z')
    .action(async (digest: string, { out, since }: { out: string; since?: string }) => {
      const from = momentOf(since);
      const revoked = await withOpenHouse(context, ({ packKeys }) =>
        packKeys.revoke(digest.toLowerCase(), ROLE, from),
      );
      await writeOutput(out, revoked.revocation!);
      terminal.result(presentKey(revoked));
      terminal.data(out);
      terminal.say(
        'Publish the note where the key is published. It can be written again: dalil --json key list',
      );
    });

  key
    .command('export')
    .description('write a private key, encrypted under a passphrase, to be kept elsewhere (PKCS#8)')
    .argument('[digest]', 'which key, as the list has it; the current one by default')
    .requiredOption('--out <file.pem>', 'where the encrypted key goes')
    .option(...PASSPHRASE_FILE)
    .action(async (digest: string | undefined, { out, passphraseFile }: ExportOptions) => {
      const passphrase = await askNewPassphrase(passphraseFile, terminal.say);
      // Before the log says that the key left.
      refuseShortPassphrase(passphrase);
      const encrypted = await withOpenHouse(context, async ({ packKeys }) => {
        const fingerprint = digest?.toLowerCase() ?? (await packKeys.current()).fingerprint;
        return await encryptPrivateKey(await packKeys.release(fingerprint, ROLE), passphrase);
      });
      await writeOutput(out, encrypted);
      terminal.result({ out });
      terminal.data(out);
    });

  key
    .command('import')
    .description('sign with a P-256 key that was made elsewhere from now on')
    .argument(
      '<file>',
      'PKCS#8 in PEM, encrypted or not; or PKCS#12, whose certificates go into packs',
    )
    .option(...PASSPHRASE_FILE)
    .action(async (file: string, { passphraseFile }: { passphraseFile?: string }) => {
      const bytes = await readInput(file, KEY_BYTE_LIMIT);
      const given = await keyOf(bytes, () => askPassphrase(passphraseFile, terminal.say));
      const adopted = await withOpenHouse(context, ({ packKeys }) => packKeys.adopt(given, ROLE));
      terminal.result(presentKey(adopted));
      terminal.data(adopted.publicKeyPem.trimEnd());
      tellFingerprint(adopted);
      if (!isProtected(bytes)) {
        terminal.say(
          'The file was not encrypted: whoever reads it can sign as you. Destroy it and every copy of it; `dalil key export` writes an encrypted one.',
        );
      }
    });

  /** For programs the digest as it is, for print in groups that can be compared by eye. */
  function tellFingerprint({ fingerprint }: PackKey): void {
    terminal.say(`SHA-256 of the key: ${fingerprint}`);
    terminal.say(`For letterhead and website: ${fingerprint.match(/.{8}/g)!.join(' ')}`);
  }
}

/** What a key file holds; `ask` is called when it needs a passphrase. */
async function keyOf(bytes: Uint8Array, ask: () => Promise<string>): Promise<GivenPackKey> {
  if (isPkcs12(bytes)) return await readPkcs12(bytes, await ask());
  const pem = Buffer.from(bytes).toString('utf8');
  if (!isEncryptedPrivateKey(pem)) return { privateKeyPem: pem };
  return { privateKeyPem: decryptPrivateKey(pem, await ask()) };
}

function isProtected(bytes: Uint8Array): boolean {
  return isPkcs12(bytes) || isEncryptedPrivateKey(Buffer.from(bytes).toString('utf8'));
}

interface ExportOptions {
  readonly out: string;
  readonly passphraseFile?: string;
}

function momentOf(text: string | undefined): { since?: Date } {
  if (text === undefined) return {};
  const moment = new Date(text);
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text) && !Number.isNaN(moment.getTime())) {
    return { since: moment };
  }
  throw new UsageError('The option --since needs a time in UTC like 2026-11-23T10:15:00Z.');
}
