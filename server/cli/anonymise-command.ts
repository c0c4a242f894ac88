import { type Command, Option } from 'commander';
import { TEXT_LANGUAGES, type TextLanguage } from '../cases/anonymise/lexicon.ts';
import type { CommandContext } from './command-context.ts';
import { FileError } from './exit-codes.ts';

/** No narrative is as long; more would only fill the memory. */
const LIMIT_BYTES = 16 * 1_048_576;

/** `dalil anonymise`: proposes how a text is told without leading to anybody. */
export function addAnonymiseCommand(program: Command, context: CommandContext): void {
  program
    .command('anonymise')
    .description('replace what leads to a person in a text from standard input; prints JSON')
    .addOption(
      new Option('--lang <language>', 'language of the text; guessed when not given').choices([
        ...TEXT_LANGUAGES,
      ]),
    )
    .action(async ({ lang }: { lang?: TextLanguage }) => {
      const { terminal, tools, signal } = context;
      const raw = readUtf8(await readStandardInput(signal));
      const anonymise = await (await tools()).anonymiser();
      const { text, spans } = anonymise(raw, lang === undefined ? {} : { language: lang });
      terminal.result({ text, spans });
      terminal.data(JSON.stringify({ text, spans }));
      terminal.warn(
        'A proposal: read the whole text and decide every replacement before it leaves.',
      );
    });
}

async function readStandardInput(signal: AbortSignal): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  try {
    for await (const part of process.stdin) {
      signal.throwIfAborted();
      sizeBytes += part.length;
      if (sizeBytes > LIMIT_BYTES) {
        throw new FileError(
          'FILE_UNREADABLE',
          `The text is larger than ${LIMIT_BYTES / 1_048_576} MB, more than any narrative. Give it in parts.`,
        );
      }
      parts.push(part);
    }
  } catch (cause) {
    if (cause instanceof FileError || signal.aborted) throw cause;
    throw new FileError('FILE_UNREADABLE', 'Standard input cannot be read.', { cause });
  }
  return Buffer.concat(parts);
}

function readUtf8(bytes: Uint8Array): string {
  try {
    // A byte order mark stays: offsets count it like any other unit.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new FileError(
      'FILE_UNREADABLE',
      'The text is no valid UTF-8. Save it as UTF-8 and try again.',
      { cause },
    );
  }
}
