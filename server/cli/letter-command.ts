import { type Command, Option } from 'commander';
import { parseLetter } from '../letters/parse-letter.ts';
import { LANGUAGES, type Language } from '../letters/writing/language.ts';
import type { CommandContext } from './command-context.ts';
import { readInput, refuseSameFile, writeOutput } from './files.ts';

const LETTER_BYTE_LIMIT = 8 * 1_048_576;

/** `dalil letter`: prints one letter in one language. Needs no vault. */
export function addLetterCommand(program: Command, context: CommandContext): void {
  program
    .command('letter')
    .description('print a complaint as PDF')
    .argument('<file.json>', 'the letter; templates/letters/example.json shows its form')
    .addOption(
      new Option('--lang <language>', 'its language').choices(LANGUAGES).makeOptionMandatory(),
    )
    .requiredOption('--out <file.pdf>', 'where the PDF goes')
    .addOption(
      new Option('--say <language>', 'the language of what a lawyer must look at')
        .choices(LANGUAGES)
        .default('en'),
    )
    .action(
      async (file: string, { lang, out, say }: { lang: Language; out: string; say: Language }) => {
        const { terminal, tools } = context;
        await refuseSameFile(file, out);
        const bytes = await readInput(file, LETTER_BYTE_LIMIT);
        const { renderLetter, templates } = await (await tools()).letters();
        const { pdf, pages, warnings } = await renderLetter(parseLetter(bytes, templates), lang);
        await writeOutput(out, pdf);
        const said = warnings.map((warning) => warning[say]);
        for (const warning of said) terminal.warn(warning);
        terminal.result({ out, pages, warnings: said });
        terminal.data(out);
      },
    );
}
