import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Command, Option } from 'commander';
import { openPack } from '../adapters/opened-pack.ts';
import { withPackFile } from '../adapters/pack-file.ts';
import { composeVerify } from '../composition/compose-verify.ts';
import { LANGUAGES, type Language } from '../letters/writing/language.ts';
import { KIT_FOLDERS } from '../packs/kit-files.ts';
import { type Kit, makeKit } from '../packs/make-kit.ts';
import type { CommandContext } from './command-context.ts';
import { FileError, UsageError } from './exit-codes.ts';
import { withOpenHouse } from './open-house.ts';

/** The id of a pack in the vault, as opposed to a file. */
const IN_VAULT = /^EP-[a-z2-7]{26}$/;

/** `dalil kit`: what is carried to a chancery that opens no archives. */
export function addKitCommand(program: Command, context: CommandContext): void {
  const { terminal } = context;
  program
    .command('kit')
    .description('lay out a pack for a chancery: letter to sign, second copy, files for a disc')
    .argument('<pack>', 'a sealed pack: its file, or its id in the vault')
    .requiredOption('--out <folder>', 'a new folder')
    .addOption(
      new Option('--lang <languages...>', 'languages of the printed letter')
        .choices(LANGUAGES)
        .default(['ky', 'ru']),
    )
    .action(async (pack: string, { out, lang }: { out: string; lang: Language[] }) => {
      await refuseFilled(out);
      const languages = [...new Set(lang)];
      if (IN_VAULT.test(pack)) {
        await withOpenHouse(context, async ({ deliverPack }) => {
          await writeKit(await deliverPack(pack, languages, 'lawyer'), out);
        });
      } else if (!(await kitOfFile(context, pack, languages, out))) return context.end('no');
      terminal.result({ out, languages });
      terminal.data(out);
      terminal.say(
        `Print ${KIT_FOLDERS.letter} on one side of the sheets, sign, stamp and bind it.`,
      );
      terminal.say(
        `Print ${KIT_FOLDERS.secondCopy} too: it is stamped on receipt and stays with you.`,
      );
      terminal.say(
        `Burn the files of ${KIT_FOLDERS.disc} on a disc; its inventory is one of them.`,
      );
    });
}

/** From a file nothing is recorded, for there is no log; a pack that does not fit is refused. */
async function kitOfFile(
  { terminal, signal }: CommandContext,
  file: string,
  languages: readonly Language[],
  out: string,
): Promise<boolean> {
  return await withPackFile(file, async (bytes) => {
    const { verdict } = await composeVerify()({
      pack: bytes,
      onProgress: (done, total) => terminal.progress('Verifying', done, total, 'bytes'),
      signal,
    });
    terminal.settle();
    if (verdict === 'invalid') {
      terminal.fail(
        'The pack does not fit, so no kit was made. "dalil verify" says what is wrong.',
      );
      return false;
    }
    await writeKit(await makeKit(await openPack(bytes), languages), out);
    terminal.say('The kit is of a file outside of the vault: the custody log does not know of it.');
    terminal.say(
      'Whether consent was withdrawn since, or a later pack replaces this one, was not looked up.',
    );
    return true;
  });
}

async function refuseFilled(folder: string): Promise<void> {
  const there = await readdir(folder).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? [] : ['something else'],
  );
  if (there.length > 0) {
    throw new UsageError('The folder for the kit is not empty. Name a new one.');
  }
}

/** Writes all files durably, or leaves nothing. */
async function writeKit(kit: Kit, out: string): Promise<void> {
  try {
    for (const { path: name, open } of kit.files) {
      const file = path.join(out, ...name.split('/'));
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      const target = createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true });
      await pipeline(Readable.from(open(), { objectMode: false }), target);
    }
  } catch (cause) {
    await rm(out, { recursive: true, force: true });
    if (!(cause instanceof Error) || !('errno' in cause)) throw cause;
    throw new FileError(
      'FILE_UNWRITABLE',
      'The kit cannot be written. Check that the folder may be written and has room.',
      { cause },
    );
  }
}
